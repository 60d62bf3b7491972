"""Reads a served log as a stranger would: checkpoint, every tile, bundles, proofs, headers.

Written from spec/05, spec/06, spec/07 and spec/19 §10; `tlog.py` and `receipts.py` share no code
with Kontor. Then it reads the same log through a liar, who changes one byte of one answer.
"""

import argparse
import base64
import time

from client import Checks, Key, new_id, work_directory
from receipts import Fault, leaf_hash, read_json, read_url, root_of
from sandbox import Server, request
from tlog import IMMUTABLE, TILE_WIDTH, Log, Tile, bundles_of, check_consistency, tiles_of

SIZES = (300, 511, 515, 769, 1_000)

WRONG_PATHS = (
    "/tile/", "/tile/0", "/tile/0/", "/tile/0/0", "/tile/0/00", "/tile/0/0000", "/tile/00/000",
    "/tile/64/000", "/tile/-1/000", "/tile/0/000/", "/tile/0/000.p", "/tile/0/000.p/",
    "/tile/0/000.p/0", "/tile/0/000.p/256", "/tile/0/000.p/01", "/tile/0/x000/000",
    "/tile/0/001/000", "/tile/0/x001", "/tile/0/999", "/tile/0/x001/x234/067", "/tile/5/000",
    "/tile/0/000.P/1", "/tile/0/%2e%2e/000", "/tile/0/../checkpoint", "/tile/../checkpoint",
    "/tile/%2e%2e/%2e%2e/ledger.db", "/tile/0/000%00", "/tile/entries", "/tile/entries/",
    "/tile/entries/0", "/tile/entries/999", "/tile/data/000", "/tile/8/0/000", "/tile/0//000",
    "/checkpoint/", "/checkpoint.txt", "/Checkpoint",
)


def grow(sandbox, size, last):
    """Adds entries that any login may read, until the log has `size`."""
    missing = size - last
    partner = sandbox.facts["partners"][0]
    key = Key.read(sandbox.root / partner["entriesKey"])
    program = sandbox.agreement["from"]
    while missing > 0:
        lines = []
        for _ in range(min(missing, 5_000)):
            lines.append(key.sign({
                "ledger": sandbox.ledger, "kind": "program.amend", "partner": partner["name"],
                "id": new_id(), "program": program, "status": "open",
            }))
        answers = sandbox.submit(lines)
        refused = [answer for answer in answers if answer["status"] != "accepted"]
        if refused or len(answers) != len(lines):
            raise SystemExit(f"the log cannot grow: {(refused or answers)[:1]}")
        missing -= len(lines)



def await_size(log, size):
    """The published checkpoint, once it has reached a size: a second later at most."""
    started = time.monotonic()
    while True:
        checkpoint, answer = log.checkpoint()
        if checkpoint.size >= size:
            return checkpoint, answer, time.monotonic() - started
        if time.monotonic() - started > 5:
            raise SystemExit(f"the checkpoint stays at {checkpoint.size} of {size}")
        time.sleep(0.05)


def check_headers(checks, sandbox, checkpoint, answer):
    checks.check(
        "the checkpoint is text in UTF-8", answer.media_type == "text/plain; charset=utf-8",
        answer.media_type,
    )
    cache = answer.header("cache-control")
    checks.check(
        "the checkpoint is kept for a second", cache == "public, max-age=1, must-revalidate", cache
    )
    faults = []
    for tile in tiles_of(checkpoint.size):
        answer = sandbox.get(tile.path)
        seen = (answer.status, answer.media_type, answer.header("cache-control"),
                answer.header("content-length"), answer.header("content-encoding"))
        due = (200, "application/octet-stream", IMMUTABLE, str(32 * tile.width), "")
        if seen != due or len(answer.body) != 32 * tile.width:
            faults.append(f"{tile.path}: {seen}")
    checks.check("every tile has its type, length and cache header", not faults, str(faults[:3]))
    head = sandbox.get("/checkpoint", method="HEAD")
    checks.check(
        "HEAD of the checkpoint has its headers and no body",
        head.status == 200 and not head.body and int(head.header("content-length")) > 0,
        str(head),
    )


