"""Kills a loaded `kontor submit` again and again; nothing acknowledged may be lost.

A line that was printed whole is an acknowledgement. After each kill the ledger is opened again,
and everything that was sent without an answer is sent once more. Then the leaf hashes of all
receipts, in the order of their index, must give the root of the signed checkpoint: so every
receipt of every earlier run is still the entry at its index.
"""

import argparse
import json
import random
import subprocess
import threading
import time
from pathlib import Path

from client import KONTOR, Network, new_id, run, work_directory
from receipts import (
    Fault, LogKey, Range, entry_bytes, leaf_hash, read_checkpoint, read_standard, standard, url,
    verify_receipt,
)

AUDIT_EVERY = 20


class Wrong(Exception):
    """What must not happen after a crash."""


class Supply:
    """Signed transfers; more are signed when the stock runs low."""

    def __init__(self, network, stock):
        self.network = network
        self.private = network.hotel.key.key.get_op_key("sign")
        header = {"alg": "Ed25519", "kid": network.hotel.key.thumbprint, "typ": "kontor+jws"}
        self.header = url(json.dumps(header).encode())
        self.stock = []
        self.sign(stock)

    def sign(self, count):
        payload = self.network.hotel.payload("transfers", {
            "terms": self.network.terms,
            "items": [{
                "member": self.network.member, "amount": 3000, "debit": 3000, "credit": 1000,
            }],
        })
        for _ in range(count):
            payload["id"] = new_id()
            text = json.dumps(payload, separators=(",", ":")).encode()
            signed = f"{self.header}.{url(text)}"
            line = f"{signed}.{url(self.private.sign(signed.encode()))}"
            self.stock.append((payload["id"], line))

    def take(self, count):
        if len(self.stock) < count:
            self.sign(max(count, 5_000))
        taken, self.stock = self.stock[:count], self.stock[count:]
        return taken


class Record:
    """What the ledger acknowledged so far."""

    def __init__(self, network):
        self.network = network
        self.key = LogKey(network.ledger.vkey)
        self.receipts = {}
        self.leaves = {}
        self.tree = Range()
        for line, answer in zip(network.lines, network.answers):
            self.leaves[answer["receipt"]["index"]] = read_standard(
                answer["receipt"]["leafHash"], "receiptLeaf"
            )
        entry = network.ledger.entry(0)
        genesis = entry_bytes(0, entry["time"], standard(bytes(32)), entry["jws"])
        self.leaves[0] = leaf_hash(genesis)

    def take(self, answer, sent):
        """Verifies an answer, and compares it with what was acknowledged before."""
        if answer["status"] == "refused":
            raise Wrong(f"a transfer was refused: {answer['faults']}")
        receipt = answer["receipt"]
        id, index = receipt["id"], receipt["index"]
        leaf, _ = verify_receipt(receipt, sent[id], self.key)
        before = self.receipts.get(id)
        if before is not None and before != (index, receipt["time"], leaf):
            raise Wrong(f"{id} was acknowledged as entry {before[0]}, and is entry {index} now")
        if self.leaves.get(index, leaf) != leaf:
            raise Wrong(f"entry {index} is another one than was acknowledged")
        if answer["status"] == "accepted" and before is not None:
            raise Wrong(f"{id} was accepted a second time, as entry {index}")
        self.receipts[id] = (index, receipt["time"], leaf)
        self.leaves[index] = leaf

    def check_root(self, receipt):
        """All leaves together give the root of the last checkpoint."""
        note = receipt["proof"].split("\n\n", 1)[1]
        checkpoint = read_checkpoint(note, self.key)
        size = len(self.leaves)
        if checkpoint.size != size:
            raise Wrong(f"the log has {checkpoint.size} entries, {size} are acknowledged")
        for index in range(self.tree.size, size):
            if index not in self.leaves:
                raise Wrong(f"nobody was told of entry {index}")
            self.tree.append(self.leaves[index])
        if self.tree.root != checkpoint.root:
            raise Wrong(f"the {size} acknowledged leaves do not give the root of the checkpoint")


