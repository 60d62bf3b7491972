"""Wrong usage, broken files and hard times, each with the exit status and words that are due.

A status below 0 or above 2 is a crash, and never right.
"""

import json
import os
import random
import re
import shutil
import sqlite3
import subprocess
from pathlib import Path

import hard_times
from client import KONTOR, Checks, Network, compact, work_directory
from receipts import url


class Bench:
    """A right ledger, from which each case takes a copy."""

    def __init__(self, directory, checks):
        self.checks = checks
        self.root = Path(directory)
        self.network = Network(self.root / "ledger")
        self.ledger = self.root / "ledger"
        self.keys = self.ledger / "keys" / "north.jwk"
        self.count = 0
        # More than 256 entries, so that there is a full tile.
        self.network.ledger.submit([self.transfer() for _ in range(300)])

    def transfer(self, count=1):
        """A signed transfer; larger ones for a disk to fill."""
        one = {"member": self.network.member, "amount": 3000, "debit": 3000, "credit": 1000}
        return self.network.hotel.sign(
            "transfers", {"terms": self.network.terms, "items": [one] * count}
        )

    def copy(self, name):
        self.count += 1
        target = self.root / f"{self.count:02}-{name}"
        shutil.copytree(self.ledger, target)
        return target

    def run(self, *arguments, data=b"", user=None, environment=None):
        if isinstance(data, str):
            data = data.encode()
        env = {**os.environ, "SWIFT_BACKTRACE": "enable=no", **(environment or {})}
        return subprocess.run(
            [KONTOR, *map(str, arguments)], input=data, capture_output=True, timeout=120,
            user=user, group=user, extra_groups=[] if user else None, env=env,
        )

    def expect(self, name, status, words, *arguments, data=b"", user=None):
        """Runs kontor; `words` is a regular expression that its output must contain."""
        try:
            result = self.run(*arguments, data=data, user=user)
        except subprocess.TimeoutExpired:
            return self.checks.check(name, False, "hangs")
        text = result.stdout.decode(errors="replace") + result.stderr.decode(errors="replace")
        hit = result.returncode == status and re.search(words, text, re.IGNORECASE | re.DOTALL)
        detail = f"status {result.returncode}, due {status} and /{words}/: {text[-300:].strip()}"
        return self.checks.check(name, hit, detail)

    def works(self, name, directory):
        """The ledger takes a submission, and its audit passes."""
        result = self.run("submit", "--data", directory, "--json", data=self.transfer() + "\n")
        taken = result.returncode == 0 and b'"accepted"' in result.stdout
        audit = self.run("audit", "--data", directory, "--vkey", self.ledger / "log.vkey")
        self.checks.check(
            name, taken and audit.returncode == 0,
            (result.stdout + result.stderr + audit.stdout + audit.stderr).decode()[-400:],
        )