def check_paths(checks, sandbox, checkpoint):
    faults = [
        f"{path}: {answer}" for path in WRONG_PATHS
        if (answer := sandbox.get(path, login=sandbox.login("auditor"))).status != 404
        or answer.media_type != "application/problem+json"
    ]
    checks.check("no other path below /tile and /checkpoint exists", not faults, str(faults[:4]))
    width = checkpoint.size % TILE_WIDTH
    last = checkpoint.size // TILE_WIDTH
    beyond = [Tile(0, last, width + 1), Tile(0, last + 1, 1), Tile(0, last), Tile(1, 1, 1)]
    faults = [t.path for t in beyond if sandbox.get(t.path).status != 404]
    checks.check("tiles beyond the tree do not exist", not faults, str(faults))
    earlier = [Tile(0, last, w) for w in range(1, width)] + [Tile(0, 0, w) for w in (1, 17, 255)]
    faults = [
        t.path for t in earlier
        if (answer := sandbox.get(t.path)).status != 200 or len(answer.body) != 32 * t.width
    ]
    checks.check("partial tiles of earlier trees stay", not faults, str(faults[:4]))
    answer = sandbox.get(Tile(0, 0).path, method="POST", body=b"")
    allow = {word.strip() for word in answer.header("allow").split(",")}
    checks.check(
        "a tile takes GET and HEAD alone", answer.status == 405 and allow == {"GET", "HEAD"},
        f"{answer} Allow: {answer.header('allow')}",
    )


def check_bundles(checks, sandbox, log, checkpoint):
    path = Tile(None, 0).path
    for name, login, due in (
        ("nobody", None, 401), ("a partner", 0, 403), ("an auditor", "auditor", 200),
        ("an operator", "operator", 200),
    ):
        answer = sandbox.get(path, login=sandbox.login(login) if login is not None else None)
        checks.check(f"an entry bundle for {name}: {due}", answer.status == due, str(answer))
    checks.check(
        "a bundle behind a login is kept by its reader alone",
        answer.header("cache-control") == "private, max-age=31536000",
        answer.header("cache-control"),
    )
    auditor = sandbox.login("auditor")
    reader = Log(lambda p: sandbox.get(p, login=auditor), sandbox.vkey)
    reader.tiles = log.tiles
    entries = reader.entries(checkpoint.size)
    chain = b"\0" * 32
    faults = []
    for index, entry in enumerate(entries):
        lines = entry.decode("ascii").split("\n")
        if lines[:2] != ["kontor/v1", str(index)] or len(lines) != 6 or lines[5]:
            faults.append(f"frame of {index}")
        elif base64.b64decode(lines[3]) != chain:
            faults.append(f"link of {index}")
        chain = leaf_hash(entry)
    checks.check("the bundles hold every entry, chained", not faults, str(faults[:3]))
    root = root_of([leaf_hash(entry) for entry in entries])
    checks.check("the entries hash to the signed root", root == checkpoint.root)
    ledger = read_url(sandbox.ledger, "ledger")
    checks.check("the ledger is named by its genesis", ledger == leaf_hash(entries[0]))
    genesis = read_json(read_url(entries[0].decode().split("\n")[4].split(".")[1], "j"), "j")
    checks.check("the genesis names the log key", genesis["logKey"] == sandbox.vkey)
    return entries


def check_proofs(checks, sandbox, seen):
    """Consistency between all sizes at which a checkpoint was read."""
    faults = []
    for old in seen:
        for new in seen:
            if old.size > new.size:
                continue
            path = f"/v1/proofs/consistency?from={old.size}&to={new.size}"
            answer = sandbox.get(path)
            try:
                hashes = [base64.b64decode(h, validate=True) for h in answer.json["hashes"]]
                check_consistency(old, new, hashes)
            except (Fault, KeyError, ValueError) as fault:
                faults.append(f"{path}: {fault!r} {answer}")
    checks.check(f"{len(seen)} checkpoints are consistent", not faults, str(faults[:2]))
    newest = seen[-1].size
    wrong = [
        ("from=2&to=1", 400), (f"from=1&to={newest + 1_000_000}", 404), ("from=1", 400), ("", 400),
        ("from=-1&to=1", 400), ("from=01&to=2", 400), ("from=1&to=2&to=3", 400),
        ("from=1&to=2&x=1", 400),
    ]
    faults = [
        f"{query}: {answer.status}, due {due}" for query, due in wrong
        if (answer := sandbox.get(f"/v1/proofs/consistency?{query}")).status != due
    ]
    checks.check("wrong questions for consistency are refused", not faults, str(faults))


