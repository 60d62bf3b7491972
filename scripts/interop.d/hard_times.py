"""A second writer, signals, a directory that may not be written, a full disk.

Whatever happens: what was acknowledged is there, and the next start works.
"""

import json
import os
import re
import shutil
import signal
import subprocess

from client import KONTOR
from receipts import Fault, LogKey, verify_receipt

NOBODY = 65_534


class Open:
    """A submit whose input stays open."""

    def __init__(self, directory, *options, **popen):
        self.process = subprocess.Popen(
            [KONTOR, "submit", "--data", str(directory), "--json", *options],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **popen,
        )

    def send(self, line):
        self.process.stdin.write(line.encode() + b"\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def end(self, number=None):
        """The status after a signal, or after the end of the input."""
        if number is not None:
            self.process.send_signal(number)
        output = self.process.communicate(timeout=60)
        return self.process.returncode, output[1].decode(errors="replace")


def check_locks(bench):
    data = bench.copy("locked")
    writer = Open(data)
    first = writer.send(bench.transfer())
    bench.checks.check("a receipt comes while the input stays open",
                       first["status"] == "accepted", str(first))
    bench.expect("a second writer", 1, "another process writes", "submit", "--data", data,
                 data=bench.transfer())
    bench.expect("a rebuild beside a writer", 1, "another process writes", "rebuild", "--data",
                 data)
    index = first["receipt"]["index"]
    for name, arguments in (
        ("transfers", ["--from", index]), ("positions", []), ("audit", []),
        ("export", ["--tiles", bench.root / "beside"]),
    ):
        bench.expect(f"{name} beside a writer", 0, "", name, "--data", data, *arguments)
    status, text = writer.end()
    bench.checks.check("the writer ends well", status == 0, text)
    bench.works("a writer after it", data)


def check_signals(bench):
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        data = bench.copy("signal")
        writer = Open(data)
        sent = bench.transfer()
        answer = writer.send(sent)
        status, text = writer.end(number)
        name = signal.Signals(number).name
        bench.checks.check(f"{name} ends a submit", status in (-number, 128 + number, 0, 1),
                           f"{status}: {text}")
        known = bench.run("submit", "--data", data, "--json", data=sent)
        again = json.loads(known.stdout or "{}")
        same = again.get("status") == "known" and all(
            again["receipt"][n] == answer["receipt"][n] for n in ("index", "time", "leafHash"))
        bench.checks.check(f"what it acknowledged is there after {name}", same,
                           known.stderr.decode())
        bench.works(f"the next start after {name}", data)
    data = bench.copy("pipe")
    lines = "".join(bench.transfer() + "\n" for _ in range(300))
    path = bench.root / "lines.jws"
    path.write_text(lines)
    reader, writer_end = os.pipe()
    process = subprocess.Popen([KONTOR, "submit", "--data", str(data), str(path)],
                               stdout=writer_end, stderr=subprocess.PIPE)
    os.close(writer_end)
    os.read(reader, 100)
    os.close(reader)
    text = process.communicate(timeout=60)[1].decode(errors="replace")
    bench.checks.check("a reader that goes away", process.returncode in (1, -signal.SIGPIPE, 141)
                       and "crash" not in text, f"{process.returncode}: {text[-300:]}")
    bench.works("the next start after a reader went away", data)
    if os.path.exists("/dev/full"):
        with open("/dev/full", "wb") as full:
            process = subprocess.run([KONTOR, "submit", "--data", str(data), str(path)],
                                     stdout=full, stderr=subprocess.PIPE, timeout=60)
        bench.checks.check("receipts onto a full device", process.returncode == 1,
                           f"{process.returncode}: {process.stderr.decode()[-300:]}")


def check_read_only(bench):
    """A directory of another user; root may write everywhere, so kontor runs as nobody."""
    if os.geteuid() != 0:
        return bench.checks.skip("a directory that may not be written", "only as root")
    try:
        probe = bench.run("--version", user=NOBODY)
    except OSError as error:
        return bench.checks.skip("a directory that may not be written", str(error))
    if probe.returncode != 0:
        return bench.checks.skip("a directory that may not be written",
                                 "nobody cannot run the binary")
    data = bench.copy("read-only")
    bench.root.chmod(0o755)
    for path in [data, *data.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    (data / "log.key").chmod(0o400)
    os.chown(data / "log.key", NOBODY, NOBODY)
    words = "permission|read.?only|cannot be written|may not"
    bench.expect("submit where nothing may be written", 1, words, "submit", "--data", data,
                 data=bench.transfer(), user=NOBODY)
    bench.expect("rebuild where nothing may be written", 1, words, "rebuild", "--data", data,
                 user=NOBODY)
    bench.expect("init where nothing may be written", 1, words, "init", "--data", data / "new",
                 "--origin", "a.example", "--operator", "north", user=NOBODY)
    bench.expect("keygen where nothing may be written", 1, words, "keygen", "--out",
                 data / "new.jwk", user=NOBODY)
    bench.expect("export where nothing may be written", 1, words, "export", "--data", data,
                 "--tiles", data / "tiles", user=NOBODY)
    bench.expect("transfers of a ledger that may only be read", 0, "transfer", "transfers",
                 "--data", data, user=NOBODY)
    bench.expect("audit of a ledger that may only be read", 0, "follows", "audit", "--data", data,
                 user=NOBODY)


def mount(*arguments):
    return subprocess.run(["mount", *map(str, arguments)], capture_output=True)


def check_full_disk(bench):
    place = bench.root / "disk"
    place.mkdir()
    if os.geteuid() != 0 or mount("-t", "tmpfs", "-o", "size=3m", "tmpfs", place).returncode != 0:
        return bench.checks.skip("a full disk", "a small file system cannot be mounted here")
    try:
        fill_disk(bench, place)
    finally:
        subprocess.run(["umount", "-l", str(place)], check=False)


def fill_disk(bench, place):
    data = place / "ledger"
    shutil.copytree(bench.ledger, data)
    key = LogKey(bench.network.ledger.vkey)
    sent = {}
    for _ in range(400):
        line = bench.transfer(150)
        sent[line] = None
    result = bench.run("submit", "--data", data, "--json",
                       data="".join(line + "\n" for line in sent))
    text = result.stderr.decode()
    bench.checks.check("a full disk ends a submit with status 1 and a reason",
                       result.returncode == 1 and re.search("space|full", text),
                       f"{result.returncode}: {text[-300:]}")
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    lines = list(sent)
    faults = [a for a in answers if a["status"] != "accepted"]
    bench.checks.check(f"{len(answers)} of 400 were acknowledged before",
                       0 < len(answers) < 400 and not faults, str(faults[:1]))
    for name in ("transfers", "audit"):
        bench.expect(f"{name} on a full disk", 0, "", name, "--data", data)
    bench.expect("submit on a full disk again", 1, "space|full", "submit", "--data", data,
                 "--json", data="".join(line + "\n" for line in lines[len(answers):]))
    mount("-o", "remount,size=60m", place)
    result = bench.run("submit", "--data", data, "--json",
                       data="".join(line + "\n" for line in lines))
    again = [json.loads(line) for line in result.stdout.splitlines()]
    same = len(again) == 400 and all(
        new["status"] == "known"
        and all(new["receipt"][n] == old["receipt"][n] for n in ("index", "time", "leafHash"))
        for new, old in zip(again, answers)
    )
    bench.checks.check("with space again, everything acknowledged is there", same,
                       result.stderr.decode()[-300:])
    try:
        for line, answer in zip(lines, again):
            verify_receipt(answer["receipt"], line, key)
        fault = None
    except Fault as error:
        fault = error
    bench.checks.check("and the rest is taken, each with a right receipt", fault is None,
                       str(fault))
    bench.works("the ledger works on", data)
