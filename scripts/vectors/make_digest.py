"""Writes fixtures/vectors/digest.json: digests of books (spec/28 §1)."""

import base64
import hashlib
import json
import pathlib

VECTORS = pathlib.Path(__file__).resolve().parents[2] / "fixtures/vectors"
LEDGER = bytes(range(32))
EMPTY = bytes(32)


def sha(data):
    return hashlib.sha256(data).digest()


def url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def leaf(name, rows):
    """The text and the figures of one transfer, or None if nothing happened in it."""
    programs = {}
    for program, units, event in rows:
        figures = programs.setdefault(program, [0, 0, 0, 0])
        if event == "posting":
            figures[0 if units < 0 else 1] += abs(units)
        else:
            figures[2 if units > 0 else 3] += abs(units)
    programs = {k: v for k, v in sorted(programs.items()) if any(v)}
    if not programs:
        return None
    figures = list(programs.values())
    if not any(f[0] or f[1] for f in figures):
        state = "reversal"
    elif not any(f[2] or f[3] for f in figures):
        state = "posted"
    elif all(f[0] == f[2] and f[1] == f[3] for f in figures):
        state = "reversed"
    else:
        state = "partly"
    lines = [f"{name} {state}\n"]
    lines += [" ".join([k, *map(str, v)]) + "\n" for k, v in programs.items()]
    return "".join(lines), programs


def nibbles(key):
    return [n for byte in key for n in (byte >> 4, byte & 15)]


def node(leaves, depth):
    """The node over some (key, leaf hash), each by its path from a depth on."""
    if not leaves:
        return EMPTY
    if len(leaves) == 1:
        return leaves[0][1]
    parts = [[l for l in leaves if nibbles(l[0])[depth] == n] for n in range(16)]
    return sha(b"\x01" + b"".join(node(part, depth + 1) for part in parts))


def digest(scope, rows):
    transfers = {}
    for row in rows:
        if row["status"] in ("pending", "void") or row["window"] != "compared":
            continue
        name = f"{row['transfer']}/{row['item'] if row['item'] is not None else 0}"
        transfers.setdefault(name, []).append((row["unit"], row["units"], row["event"]))
    leaves, sums, texts = [], {}, []
    for name, parts in sorted(transfers.items()):
        made = leaf(name, parts)
        if made is None:
            continue
        text, programs = made
        for program, figures in programs.items():
            total = sums.setdefault(program, [0, 0, 0, 0])
            for place, figure in enumerate(figures):
                total[place] += figure
        key, hashed = sha(name.encode()), sha(b"\x00" + text.encode())
        leaves.append((key, hashed))
        texts.append({"name": name, "key": key.hex(), "text": text, "hash": url(hashed)})
    leaves.sort()
    first, second = sorted(scope["partners"])
    top = node(leaves, 0)
    head = f"kontor/v1/book-digest\n{scope['ledger']}\n{first}\n{second}\n"
    head += f"{scope['calendar']}\n{scope['window']}\n{len(leaves)}\n"
    return {
        "count": len(leaves), "top": url(top), "root": url(sha(head.encode() + top)),
        "sums": [{"program": k, "debit": v[0], "credit": v[1], "reversedDebit": v[2],
                  "reversedCredit": v[3]} for k, v in sorted(sums.items())],
        "leaves": texts,
    }


def transfer_id(number):
    tail = hashlib.sha256(b"transfer %d" % number).hexdigest()
    return f"019aab5f-{0x9d2b + number:04x}-7{tail[:3]}-8{tail[3:6]}-{tail[6:18]}"


def row(number, item, unit, units, event="posting", status="posted", window="compared"):
    return {"transfer": transfer_id(number), "item": item, "unit": unit, "units": units,
            "event": event, "status": status, "window": window}


A, B, C = "nordwind/miles", "talweg/stars", "nordwind/a"


def cases():
    plain = [row(0, 0, A, -5000), row(0, 0, B, 4000)]
    whole = [row(0, 0, A, 5000, "reversal"), row(0, 0, B, -4000, "reversal")]
    part = [row(0, 0, A, 1000, "reversal"), row(0, 0, B, -800, "reversal")]
    yield "nothing", []
    yield "one transfer", plain
    yield "the order of rows does not matter", plain[::-1]
    yield "a row without an item is of item 0", [dict(r, item=None) for r in plain]
    yield "reversed", plain + whole
    yield "partly reversed", plain + part
    yield "reversed on one side only", plain + whole[:1]
    yield "posted in an earlier window", part
    yield "bonus as a row of its own", plain + [row(0, 0, B, 250)]
    yield "booked twice", plain + plain
    yield "hold, called off, other windows, zero", plain + [
        row(1, 0, A, -1, status="pending"), row(2, 0, A, -1, status="void"),
        row(3, 0, A, -1, window="earlier"), row(4, 0, A, -1, window="later"), row(5, 0, A, 0)]
    yield "unstated counts as posted", [dict(r, status="unstated") for r in plain]
    yield "one side is money", [row(0, 0, A, -5000)]
    yield "three programs, the smaller name first", plain + [row(0, 0, C, 7), row(0, 1, C, 9)]
    many = []
    for number in range(40):
        for item in range(1 + number % 12):
            units = 1 + int.from_bytes(sha(b"%d/%d" % (number, item))[:2], "big")
            many += [row(number, item, A, -units), row(number, item, B, 2 * units)]
            if units % 7 == 0:
                many += [row(number, item, A, units, "reversal"), row(number, item, B, -2 * units, "reversal")]
    yield "some hundreds", many


def main():
    scope = {"ledger": url(LEDGER), "partners": ["talweg", "nordwind"], "calendar": "eur", "window": 7}
    value = {"note": "Rows of a book and their digest, spec/28 section 1; of the last case the leaves are left out.",
             "scope": scope, "cases": []}
    for name, rows in cases():
        made = digest(scope, rows)
        if len(made["leaves"]) > 20:
            del made["leaves"]
            rows = [[r["transfer"], r["item"], r["unit"], r["units"], r["event"]] for r in rows]
            value["many"] = {"name": name, "rows": rows, **made}
        else:
            value["cases"].append({"name": name, "rows": rows, **made})
    many = value.pop("many")
    value["many"] = many
    text = json.dumps(value, indent=1, ensure_ascii=False)
    text = text[: text.index('"many"')] + '"many": ' + json.dumps(many, separators=(",", ":")) + "\n}\n"
    (VECTORS / "digest.json").write_text(text)


if __name__ == "__main__":
    main()
