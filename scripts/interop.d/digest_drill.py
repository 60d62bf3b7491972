"""The digest drill: see scripts/digest-drill."""

import argparse
import base64
import hashlib
import json
import os
import pathlib
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time

KONTOR = os.environ["KONTOR"]
LEDGER = base64.urlsafe_b64encode(bytes(range(32))).rstrip(b"=").decode()
PROGRAMS = ("nordwind/miles", "talweg/stars")


def sha(data):
    return hashlib.sha256(data).digest()


def transfers(count, seed):
    """Names and figures of a window: up to twenty items a transfer, every hundredth reversed."""
    source = random.Random(seed)
    made, number = [], 0
    while len(made) < count:
        tail = f"{source.getrandbits(74):019x}"
        identifier = f"019aab5f-{number & 0xffff:04x}-7{tail[:3]}-8{tail[3:6]}-{tail[6:18]}"
        number += 1
        for item in range(min(source.randint(1, 20), count - len(made))):
            units = source.randint(1, 20000)
            made.append((f"{identifier}/{item}", units, 2 * units, source.random() < 0.01))
    return made


def write_csv(path, rows):
    with open(path, "w") as file:
        file.write("transfer;kind;miles;stars\n")
        for name, debit, credit, is_reversed in rows:
            file.write(f"{name};booked;-{debit};{credit}\n")
            if is_reversed:
                file.write(f"{name};back;{debit};-{credit}\n")


def write_ndjson(path, rows):
    with open(path, "w") as file:
        for name, debit, credit, is_reversed in rows:
            file.write(f'{{"id":"{name}","kind":"booked","out":{-debit},"in":{credit}}}\n')
            if is_reversed:
                file.write(f'{{"id":"{name}","kind":"back","out":{debit},"in":{-credit}}}\n')


def write_mapping(path, partner, shape, columns, amounts):
    path.write_text(json.dumps({
        "format": "kontor-mapping/1", "ledger": LEDGER, "partner": partner, "version": 1,
        "file": shape, "columns": columns, "events": {"booked": "posting", "back": "reversal"},
        "amounts": [{"program": p, "column": c} for p, c in zip(PROGRAMS, amounts)]}))


def node(leaves, depth):
    if len(leaves) < 2:
        return leaves[0][1] if leaves else bytes(32)
    parts = [[] for _ in range(16)]
    for leaf in leaves:
        byte = leaf[0][depth // 2]
        parts[byte >> 4 if depth % 2 == 0 else byte & 15].append(leaf)
    return sha(b"\x01" + b"".join(node(part, depth + 1) for part in parts))


def root(rows):
    """The root by spec/28 §1."""
    leaves = []
    for name, debit, credit, is_reversed in rows:
        back = (debit, credit) if is_reversed else (0, 0)
        state = "reversed" if is_reversed else "posted"
        text = f"{name} {state}\n{PROGRAMS[0]} {debit} 0 {back[0]} 0\n{PROGRAMS[1]} 0 {credit} 0 {back[1]}\n"
        leaves.append((sha(name.encode()), sha(b"\x00" + text.encode())))
    head = f"kontor/v1/book-digest\n{LEDGER}\nnordwind\ntalweg\neur\n7\n{len(leaves)}\n"
    return base64.urlsafe_b64encode(sha(head.encode() + node(leaves, 0))).rstrip(b"=").decode()


def command(partner, other, books, mapping):
    return [KONTOR, "reconcile", "digest", "--partner", partner, "--with", other, "--window", "eur/7",
            "--books", str(books), "--mapping", str(mapping), "--timeout", "600"]


def exchange(folder, ours, theirs):
    """What a caller with one file and an answerer with another come to."""
    call = command("nordwind", "talweg", ours, folder / "nordwind.json")
    answer = command("talweg", "nordwind", theirs, folder / "talweg.json") + ["--serve"]
    started = time.monotonic()
    run = subprocess.run(call + ["--json", "--connect", " ".join(f"'{word}'" for word in answer)],
                         capture_output=True, text=True)
    seconds = time.monotonic() - started
    if not run.stdout:
        sys.exit(f"digest-drill: the exchange failed:\n{run.stderr}")
    return json.loads(run.stdout), run.returncode, seconds, run.stderr


def require(condition, promise):
    if not condition:
        sys.exit(f"digest-drill: FAILED: {promise}")
    print(f"ok  {promise}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="digest-drill-"))
    try:
        drill(folder, options.rows, options.seed)
    finally:
        if os.environ.get("KEEP") == "1":
            print(f"the data is in {folder}")
        else:
            shutil.rmtree(folder)


def drill(folder, count, seed):
    rows = transfers(count + 1, seed)
    missing, extra, changed = count // 3, count // 5, count // 2
    ours = rows[:missing] + rows[missing + 1:]
    theirs = rows[:extra] + rows[extra + 1:]
    theirs[theirs.index(rows[changed])] = (rows[changed][0], rows[changed][1] + 1, *rows[changed][2:])
    random.Random(seed + 1).shuffle(theirs)
    write_csv(folder / "ours.csv", ours)
    write_ndjson(folder / "theirs.ndjson", theirs)
    write_ndjson(folder / "same.ndjson", ours)
    write_ndjson(folder / "other.ndjson", [(n, d + 1, c, r) for n, d, c, r in ours])
    write_mapping(folder / "nordwind.json", "nordwind", {"type": "csv", "encoding": "UTF-8", "delimiter": ";"},
                  {"transfer": "transfer", "event": "kind"}, ("miles", "stars"))
    write_mapping(folder / "talweg.json", "talweg", {"type": "ndjson"},
                  {"transfer": "/id", "event": "/kind"}, ("/out", "/in"))

    result, code, seconds, _ = exchange(folder, folder / "ours.csv", folder / "theirs.ndjson")
    found = {(d["transfer"], d["kind"]) for d in result["differences"]}
    expected = {(rows[missing][0], "missingHere"), (rows[extra][0], "missingThere"), (rows[changed][0], "changed")}
    print(f"    {count} transfers a side: {result['messages']} messages, {result['bytes']} bytes, {seconds:.1f} s")
    require(code == 1 and found == expected, "one missing, one extra and one changed are named, and nothing else")
    require(result["messages"] <= 64 and result["bytes"] <= 65536, "within 64 messages and 64 KiB")
    require(result["own"]["root"] == root(ours), "our root is that of the other program")
    require(result["other"]["root"] == root(theirs), "their root too, whose rows stand in another order")

    result, code, seconds, _ = exchange(folder, folder / "ours.csv", folder / "same.ndjson")
    print(f"    equal books: {result['messages']} messages, {result['bytes']} bytes, {seconds:.1f} s")
    require(code == 0 and result["equal"] and result["messages"] == 2, "equal books agree in one exchange of roots")

    result, code, seconds, _ = exchange(folder, folder / "ours.csv", folder / "other.ndjson")
    print(f"    other books: {result['messages']} messages, {result['bytes']} bytes, {seconds:.1f} s")
    require(code == 1 and not result["complete"] and result["messages"] <= 16 and result["bytes"] <= 131072,
            "wholly different books end early")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"    the largest process took {peak} MiB")


if __name__ == "__main__":
    main()