def check_usage(bench):
    data, nowhere = bench.ledger, bench.root / "nowhere"
    cases = [
        ("no command", 0, "usage", []),
        ("an unknown command", 2, "unexpected argument|unknown|usage", ["pay"]),
        ("an unknown flag", 2, "unknown option", ["submit", "--data", data, "--fast"]),
        ("an option without its value", 2, "missing value", ["submit", "--data"]),
        ("a required option is missing", 2, "--data", ["submit"]),
        ("a number that is none", 2, "invalid", ["transfers", "--data", data, "--from", "x"]),
        ("a negative number", 2, "invalid|missing",
         ["transfers", "--data", data, "--limit", "-1"]),
        ("an unknown algorithm", 2, "invalid",
         ["keygen", "--out", nowhere, "--algorithm", "rsa"]),
        ("an unknown kind", 2, "--kind is one of",
         ["sign", "--data", data, "--key", bench.keys, "--kind", "pay", "--partner", "north"]),
        ("a genesis to sign", 2, "--kind is one of",
         ["sign", "--data", data, "--key", bench.keys, "--kind", "genesis", "--partner", "n"]),
        ("a ledger id that is none", 2, "--ledger is",
         ["sign", "--ledger", "abc", "--key", bench.keys, "--kind", "partner.admit",
          "--partner", "north"]),
        ("neither --data nor --ledger", 2, "--ledger or --data",
         ["sign", "--key", bench.keys, "--kind", "partner.admit", "--partner", "north"]),
        ("init without an operator", 2, "--operator",
         ["init", "--data", nowhere, "--origin", "a.example"]),
        ("init with a threshold of 3", (1, 2), "threshold",
         ["init", "--data", bench.root / "t3", "--origin", "a.example", "--operator", "north",
          "--threshold", "3"]),
        ("init with an origin with a space", (1, 2), "origin|name",
         ["init", "--data", bench.root / "os", "--origin", "a b", "--operator", "north"]),
        ("init with an operator in capitals", (1, 2), "operator|slug|partner",
         ["init", "--data", bench.root / "oc", "--origin", "a.example", "--operator", "North"]),
        ("init with an operator that walks up", (1, 2), "operator|slug|partner",
         ["init", "--data", bench.root / "ow", "--origin", "a.example", "--operator", "../x"]),
        ("init with one operator twice", (1, 2), "operator|already|twice|distinct",
         ["init", "--data", bench.root / "o2", "--origin", "a.example", "--operator", "north",
          "--operator", "north"]),
        ("init with a currency that is none", (1, 2), "currenc",
         ["init", "--data", bench.root / "cu", "--origin", "a.example", "--operator", "north",
          "--currency", "euro"]),
        ("quote without an amount", 2, "--amount",
         ["quote", "--data", data, "--terms", bench.network.terms]),
        ("quote of terms that are none", (1, 2), "terms",
         ["quote", "--data", data, "--terms", "abc", "--amount", "1"]),
        ("quote of terms that nobody proposed", 1, "UnknownAgreement",
         ["quote", "--data", data, "--terms", bench.network.ledger.id, "--amount", "3000"]),
        ("quote of a negative amount", (1, 2), "amount|unknown option|missing",
         ["quote", "--data", data, "--terms", bench.network.terms, "--amount=-5"]),
        ("quote of the smallest number", (1, 2), "amount",
         ["quote", "--data", data, "--terms", bench.network.terms,
          "--amount=-9223372036854775808"]),
        ("quote of the largest number", (1, 2), "AmountRange|amount",
         ["quote", "--data", data, "--terms", bench.network.terms,
          "--amount", "9223372036854775807"]),
        ("an entry that is not there", 1, "no entry 999",
         ["transfers", "--data", data, "--entry", "999"]),
        ("the largest entry number", 1, "no entry",
         ["transfers", "--data", data, "--entry", "18446744073709551615", "--json"]),
        ("transfers from beyond the end", (0, 1), "",
         ["transfers", "--data", data, "--from", "18446744073709551615"]),
        ("audit of nothing", 2, "--data|--tiles|--bundle", ["audit"]),
        ("audit of two things", 2, "--data|--tiles|--bundle|one",
         ["audit", "--data", data, "--tiles", data]),
        ("audit with a key that is none", (1, 2), "vkey",
         ["audit", "--data", data, "--vkey", "abc"]),
        ("export to nothing", 2, "--tiles|--bundle", ["export", "--data", data]),
        ("import without a key", (1, 2), "vkey",
         ["import", "--bundle", nowhere, "--into", bench.root / "im"]),
    ]
    for name, statuses, words, arguments in cases:
        expect_any(bench, name, statuses, words, *arguments)
    bench.checks.check("its key files stay below keys/", not (bench.root / "ow/x.jwk").exists())
    left = [n for n in ("t3", "os", "oc", "o2", "cu") if (bench.root / n / "log.key").exists()]
    bench.checks.check("an init that was refused leaves no key behind", not left, str(left))


