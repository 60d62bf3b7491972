"""Writes fixtures/vectors/journal.json: ids of breaks and a break journal (spec/28 §4)."""

import base64
import hashlib
import json
import pathlib

import ed25519

VECTORS = pathlib.Path(__file__).resolve().parents[2] / "fixtures/vectors"
LEDGER = base64.urlsafe_b64encode(bytes(range(32))).rstrip(b"=").decode()
SEEDS = {"nordwind": [11, 12], "talweg": [13, 14], "stranger": [15]}
ITEMS = [f"019aab5f-9d2b-7000-8000-0000000000{n:02x}/{n}" for n in (1, 2, 10)]
FILE = hashlib.sha256(b"books").digest()


def url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def by_bytes(ids):
    """Ids in the order of the hashes, which is not that of their texts."""
    return sorted(ids, key=lambda text: base64.urlsafe_b64decode(text + "="))


def compact(value):
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def public(seed):
    return ed25519.public_key(bytes([seed] * 32))


def thumbprint(seed):
    jwk = compact({"crv": "Ed25519", "kty": "OKP", "x": url(public(seed))})
    return url(hashlib.sha256(jwk.encode()).digest())


def sign(payload, seed, typ="kontor-break+jws"):
    header = compact({"alg": "Ed25519", "kid": thumbprint(seed), "typ": typ})
    signed = url(header.encode()) + "." + url(compact(payload).encode())
    return signed + "." + url(ed25519.sign(bytes([seed] * 32), signed.encode()))


def subject(kind, items=(), rows=(), window=7):
    text = f"kontor/v1/break\n{LEDGER}\nnordwind\ntalweg\neur\n{window}\n{kind}\n"
    text += "".join(f"item {i}\n" for i in items)
    text += "".join(f"row {f} {n}\n" for f, n in rows)
    return {"kind": kind, "items": list(items), "rows": [list(r) for r in rows], "window": window,
            "text": text, "id": url(hashlib.sha256(text.encode()).digest())}


SUBJECTS = [
    subject("missingAtPartner", ITEMS[:1]),
    subject("amount.units", ITEMS),
    subject("unparsable", rows=[(url(FILE), 12)]),
    subject("duplicate", ITEMS[1:2], [(url(FILE), 0), (url(FILE), 10)], window=8),
]


class Journal:
    def __init__(self):
        self.lines, self.steps = [], []

    def payload(self, partner, action, **members):
        first = not self.lines
        value = {"ledger": LEDGER}
        if not first:
            value["journal"] = url(hashlib.sha256(self.lines[0].encode()).digest())
        value["prev"] = url(hashlib.sha256(self.lines[-1].encode()).digest() if not first else bytes(32))
        value["partner"] = partner
        value["time"] = f"2026-11-22T10:15:{len(self.lines):02d}.000Z"
        return {**value, "action": action, **members}

    def add(self, partner, key, action, states, **members):
        payload = self.payload(partner, action, **members)
        self.lines.append(sign(payload, SEEDS[partner][key]))
        self.steps.append({"payload": compact(payload), "jws": self.lines[-1], "states": states})
        return self.hash()

    def hash(self):
        return url(hashlib.sha256(self.lines[-1].encode()).digest())


def opening(made, other):
    return {"breaks": [made["id"]], "with": other, "calendar": "eur", "window": made["window"],
            "kind": made["kind"], "items": made["items"],
            "rows": [{"file": f, "line": n} for f, n in made["rows"]]}