class Liar:
    """Answers as the server does, but for one byte of one path."""

    def __init__(self, answers, path, offset):
        self.answers = answers
        self.path = path
        self.offset = offset

    def __call__(self, path):
        answer = self.answers[path]
        if path != self.path:
            return answer
        changed = bytearray(answer.body)
        changed[self.offset] ^= 1
        return type(answer)(answer.status, [], bytes(changed))


def check_liars(checks, sandbox, checkpoint, answer):
    """Each tile of the tree is forged in turn; the reader notices each."""
    answers = {t.path: sandbox.get(t.path) for t in tiles_of(checkpoint.size)}
    answers["/checkpoint"] = answer
    passed = []
    for tile in tiles_of(checkpoint.size):
        for offset in (0, 32 * tile.width // 2, 32 * tile.width - 1):
            log = Log(Liar(answers, tile.path, offset), sandbox.vkey)
            try:
                log.authenticate(log.checkpoint()[0])
                passed.append(f"{tile.path} byte {offset}")
            except Fault:
                pass
    checks.check(
        f"size {checkpoint.size}: a forged tile is noticed, each of {len(answers) - 1}",
        not passed, str(passed[:3]),
    )


def check_note(checks, sandbox, answer):
    """Every byte of the checkpoint matters, but those of signatures by unknown keys."""
    passed = []
    for offset in range(len(answer.body)):
        liar = Liar({"/checkpoint": answer}, "/checkpoint", offset)
        try:
            Log(liar, sandbox.vkey).checkpoint()
            passed.append(offset)
        except (Fault, UnicodeDecodeError):
            pass
    checks.check("a forged checkpoint is noticed, each byte", not passed, str(passed[:5]))


def read_log(checks, sandbox, sizes):
    log = Log(lambda path: request(sandbox.url, path), sandbox.vkey)
    checkpoint, answer = log.checkpoint()
    seen = [checkpoint]
    started = time.monotonic()
    for size in sizes:
        grow(sandbox, size, checkpoint.size)
        checkpoint, answer, delay = await_size(log, size)
        checks.check(
            f"size {size}: the checkpoint follows within 1.5 s", delay <= 1.5, f"{delay:.2f} s"
        )
        try:
            log.authenticate(checkpoint)
            checks.check(f"size {size}: {len(log.tiles)} tiles lead to the signed root", True)
        except Fault as fault:
            checks.check(f"size {size}: the tiles lead to the signed root", False, str(fault))
            return seen
        seen.append(checkpoint)
        if size <= max(SIZES):
            check_liars(checks, sandbox, checkpoint, answer)
    check_headers(checks, sandbox, checkpoint, answer)
    check_note(checks, sandbox, answer)
    check_paths(checks, sandbox, checkpoint)
    check_bundles(checks, sandbox, log, checkpoint)
    check_proofs(checks, sandbox, seen)
    seconds = time.monotonic() - started
    bundles = len(bundles_of(checkpoint.size))
    print(f"{checkpoint.size} entries, {len(log.tiles)} tiles, {bundles} bundles, {seconds:.1f} s")
    return seen


def main():
    parser = argparse.ArgumentParser(prog="scripts/tlog-client")
    parser.add_argument("--size", type=int, help="one more size to read the log at")
    arguments = parser.parse_args()
    sizes = [*SIZES, *([arguments.size] if arguments.size else [])]
    checks = Checks()
    with work_directory("tlog") as directory:
        server = Server(directory)
        with server as sandbox:
            read_log(checks, sandbox, sorted(sizes))
        checks.check("the server ends by itself", server.process.returncode == 0, server.words)
    checks.end()


if __name__ == "__main__":
    main()