def expect_any(bench, name, statuses, words, *arguments, data=b""):
    statuses = statuses if isinstance(statuses, tuple) else (statuses,)
    result = bench.run(*arguments, data=data)
    text = (result.stdout + result.stderr).decode(errors="replace")
    hit = result.returncode in statuses and re.search(words, text, re.IGNORECASE)
    bench.checks.check(
        name, hit, f"status {result.returncode}, due {statuses} and /{words}/: {text[-300:]}"
    )


def check_files(bench):
    """Files that are not there, open to others, or something else."""
    data, nowhere, root = bench.ledger, bench.root / "nowhere", bench.root
    commands = [
        ("submit", ["submit", "--data", nowhere]),
        ("transfers", ["transfers", "--data", nowhere]),
        ("positions", ["positions", "--data", nowhere]),
        ("rebuild", ["rebuild", "--data", nowhere]),
        ("audit", ["audit", "--data", nowhere, "--vkey", bench.network.ledger.vkey]),
        ("export", ["export", "--data", nowhere, "--tiles", root / "ex"]),
        ("quote", ["quote", "--data", nowhere, "--terms", bench.network.terms, "--amount", "1"]),
        ("sign", ["sign", "--data", nowhere, "--key", bench.keys, "--kind", "partner.admit",
                  "--partner", "north"]),
    ]
    for name, arguments in commands:
        bench.expect(f"{name} where there is no ledger", 1, "nowhere", *arguments, data="{}")
    bench.checks.check("none of them makes a directory", not nowhere.exists())
    empty = root / "empty"
    empty.mkdir()
    bench.expect("submit in an empty directory", 1, "no ledger|no store|not.*found|init|empty",
                 "submit", "--data", empty)
    bench.expect("a second init", 1, "already", "init", "--data", data, "--origin", "a.example",
                 "--operator", "north")
    bench.works("the ledger works after a second init", data)
    sign = ["sign", "--data", data, "--kind", "partner.admit", "--partner", "north"]
    admit = '{"subject":"cafe"}'
    for mode in (0o644, 0o640, 0o604, 0o660):
        wide = root / "wide.jwk"
        shutil.copy(bench.keys, wide)
        wide.chmod(mode)
        bench.expect(f"a key file of mode {mode:o}", 1, "chmod 600", *sign, "--key", wide,
                     data=admit)
    texts = {
        "an empty key file": "", "a key file that is no JSON": "{", "a public key": None,
        "a key file with kid": None, "a key file with another x": None, "binary": "\0\xff",
    }
    key = json.loads(bench.keys.read_text())
    texts["a public key"] = compact({n: v for n, v in key.items() if n != "d"}).decode()
    texts["a key file with kid"] = compact({**key, "kid": "1"}).decode()
    texts["a key file with another x"] = compact({**key, "x": url(bytes(range(32)))}).decode()
    for name, text in texts.items():
        path = root / "wrong.jwk"
        path.write_text(text, encoding="latin-1")
        path.chmod(0o600)
        bench.expect(name, 1, "wrong.jwk", *sign, "--key", path, data=admit)
    bench.expect("a key file that is not there", 1, "none.jwk", *sign, "--key", root / "none.jwk",
                 data=admit)
    bench.expect("a key file that is a directory", 1, str(root), *sign, "--key", root, data=admit)
    bench.expect("keygen over a file", 1, "already", "keygen", "--out", bench.keys)
    bench.expect("members that are no JSON", 1, "JSON", *sign, "--key", bench.keys, data="{")
    bench.expect("members that are an array", 1, "object|JSON", *sign, "--key", bench.keys,
                 data="[]")
    bench.expect("members in a file that is not there", 1, "nowhere", *sign, "--key", bench.keys,
                 "--members", nowhere)
    bench.expect("members that are there already", 1, "kind|member|twice", *sign, "--key",
                 bench.keys, data='{"kind":"partner.close"}')


