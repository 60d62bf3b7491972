"""Backup, restore, hand-over and fencing under load, and the ways to two histories.

The load is `kontor submit`, fed from a thread. Every acknowledged receipt is kept; after each
hand-over the ledger that writes must answer the same submission with the same receipt. Forged
checkpoints are signed with the log's own key, which an attacker or a mistaken copy would have.
"""

import argparse
import base64
import hashlib
import json
import os
import random
import shutil
import subprocess
import threading
import time
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from client import KONTOR, Checks, Network, run, work_directory
from crash_test import Run, Supply
from receipts import LogKey, read_checkpoint, standard


class Load:
    """A submit under load: lines are fed while it runs, and its receipts are kept."""

    def __init__(self, directory, supply, count):
        self.sent = dict(supply.take(count))
        self.run = Run(str(directory))
        self.stopped = threading.Event()
        self.thread = threading.Thread(target=self.feed)
        self.thread.start()

    def feed(self):
        try:
            for line in self.sent.values():
                if self.stopped.is_set():
                    break
                self.run.process.stdin.write(line.encode() + b"\n")
                time.sleep(0.004)
            self.run.process.stdin.close()
        except (BrokenPipeError, ValueError, OSError):
            pass

    def wait(self, count):
        return self.run.wait(count, 120)

    @property
    def count(self):
        return len(self.run.lines)

    def end(self):
        """Ends it, and returns its status, its errors and what it acknowledged."""
        self.stopped.set()
        self.thread.join()
        errors = self.run.process.stderr.read().decode(errors="replace")
        status = self.run.process.wait(timeout=120)
        self.run.reader.join()
        receipts = {}
        for text in self.run.lines:
            answer = json.loads(text)
            if answer["status"] in ("accepted", "known"):
                receipts[answer["receipt"]["id"]] = answer["receipt"]
        return status, errors, receipts