def main():
    one, two, three, four = SUBJECTS
    a, b, c = one["id"], two["id"], three["id"]
    pair = by_bytes([b, c])
    journal = Journal()
    add = journal.add
    refused = []

    def refuse(code, partner, seed, action, typ="kontor-break+jws", edit=None, **members):
        payload = journal.payload(partner, action, **members)
        payload = edit(payload) if edit else payload
        refused.append({"after": len(journal.lines), "code": code, "payload": compact(payload),
                        "jws": sign(payload, seed, typ)})

    eyes = [{"currency": "EUR", "above": 10000}, {"currency": "USD", "above": 0}]
    add("nordwind", 0, "begin", [], **{"with": "talweg", "fourEyes": eyes})
    refuse("journalChain", "nordwind", 11, "open", **opening(one, "talweg"))
    refuse("journalChain", "nordwind", 11, "join")
    add("talweg", 0, "join", [])
    refuse("journalChain", "talweg", 13, "join")
    refuse("journalBreak", "talweg", 13, "close", breaks=[a], reason="nothing there")
    refuse("journalBreak", "nordwind", 11, "open", **{**opening(one, "talweg"), "breaks": [b]})
    refuse("journalForm", "nordwind", 11, "open", typ="kontor+jws", **opening(one, "talweg"))
    refuse("journalForm", "nordwind", 11, "open", **{**opening(one, "talweg"), "note": "x"})
    refuse("journalForm", "nordwind", 11, "open", **{**opening(two, "talweg"), "items": ITEMS[::-1]})
    refuse("journalForm", "nordwind", 11, "open", **{**opening(one, "talweg"), "kind": "amount.colour"})
    refuse("journalForm", "nordwind", 11, "open", **{**opening(one, "talweg"), "items": []})
    refuse("journalForm", "nordwind", 11, "burn", breaks=[a])
    refuse("journalKey", "nordwind", 13, "open", **opening(one, "talweg"))
    refuse("journalKey", "nordwind", 15, "open", **opening(one, "talweg"))
    refuse("journalChain", "nordwind", 11, "open", edit=lambda p: {**p, "prev": url(bytes(32))}, **opening(one, "talweg"))
    refuse("journalChain", "nordwind", 11, "open", edit=lambda p: {**p, "journal": url(bytes(32))}, **opening(one, "talweg"))
    refuse("journalChain", "nordwind", 11, "open", edit=lambda p: {**p, "time": "2026-11-22T10:15:00.999Z"}, **opening(one, "talweg"))
    add("nordwind", 0, "open", ["open"], **opening(one, "talweg"))
    refuse("journalBreak", "talweg", 13, "open", **opening(one, "nordwind"))
    refuse("journalState", "talweg", 13, "reopen", breaks=[a], reason="it is open")
    refuse("journalSigner", "talweg", 13, "close", breaks=[a], reason="not mine")
    refuse("journalForm", "nordwind", 11, "propose", breaks=[a], payer="talweg", currency="CHF", amount=1, reason="no such currency")
    refuse("journalForm", "nordwind", 11, "propose", breaks=[a], payer="talweg", currency="EUR", amount=-1, reason="below 0")
    refuse("journalForm", "nordwind", 11, "comment", breaks=[a], text="two\nlines")
    refuse("journalSigner", "nordwind", 11, "propose", breaks=[a], payer="stranger", currency="EUR", amount=1, reason="a third one")
    add("talweg", 0, "assign", ["assigned"], breaks=[a], to="points-desk")
    proposal = add("nordwind", 0, "propose", ["proposing"], breaks=[a], payer="talweg", currency="EUR",
                   amount=17750, reason="the row is missing in your books")
    refuse("journalSigner", "nordwind", 11, "second", breaks=[a], line=proposal)
    refuse("journalSigner", "talweg", 13, "second", breaks=[a], line=proposal)
    refuse("journalState", "nordwind", 12, "second", breaks=[a], line=url(bytes(32)))
    refuse("journalState", "talweg", 13, "agree", breaks=[a], line=proposal)
    add("nordwind", 1, "second", ["proposed"], breaks=[a], line=proposal)
    add("talweg", 0, "comment", ["proposed"], breaks=[a], text="We have found the file of that day.")
    add("talweg", 0, "evidence", ["proposed"], breaks=[a], file=url(FILE), text="the file of that day")
    refuse("journalSigner", "nordwind", 11, "agree", breaks=[a], line=proposal)
    refuse("journalState", "talweg", 13, "agree", breaks=[a], line=url(bytes(32)))
    agreement = add("talweg", 0, "agree", ["agreeing"], breaks=[a], line=proposal)
    add("talweg", 1, "second", ["agreed"], breaks=[a], line=agreement)
    refuse("journalSigner", "nordwind", 11, "adjust", breaks=[a], entry=906)
    refuse("journalState", "talweg", 14, "undo", breaks=[a], line=journal.hash())
    refuse("journalState", "nordwind", 11, "close", breaks=[a], reason="not yet adjusted")
    add("talweg", 1, "adjust", ["adjusted"], breaks=[a], entry=906)
    add("nordwind", 0, "close", ["closed"], breaks=[a], reason="adjusted")
    add("talweg", 0, "open", ["closed", "open"], **opening(two, "nordwind"))
    add("talweg", 0, "open", ["closed", "open", "open"], **opening(three, "nordwind"))
    group = add("talweg", 0, "close", ["closed", "closed", "closed"], breaks=pair, reason="our file was read twice")
    refuse("journalSigner", "nordwind", 11, "undo", breaks=[b], line=group)
    refuse("journalForm", "talweg", 13, "undo", breaks=pair[::-1], line=group)
    refuse("journalState", "talweg", 13, "undo", breaks=by_bytes([a, b]), line=group)
    add("talweg", 0, "undo", ["closed", "open", "closed"], breaks=[b], line=group)
    add("nordwind", 1, "dispute", ["closed", "disputed", "closed"], breaks=[b], entry=910)
    add("talweg", 1, "adjust", ["closed", "adjusted", "closed"], breaks=[b], entry=915)
    add("talweg", 1, "reopen", ["closed", "adjusted", "open"], breaks=[c], reason="it was not")
    proposal = add("talweg", 0, "propose", ["closed", "adjusted", "proposed"], breaks=[c], payer="talweg",
                   currency="EUR", amount=0, reason="nobody owes anything")
    refuse("journalSigner", "nordwind", 12, "undo", breaks=[c], line=proposal)
    add("nordwind", 1, "agree", ["closed", "adjusted", "agreed"], breaks=[c], line=proposal)
    refuse("journalState", "talweg", 13, "adjust", breaks=[c], entry=920)
    add("talweg", 0, "close", ["closed", "adjusted", "closed"], breaks=[c], reason="nothing to pay")

    keys = [{"partner": partner, "seed": seed, "x": url(public(seed)), "kid": thumbprint(seed)}
            for partner, seeds in SEEDS.items() for seed in seeds]
    value = {"note": "Ids of breaks, and a journal with the states of its breaks after each line, spec/28 section 4. "
             "A key's seed is 32 bytes of its number. A refused line is tried after so many lines.",
             "ledger": LEDGER, "partners": ["nordwind", "talweg"], "calendar": "eur", "keys": keys,
             "subjects": SUBJECTS, "lines": journal.steps, "refused": refused}
    (VECTORS / "journal.json").write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