def check_log_keys(bench):
    """The log's own key."""
    for name, change, words in (
        ("open to others", lambda p: p.chmod(0o644), "chmod 600"),
        ("not there", lambda p: p.unlink(), "log.key"),
        ("empty", lambda p: p.write_text(""), "key"),
        ("garbage", lambda p: p.write_bytes(b"\xff\x00garbage"), "key"),
    ):
        copy = bench.copy("log-key")
        change(copy / "log.key")
        bench.expect(f"submit with a log.key that is {name}", 1, words, "submit", "--data", copy,
                     data=bench.transfer())
    other = bench.root / "other"
    bench.run("init", "--data", other, "--origin", bench.network.ledger.vkey.split("+")[0],
              "--operator", "north")
    copy = bench.copy("log-key")
    shutil.copy(other / "log.key", copy / "log.key")
    bench.expect("submit with the log.key of another ledger", 1, "log ?key", "submit", "--data",
                 copy, data=bench.transfer())
    bench.expect("audit with the key of another ledger", 1, "key|signature|note", "audit",
                 "--data", bench.ledger, "--vkey", other / "log.vkey")
    shutil.copy(bench.ledger / "log.key", copy / "log.key")
    bench.works("the right key again", copy)


def check_databases(bench):
    """Damaged and foreign database files: an error in words, from every command."""

    def truncate(part):
        def change(path):
            os.truncate(path, int(path.stat().st_size * part) // 4096 * 4096)
        return change

    def scramble(path):
        data = bytearray(path.read_bytes())
        chance = random.Random(1)
        for page in range(4096, len(data), 4096):
            for n in range(64):
                data[page + chance.randrange(4096)] = chance.randrange(256)
        path.write_bytes(data)

    def execute(sql):
        def change(path):
            with sqlite3.connect(path) as database:
                database.executescript(sql)
            database.close()
        return change

    everyone = ("submit", "positions", "transfers", "audit", "rebuild")
    whole = ("submit", "audit")
    cases = [
        ("an empty ledger.db", lambda p: p.write_bytes(b""), "ledger.db", everyone),
        ("a ledger.db of garbage", lambda p: p.write_bytes(os.urandom(65536)), "ledger.db",
         everyone),
        ("a ledger.db cut to half", truncate(0.5), "damaged|corrupt", everyone),
        ("a ledger.db cut to a page", truncate(0.02), "damaged|corrupt", everyone),
        ("a scrambled ledger.db", scramble, "damaged|corrupt|fault|refused|entry", whole),
        ("a ledger.db of newer software", execute("PRAGMA user_version = 999"), "newer",
         everyone),
        ("a database that is no ledger", execute("PRAGMA application_id = 1"), "no ledger",
         everyone),
        ("a table that is gone", execute("DROP TABLE entry"), "ledger.db|entry|damaged",
         everyone),
        ("an entry that is gone", execute("DELETE FROM entry WHERE position = 3"), "entry",
         ("audit", "rebuild")),
        ("the last entry is gone",
         execute("DELETE FROM entry WHERE position = (SELECT max(position) FROM entry)"),
         "entry", whole),
        ("a tile of zeros", execute("UPDATE tile SET bytes = zeroblob(length(bytes))"),
         "tile|root|forged|corrupt", ("submit", "rebuild")),
        ("a head of another root", execute("UPDATE head SET root = zeroblob(32)"),
         "root|corrupt|head|checkpoint", ("submit",)),
        ("a checkpoint of garbage", execute("UPDATE head SET checkpoint = x'00ff'"),
         "checkpoint|note|corrupt|head", whole),
        ("a head that is gone", execute("DELETE FROM head"), "head|corrupt|no entry", whole),
    ]
    for name, change, words, commands in cases:
        for command in commands:
            copy = bench.copy("db")
            change(copy / "ledger.db")
            line = bench.transfer() if command == "submit" else ""
            bench.expect(f"{name}: {command}", 1, words, command, "--data", copy, data=line)
            shutil.rmtree(copy)


def check_lines(bench):
    """What comes in as lines of submissions."""
    data = bench.ledger
    submit = ["submit", "--data", data, "--json"]
    bench.expect("an empty input", 0, "", *submit)
    bench.expect("empty lines", 0, "", *submit, data="\n\n\r\n\n")
    bench.expect("CRLF lines", 0, "accepted", *submit, data=bench.transfer() + "\r\n")
    bench.expect("no line end at the end", 0, "accepted", *submit, data=bench.transfer())
    line = bench.transfer() + "\n"
    bench.expect("a submission", 0, "accepted", *submit, data=line)
    bench.expect("the same one again", 0, '"known"', *submit, data=line)
    bench.expect("twice in one input", 0, '"accepted".*"known"', *submit,
                 data=(bench.transfer() + "\n") * 2)
    bench.expect("a refusal beside a receipt", 1, "accepted.*refused", *submit,
                 data=bench.transfer() + "\nx\n")
    bench.expect("a refusal without --json names its line", 1, "-:2: refused", "submit",
                 "--data", data, data=bench.transfer() + "\nx\n")
    bench.expect("binary", 1, "MalformedJWS", *submit, data=bytes(range(256)) * 40)
    bench.expect("a NUL byte", 1, "MalformedJWS", *submit, data=b"\0\n")
    bench.expect("a file that is not there", 1, "none.jws", *submit, bench.root / "none.jws")
    bench.expect("a directory instead of a file", 1, "directory", *submit, bench.root)
    good = bench.root / "good.jws"
    good.write_text(bench.transfer() + "\n")
    bench.expect("a file, and one that is not there", 1, "accepted.*none.jws", *submit, good,
                 bench.root / "none.jws")
    for size in (70_000, 1 << 20, 2_000_000, 9_000_000):
        answers = answers_of(bench, submit, b"A" * size + b"\n" + bench.transfer().encode())
        codes = [(a["line"], a["status"], a.get("faults", [{}])[0].get("code")) for a in answers]
        bench.checks.check(
            f"a line of {size:,} bytes is refused once, and the next one is taken",
            codes == [(1, "refused", "EntryTooLong"), (2, "accepted", None)], str(codes),
        )
    # A cut line must not bring a submission to light that its sender never sent as a line.
    cuts = [(1 << 20) + n for n in (0, 1, 4096)] + [n << 16 for n in range(15, 19)]
    for size in cuts:
        hidden = bench.root / "hidden.jws"
        hidden.write_text("A" * size + bench.transfer() + "\n")
        result = bench.run(*submit, hidden)
        bench.checks.check(
            f"a submission after {size:,} bytes of the same line is not entered",
            result.stdout.count(b"\n") == 1 and b'"EntryTooLong"' in result.stdout,
            result.stdout.decode()[-300:],
        )
    many = bench.root / "many.jws"
    many.write_text("x\n" * 100_000)
    result = bench.run(*submit, many)
    bench.checks.check("100,000 refusals, one for each line",
                       result.returncode == 1 and result.stdout.count(b"\n") == 100_000,
                       f"{result.returncode}, {result.stdout.count(bytes([10]))}")


def answers_of(bench, submit, data):
    result = bench.run(*submit, data=data)
    return [json.loads(line) for line in result.stdout.splitlines()]


def main():
    checks = Checks()
    with work_directory("bad-input") as directory:
        bench = Bench(directory, checks)
        for check in (
            check_usage, check_files, check_log_keys, check_databases, check_lines,
            hard_times.check_locks, hard_times.check_signals, hard_times.check_read_only,
            hard_times.check_full_disk,
        ):
            print(f"-- {check.__name__.removeprefix('check_').replace('_', ' ')}", flush=True)
            check(bench)
        bench.works("after all of this the first ledger works", bench.ledger)
    checks.end()


if __name__ == "__main__":
    main()