class Run:
    """One process of `kontor submit`, fed and read by threads."""

    def __init__(self, directory):
        self.lines = []
        self.feeders = []
        self.arrived = threading.Condition()
        self.process = subprocess.Popen(
            [KONTOR, "submit", "--data", directory, "--json", "-"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0,
        )
        self.reader = threading.Thread(target=self.read)
        self.reader.start()

    def read(self):
        rest = b""
        while data := self.process.stdout.read(1 << 16):
            *lines, rest = (rest + data).split(b"\n")
            with self.arrived:
                self.lines += lines
                self.arrived.notify_all()
        with self.arrived:
            self.arrived.notify_all()

    def feed(self, lines, close=False):
        """Sends lines from a thread of its own, which ends when the process does."""

        def write():
            try:
                data = memoryview("".join(line + "\n" for line in lines).encode())
                while data:
                    data = data[self.process.stdin.write(data):]
                if close:
                    self.process.stdin.close()
            except (BrokenPipeError, ValueError):
                pass

        self.feeders.append(threading.Thread(target=write))
        self.feeders[-1].start()

    def wait(self, count, seconds):
        """Waits until so many answers are there, the process has ended, or the time is over."""
        end = time.monotonic() + seconds
        with self.arrived:
            while len(self.lines) < count and self.reader.is_alive():
                left = end - time.monotonic()
                if left <= 0:
                    break
                self.arrived.wait(min(left, 0.2))
            return len(self.lines) >= count

    def kill(self):
        self.process.kill()
        self.process.wait()
        for thread in [self.reader, *self.feeders]:
            thread.join()
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            try:
                pipe.close()
            except BrokenPipeError:
                pass


class CrashTest:
    """The whole of it: runs, kills and what they leave."""

    def __init__(self, directory, arguments):
        self.random = random.Random(arguments.seed)
        self.arguments = arguments
        self.network = Network(Path(directory, "ledger"))
        self.record = Record(self.network)
        self.supply = Supply(self.network, arguments.stock)
        self.unanswered = {}
        self.acknowledged = {}
        self.kills = 0
        self.early = 0
        self.kept = 0
        self.running = None
        self.startup = 0.2

    @property
    def directory(self):
        return self.network.ledger.directory

    def take(self, run, sent, start=0):
        """Takes the answers of a run from the given one on."""
        last = None
        for text in run.lines[start:]:
            answer = json.loads(text)
            self.record.take(answer, sent)
            id = answer["receipt"]["id"]
            was_open = self.unanswered.pop(id, None) is not None
            self.kept += was_open and answer["status"] == "known"
            self.acknowledged[id] = sent[id]
            last = answer["receipt"]
        return last

    def resubmission(self):
        """Everything without an answer, and some that have theirs: those must get it again."""
        again = list(self.unanswered.items())
        known = list(self.acknowledged)[-2_000:]
        again += [(id, self.acknowledged[id]) for id in
                  self.random.sample(known, min(10, len(known)))]
        self.random.shuffle(again)
        return dict(again + self.supply.take(1))

    def run_once(self, is_killed=True):
        """A start, the resubmission, a load, and the kill at a random moment of it."""
        first = self.resubmission()
        self.unanswered.update(first)
        run = self.running = Run(self.directory)
        run.feed(first.values(), close=not is_killed)
        killed_early = is_killed and self.random.random() < 0.2
        limit = self.random.uniform(0, self.startup) if killed_early else 120
        start = time.monotonic()
        if not run.wait(len(first), limit) and not killed_early:
            status = run.process.poll()
            run.process.kill()
            raise Wrong(f"no start after kill {self.kills}: status {status}, "
                        f"{run.process.stderr.read().decode(errors='replace')[:2000]}")
        if killed_early:
            self.early += 1
            sent = first
        else:
            self.startup = 1.2 * (time.monotonic() - start)
            last = self.take(run, first)
            self.record.check_root(last)
            taken = len(first)
            sent = self.load(run) if is_killed else {}
        if is_killed:
            run.kill()
            self.kills += 1
        else:
            status = run.process.wait()
            run.kill()
            if status != 0:
                raise Wrong(f"a clean end has status {status}")
        self.take(run, sent, 0 if killed_early else taken)
        if is_killed and self.kills == self.arguments.damage:
            Path(self.directory, "ledger.db-wal").unlink()

    def load(self, run):
        """Feeds a burst, and waits for the random moment within it."""
        burst = dict(self.supply.take(self.arguments.burst))
        self.unanswered.update(burst)
        start = len(run.lines)
        run.feed(burst.values())
        run.wait(start + self.random.randrange(self.arguments.burst), 60)
        time.sleep(self.random.uniform(0, 0.01))
        return burst

    def audit(self):
        key = Path(self.directory, "log.vkey")
        result = run("audit", "--data", self.directory, "--vkey", key)
        if result.returncode != 0:
            raise Wrong("audit: " + (result.stdout + result.stderr).decode()[-2000:])

    def report(self, started):
        seconds = time.monotonic() - started
        print(
            f"{self.kills:5} kills, {self.early} of them while starting, "
            f"{len(self.acknowledged):7} acknowledged, {self.kept} written before a kill and "
            f"not answered, audit passes, {seconds:.0f} s", flush=True,
        )

    def work(self):
        started = time.monotonic()
        while self.kills < self.arguments.kills:
            self.run_once()
            if self.kills % AUDIT_EVERY == 0 or self.kills == self.arguments.kills:
                self.run_once(is_killed=False)
                self.audit()
                self.report(started)
        print(
            f"crash-test: {self.kills} kills, {len(self.acknowledged)} acknowledged, all verified"
        )


def main():
    parser = argparse.ArgumentParser(prog="crash-test", description=__doc__)
    parser.add_argument("--kills", type=int, default=200, help="how often (default 200)")
    parser.add_argument("--seed", type=int, default=1, help="of all random choices (default 1)")
    parser.add_argument("--burst", type=int, default=600,
                        help="transfers under way at a kill, at most (default 600)")
    parser.add_argument("--stock", type=int, default=20_000,
                        help="transfers signed before the start (default 20000)")
    parser.add_argument("--damage", type=int, default=0,
                        help="remove the write-ahead log after this kill: the test must fail")
    arguments = parser.parse_args()
    if arguments.kills < 1 or arguments.burst < 1:
        parser.error("--kills and --burst are at least 1")
    with work_directory("crash") as directory:
        test = CrashTest(directory, arguments)
        print(f"seed {arguments.seed}", flush=True)
        try:
            test.work()
        except (Wrong, Fault) as fault:
            print(f"crash-test: after {test.kills} kills: {fault}", flush=True)
            raise SystemExit(1) from None
        finally:
            if test.running:
                test.running.process.kill()


if __name__ == "__main__":
    main()