class Drill:
    """The whole of it."""

    def __init__(self, root, arguments):
        self.root = Path(root)
        self.arguments = arguments
        self.random = random.Random(arguments.seed)
        self.checks = Checks()
        self.network = Network(self.root / "old")
        self.supply = Supply(self.network, arguments.stock)
        self.old = self.root / "old"
        self.vkey = self.network.ledger.vkey
        self.acknowledged = {}
        self.lines = {}

    # --- small steps ---------------------------------------------------------------------

    def path(self, name):
        return self.root / name

    def expect(self, name, status, words, *arguments, data=""):
        result = run(*arguments, data=data)
        text = (result.stdout + result.stderr).decode(errors="replace")
        self.checks.check(name, result.returncode == status and words in text,
                          f"status {result.returncode}: {text[-600:]}")
        return result.stdout.decode(errors="replace")

    def refused(self, name, words, *arguments, data=""):
        return self.expect(name, 1, words, *arguments, data=data)

    def audit(self, name, directory, vkey=None):
        self.expect(f"{name} audits clean", 0, "follows", "audit", "--data", directory,
                    "--vkey", vkey or self.vkey)

    def submit(self, directory, count=1):
        taken = dict(self.supply.take(count))
        result = run("submit", "--data", directory, "--json",
                     data="".join(line + "\n" for line in taken.values()))
        answers = [json.loads(line) for line in result.stdout.splitlines()]
        if result.returncode == 0:
            self.lines.update(taken)
            self.acknowledged.update({a["receipt"]["id"]: a["receipt"] for a in answers})
        return result

    def writes(self, name, directory):
        result = self.submit(directory, 3)
        self.checks.check(name, result.returncode == 0, result.stderr.decode()[-400:])

    def writes_not(self, name, directory, words="readOnly"):
        result = self.submit(directory)
        self.checks.check(name, result.returncode == 1 and words in result.stderr.decode()
                          and not result.stdout, result.stderr.decode()[-400:])

    def knows_all(self, name, directory):
        """Every acknowledged submission gets its receipt again."""
        ids = list(self.acknowledged)
        data = "".join(self.lines[id] + "\n" for id in ids)
        result = run("submit", "--data", directory, "--json", data=data)
        answers = [json.loads(line) for line in result.stdout.splitlines()]
        same = len(answers) == len(ids) and all(
            a["status"] == "known"
            and all(a["receipt"][n] == self.acknowledged[id][n]
                    for n in ("index", "time", "leafHash"))
            for id, a in zip(ids, answers))
        self.checks.check(f"{name}: all {len(ids)} acknowledged entries are there", same,
                          result.stderr.decode()[-400:])

    def restore(self, name, source, target):
        return self.expect(name, 0, "entries", "restore", "--from", self.path(source),
                           "--data", self.path(target), "--vkey", self.vkey)

    def export(self, directory, target):
        run("export", "--data", directory, "--tiles", self.path(target))
        return self.path(target) / "checkpoint"

    def size(self, checkpoint, vkey=None):
        return read_checkpoint(Path(checkpoint).read_text(), LogKey(vkey or self.vkey)).size

    def forge(self, name, size, root, key):
        """A checkpoint that the log's key signs outside of the tools."""
        origin, key_id, _ = self.vkey.split("+", 2)
        text = f"{origin}\n{size}\n{standard(root)}\n"
        secret = base64.b64decode(Path(key).read_text().strip().split("+", 4)[4])
        signature = Ed25519PrivateKey.from_private_bytes(secret[1:33]).sign(text.encode())
        note = f"{text}\n\u2014 {origin} {standard(bytes.fromhex(key_id) + signature)}\n"
        self.path(name).write_text(note)
        return self.path(name)

    def copy(self, source, target):
        shutil.copytree(source, self.path(target))
        return self.path(target)

    # --- the drill -----------------------------------------------------------------------

    def take(self, load):
        status, errors, receipts = load.end()
        self.lines.update(load.sent)
        self.acknowledged.update(receipts)
        return status, errors

    def back_up_under_load(self):
        load = Load(self.old, self.supply, 400)
        load.wait(40)
        before = load.count
        made = self.expect("backup under load", 0, "", "backup", "--data", self.old, "--to",
                           self.path("backup"), "--json")
        after = load.count
        size = json.loads(made)["size"]
        base = len(self.network.lines) + 1
        self.checks.check(f"it is of a moment within: {before} <= {size - base} <= {after} + group",
                          before <= size - base <= after + 600)
        names = sorted(p.name for p in self.path("backup").iterdir())
        self.checks.check("it has ledger.db and log.vkey, and no secret",
                          {"ledger.db", "log.vkey"} <= set(names)
                          and not {"log.key", "keys"} & set(names), str(names))
        self.audit("the backup", self.path("backup"))
        self.refused("a second backup into it", "already", "backup", "--data", self.old, "--to",
                     self.path("backup"))
        self.early = self.export(self.old, "early")
        status, errors = self.take(load)
        self.checks.check("the load ends well", status == 0, errors[-300:])
        self.writes_not("the backup takes no submission", self.path("backup"))
        shutil.copy(self.old / "log.key", self.path("backup") / "log.key")
        self.writes_not("nor with the key copied into it", self.path("backup"))
        (self.path("backup") / "log.key").unlink()

    def restore_and_reach_the_tip(self):
        self.restore("restored elsewhere", "backup", "new")
        self.audit("the restored ledger", self.path("new"))
        self.writes_not("it takes no submission", self.path("new"))
        for name in ("transfers", "positions"):
            self.expect(f"it can be read: {name}", 0, "", name, "--data", self.path("new"))
        self.refused("a backup that is restored in place", "notRestored", "restore", "--data",
                     self.path("backup"), "--tip", self.early)
        tip = self.export(self.old, "tiles")
        self.forks(tip)
        self.expect("brought to the tip through exported tiles", 0, "at the tip", "restore",
                    "--data", self.path("new"), "--tip", tip, "--mirror", self.path("tiles"))
        self.audit("it", self.path("new"))
        self.writes_not("it takes no submission at the tip either", self.path("new"))
        self.refused("a tip that is older than the ledger", "tipBehind", "restore", "--data",
                     self.path("new"), "--tip", self.early)

    def forks(self, tip):
        new = self.path("new")
        backup = read_checkpoint(self.export(self.path("backup"), "small").read_text(),
                                 LogKey(self.vkey))
        wrong = hashlib.sha256(b"fork").digest()
        key = self.old / "log.key"
        forged = self.forge("fork-same", backup.size, wrong, key)
        self.refused("a tip of the same size and another root", "tipFork", "restore", "--data", new,
                     "--tip", forged)
        forged = self.forge("fork-later", self.size(tip), wrong, key)
        self.refused("a later tip with another root", "tipFork", "restore", "--data", new, "--tip",
                     forged, "--mirror", self.path("tiles"))
        self.refused("a tip before the mirror's", "tipBehind", "restore", "--data", new, "--tip",
                     self.early, "--mirror", self.path("tiles"))
        self.refused("a tip without a mirror that has it", "mirrorMissing", "restore", "--data",
                     new, "--tip", tip)
        self.refused("a mirror that ends before the tip", "mirrorMissing", "restore", "--data",
                     new, "--tip", tip, "--mirror", self.path("early"))
        damaged = self.path("unsigned")
        damaged.write_text(tip.read_text().replace(f"\n{self.size(tip)}\n", "\n1\n"))
        self.refused("a tip that the log did not sign", "tipUnsigned", "restore", "--data", new,
                     "--tip", damaged)
        fork = self.copy(self.path("tiles"), "fork-tiles")
        entries = next(p for p in sorted(fork.glob("tile/entries/**/*")) if p.is_file())
        data = bytearray(entries.read_bytes())
        data[len(data) // 2] ^= 1
        entries.write_bytes(bytes(data))
        self.refused("a mirror with a changed entry", "notClean", "restore", "--data", new,
                     "--tip", tip, "--mirror", fork)

    def hand_over(self, old, new, name):
        """Hands over while the old one writes, killed and repeated on the way."""
        load = Load(old, self.supply, 2_500)
        load.wait(30)
        for _ in range(self.arguments.kills):
            process = subprocess.Popen(
                [KONTOR, "restore", "--data", str(new), "--old-instance", str(old)],
                stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
            time.sleep(self.random.uniform(0.02, 0.6))
            process.kill()
            process.communicate()
        done = run("restore", "--data", new, "--old-instance", old)
        text = (done.stdout + done.stderr).decode()
        # A killed one may have been through.
        self.checks.check(f"{name}, after {self.arguments.kills} that were killed",
                          done.returncode == 0 or "it writes already" in text, text[-500:])
        status, errors = self.take(load)
        self.checks.check("the old writer was ended by the fence",
                          status == 1 and ("readOnly" in errors or "stopped" in errors),
                          f"{status} {errors[-300:]}")
        self.writes_not("the old instance refuses", old)
        self.checks.check("it has no key, and says why",
                          not (old / "log.key").exists() and (old / "fenced").exists())
        self.audit("the old instance, for reading,", old)
        self.audit("the new instance", new)
        self.knows_all("in the new instance", new)
        self.writes("the new instance goes on", new)

    def two_histories(self):
        old, new = self.old, self.path("new")
        self.restore("the backup restored a second time", "backup", "second")
        second = self.path("second")
        self.refused("a second hand-over from the old instance", "handedOver", "restore", "--data",
                     second, "--old-instance", old)
        shutil.copy(new / "log.key", second / "log.key")
        self.writes_not("the second with the key copied into it", second)
        self.refused("its hand-over with the key copied into it", "handedOver", "restore",
                     "--data", second, "--old-instance", old)
        self.refused("an enrolment of that key", "not made for this directory", "restore",
                     "--data", second, "--new-log-key")
        (second / "log.key").unlink()
        again = self.copy(old, "old-copy")
        self.writes_not("a copy of the fenced directory", again)
        shutil.copy(new / "log.key", again / "log.key")
        self.writes_not("nor with the key copied into it", again)
        moved = self.copy(second, "second-copy")
        self.refused("a copy of a restored directory", "moved", "restore", "--data", moved,
                     "--old-instance", new)
        exchanged = self.copy(old, "exchanged")
        for path in exchanged.glob("ledger.db*"):
            path.unlink()
        shutil.copy(self.path("before") / "ledger.db", exchanged / "ledger.db")
        shutil.copy(new / "log.key", exchanged / "log.key")
        self.writes_not("a fenced directory with an older database and the key", exchanged)
        self.refused("the new instance as its own predecessor", "notRestored", "restore", "--data",
                     new, "--old-instance", new)
        later = self.forge("fork-far", 1_000_000, hashlib.sha256(b"far").digest(), new / "log.key")
        self.refused("an old instance that does not have the tip", "set back", "restore", "--data",
                     second, "--old-instance", new, "--tip", later)
        self.refused("an old instance that forks from the tip", "notClean", "restore", "--data",
                     second, "--old-instance", new, "--tip",
                     self.forge("fork-near", 5, hashlib.sha256(b"near").digest(), new / "log.key"))
        self.refused("a copy as the old instance", "notWriter", "restore", "--data", second,
                     "--old-instance", self.path("backup"))
        self.expect("a mirror is imported", 0, "imported", "import", "--tiles", self.path("tiles"),
                    "--vkey", self.vkey, "--into", self.path("mirror"))
        shutil.copy(new / "log.key", self.path("mirror") / "log.key")
        self.writes_not("a mirror with the key copied into it", self.path("mirror"))
        self.refused("a restore beside a key", "its key last", "restore", "--from",
                     self.path("backup"), "--data", self.path("mirror"), "--vkey", self.vkey)
        self.writes("the new instance still goes on", new)

    def enrolment(self, directory, name):
        made = json.loads(self.expect(f"{name}: another log key", 0, "vkey", "restore", "--data",
                                      directory, "--new-log-key", "--json"))
        north = self.network.ledger.operators["north"]
        return made["vkey"], [
            north.sign("log.key.add", {"vkey": made["vkey"]}),
            north.sign("log.key.revoke", {"vkey": self.vkey}),
        ]

    def lose_the_instance(self):
        new = self.path("new")
        self.expect("a backup of the new instance", 0, "entries", "backup", "--data", new, "--to",
                    self.path("backup-2"))
        self.writes("it goes on", new)
        tip = self.export(new, "tiles-2")
        lost = self.path("lost")
        new.rename(lost)
        self.restore("restored after the loss", "backup-2", "third")
        self.restore("and once more", "backup-2", "fourth")
        third, fourth = self.path("third"), self.path("fourth")
        key, lines = self.enrolment(third, "third")
        reach = ["--tip", tip, "--mirror", self.path("tiles-2")]

        def enrol(entries, directory=third):
            self.path("enrol.jws").write_text("".join(line + "\n" for line in entries))
            return ["restore", "--data", directory, *reach, "--enrol", self.path("enrol.jws")]

        self.refused("an enrolment that leaves the old key", "would hold", *enrol(lines[:1]))
        self.refused("an enrolment out of order", "refused", *enrol(reversed(lines)))
        self.refused("an enrolment with another entry", "takes", *enrol(
            [*lines, self.supply.take(1)[0][1]]))
        shutil.copy(lost / "log.key", fourth / "log.key")
        self.refused("an enrolment of the old key", "not made for this directory",
                     *enrol(lines, fourth))
        shutil.copy(third / "log.key", fourth / "log.key")
        os.chmod(fourth / "log.key", 0o600)
        self.refused("an enrolment of another directory's key", "not made for this directory",
                     *enrol(lines, fourth))
        self.audit("nothing was entered: the third", third)
        self.expect("the enrolment of the new key", 0, "new log key", *enrol(lines))
        self.audit("the third, by its new key,", third, key)
        self.refused("an audit by the old key", "", "audit", "--data", third, "--vkey", self.vkey)
        since = ["audit", "--data", third, "--vkey", key, "--since", tip]
        self.refused("an audit since a checkpoint of the old key, by the new one alone,", "", *since)
        self.expect("an audit since a checkpoint of the old key", 0, "follows", *since,
                    "--since-vkey", key, "--since-vkey", self.vkey)
        self.knows_all("in the third", third)
        self.writes("it goes on", third)
        shutil.copy(third / "log.key", self.path("new.key"))
        (third / "log.key").unlink()
        shutil.copy(lost / "log.key", third / "log.key")
        self.writes_not("not with the old key", third, "logKey")
        shutil.copy(self.path("new.key"), third / "log.key")
        (third / "log.vkey").write_text(self.vkey + "\n")
        self.expect("the same enrolment again, after its log.vkey was lost", 0, "since before",
                    *enrol(lines))
        self.checks.check("log.vkey is the new key's", (third / "log.vkey").read_text() == key + "\n")
        self.writes("it goes on by the new key", third)
        self.refused("an enrolment of a ledger that never was restored", "notRestored",
                     *enrol(lines, self.path("old-copy")))

    def kill_backups(self):
        complete = 0
        for number in range(self.arguments.kills):
            target = self.path(f"killed-{number}")
            process = subprocess.Popen(
                [KONTOR, "backup", "--data", str(self.old), "--to", str(target)],
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(self.random.uniform(0, 0.12))
            process.kill()
            process.wait()
            if (target / "ledger.db").exists():
                complete += 1
                if run("audit", "--data", target).returncode != 0:
                    return self.checks.check("a killed backup", False, str(target))
            else:
                result = run("backup", "--data", self.old, "--to", target)
                if result.returncode != 0:
                    return self.checks.check("a backup after a killed one", False,
                                             result.stderr.decode())
        return self.checks.check(
            f"{self.arguments.kills} killed backups, {complete} of them complete: each is whole "
            "or not there", True)

    def full_disk(self):
        place = self.path("disk")
        place.mkdir()
        mounted = os.geteuid() == 0 and subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=160k", "tmpfs", str(place)],
            capture_output=True).returncode == 0
        if not mounted:
            return self.checks.skip("a full disk", "a small file system cannot be mounted here")
        try:
            self.refused("a backup onto a full disk", "space", "backup", "--data", self.old, "--to",
                         place / "backup")
            left = [p.name for p in (place / "backup").glob("ledger.db*")]
            self.checks.check("it leaves nothing that looks complete", not left, str(left))
        finally:
            subprocess.run(["umount", "-l", str(place)], check=False)
        return None

    def work(self):
        self.back_up_under_load()
        self.kill_backups()
        self.full_disk()
        self.restore_and_reach_the_tip()
        self.copy(self.old, "before")
        self.hand_over(self.old, self.path("new"), "hand-over under load")
        self.two_histories()
        self.lose_the_instance()
        self.checks.end()


def main():
    parser = argparse.ArgumentParser(prog="backup-drill", description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="of all random choices (default 1)")
    parser.add_argument("--stock", type=int, default=4_000,
                        help="transfers signed before the start (default 4000)")
    parser.add_argument("--kills", type=int, default=8,
                        help="how often backups and hand-overs are killed (default 8)")
    arguments = parser.parse_args()
    if arguments.kills < 0:
        parser.error("--kills is at least 0")
    with work_directory("backup") as directory:
        Drill(directory, arguments).work()


if __name__ == "__main__":
    main()
