"""Kontor against a JOSE library of another language: keys, submissions, receipts, the log.

Everything that a partner signs is made here with joserfc; everything that the log answers is
verified by `receipts.py`, which was written from the specification alone.
"""

import copy
import json
import math
from fractions import Fraction
from pathlib import Path

import refusals
from client import (
    Checks, Key, Ledger, Network, Signer, agree, digest, enrol, hotel_terms, new_id, run,
    succeed, work_directory,
)
from receipts import (
    Fault, LogKey, entry_bytes, leaf_hash, read_checkpoint, read_json, read_url, root_of,
    standard, url, verify_receipt,
)


class Story:
    """One ledger, its submissions in the order of the log, and the debts that must result."""

    def __init__(self, directory, checks):
        self.checks = checks
        self.directory = directory
        self.network = Network(Path(directory, "ledger"), hotel_algorithm="ES256")
        self.ledger = self.network.ledger
        self.north = self.ledger.operators["north"]
        self.hotel = self.network.hotel
        self.airline = self.network.airline
        self.log_key = LogKey(self.ledger.vkey)
        self.log = {}
        self.posted = {}
        self.held = {}
        for line, answer in zip(self.network.lines, self.network.answers):
            self.keep(line, answer)

    def keep(self, line, answer):
        self.log[answer["receipt"]["index"]] = (line, answer["receipt"])

    def take(self, name, lines):
        """Submits what must be accepted, and verifies each receipt."""
        lines = [lines] if isinstance(lines, str) else lines
        answers = self.ledger.submit(lines)
        faults = []
        for line, answer in zip(lines, answers):
            if answer["status"] != "accepted":
                faults.append(json.dumps(answer))
                continue
            try:
                verify_receipt(answer["receipt"], line, self.log_key)
            except Fault as fault:
                faults.append(str(fault))
            self.keep(line, answer)
        self.checks.check(name, not faults, "; ".join(faults))
        return [answer["receipt"]["index"] for answer in answers if "receipt" in answer]

    def owe(self, book, debtor, creditor, currency, amount):
        key = (debtor.name, creditor.name, currency)
        book[key] = book.get(key, Fraction(0)) + amount


def item(member, amount):
    """An item under the hotel's terms, computed here after spec/10."""
    base = amount // 3
    return {
        "member": member, "amount": amount, "debit": base * 3, "credit": base,
        "bonus": amount // 60_000 * 5_000,
    }


def check_registry(story):
    checks = story.checks
    faults = []
    for line, receipt in story.log.values():
        try:
            verify_receipt(receipt, line, story.log_key)
        except Fault as fault:
            faults.append(f"{receipt['index']}: {fault}")
    checks.check(
        "applications, programs, an agreement and a member, of an Ed25519 and an ES256 partner",
        not faults, "; ".join(faults),
    )


def check_kontor_sign(story):
    """An invitation by `kontor sign`, with the key of its operator; the rest by joserfc."""
    story.cafe = Signer(story.ledger.id, "cafe", Key("EdDSA"))
    lines = enrol(story.ledger, story.north, story.cafe, Key("ES256"), "beans")
    members = json.dumps({"subject": "cafe", "thumbprint": story.cafe.key.thumbprint})
    keys = Path(story.ledger.directory, "keys", "north.jwk")
    lines[0] = succeed(
        "sign", "--data", story.ledger.directory, "--key", keys, "--kind", "partner.invite",
        "--partner", "north", data=members,
    ).strip()
    story.take("an invitation by kontor sign, an application under the name EdDSA", lines)
    payload = story.north.key.verify(lines[0]).payload
    story.checks.check("joserfc verifies what kontor sign made", b"partner.invite" in payload)


def check_kontor_keygen(story):
    """Key files go both ways."""
    for algorithm in ("ed25519", "es256"):
        mine = Path(story.directory, f"mine-{algorithm}.jwk")
        theirs = Path(story.directory, f"theirs-{algorithm}.jwk")
        succeed("keygen", "--out", theirs, "--algorithm", algorithm)
        name = "Ed25519" if algorithm == "ed25519" else "ES256"
        Key(name).write(mine)
        for path in (mine, theirs):
            members = json.loads(path.read_text())
            importer = type(Key(name).key)
            key = Key(name, importer.import_key(members))
            text = succeed(
                "sign", "--ledger", story.ledger.id, "--key", path, "--kind", "agreement.accept",
                "--partner", "cafe", data=json.dumps({"agreement": story.ledger.id}),
            ).strip()
            header = read_json(read_url(text.split(".")[0], "header"), "header")
            expected = {"alg": name, "kid": key.thumbprint, "typ": "kontor+jws"}
            story.checks.check(
                f"a key file of {'joserfc' if path == mine else 'kontor keygen'}, {name}",
                header == expected and key.verify(text), str(header),
            )


def check_transfers(story):
    network, hotel, airline = story.network, story.hotel, story.airline
    amounts = [3_000, 3_001, 3_007, 59_999, 60_000, 123_457, 1_000_000] + list(range(4_000, 4_093))
    items = [item(network.member, amount) for amount in amounts]
    [story.batch] = story.take(
        "a batch of 100 transfers, ES256",
        hotel.sign("transfers", {"terms": network.terms, "items": items}),
    )
    singles = [item(network.member, 3_000 + 17 * n) for n in range(20)]
    lines = [hotel.sign("transfers", {"terms": network.terms, "items": [one]}) for one in singles]
    story.take("twenty single transfers, ES256", lines)
    shared = {name: items[0][name] for name in ("amount", "debit", "credit", "bonus")}
    story.take(
        "a batch that states its amounts once",
        hotel.sign("transfers", {
            "terms": network.terms, **shared, "items": [{"member": network.member}] * 3,
        }),
    )
    for one in items + singles + [items[0]] * 3:
        owed = (one["credit"] + one["bonus"]) * Fraction(71, 100)
        story.owe(story.posted, hotel, airline, "USD", owed)


def check_reversal(story):
    hotel, airline = story.hotel, story.airline
    was, rest = item("", 123_457), item("", 61_000)
    give_back = {name: was[name] - rest[name] for name in ("debit", "credit", "bonus")}
    story.take(
        "a partial reversal by the creditor",
        airline.sign("transfers.reverse", {
            "entry": story.batch, "items": [{"item": 5, "remaining": 61_000, **give_back}],
        }),
    )
    units = give_back["credit"] + give_back["bonus"]
    story.owe(story.posted, hotel, airline, "USD", -units * Fraction(71, 100))


def hold_terms():
    """From the airline to the hotel; what is transferred waits for the hotel."""
    terms = copy.deepcopy(hotel_terms(
        debtor="nordwind", creditor="harbour-hotels", **{"from": "nordwind/miles"},
        to="harbour-hotels/points", finality="creditor", holdExpirySeconds=3_600,
    ))
    del terms["bonuses"]
    terms["conversion"] = {
        "ratio": {"fixed": {"numerator": 20, "denominator": 31}}, "rounding": "exact",
    }
    terms["settlement"]["price"] = {"fixed": {"numerator": 1, "denominator": 3}}
    terms["settlement"]["priceCurrency"] = "EUR"
    terms["settlement"]["settlementCurrency"] = "EUR"
    return terms


def check_holds(story):
    hotel, airline, member = story.hotel, story.airline, story.network.member
    lines = agree(airline, hotel, hold_terms())
    story.take("an agreement whose transfers wait for the creditor", lines)
    story.hold_terms = digest(lines[0])
    items = [
        {"member": member, "amount": 31 * n, "debit": 31 * n, "credit": 20 * n}
        for n in (100, 7, 1, 50)
    ]
    [hold] = story.take(
        "a hold of four items, Ed25519",
        airline.sign("transfers", {"terms": story.hold_terms, "items": items}),
    )
    story.take(
        "a commit of two items",
        hotel.sign("transfers.commit", {
            "entry": hold, "items": [{"item": 1, "credit": 140}, {"item": 0, "credit": 2_000}],
        }),
    )
    story.take("a void", hotel.sign("transfers.void", {"entry": hold, "items": [2]}))
    story.owe(story.posted, airline, hotel, "EUR", Fraction(2_140, 3))
    story.owe(story.held, airline, hotel, "EUR", Fraction(1_000, 3))
    story.hold = hold


def check_rotation(story):
    """A new key signs, the old one no longer does."""
    airline = story.airline
    old, new = airline.key, Key("ES256")
    id = new_id()
    offer = new.offer("entries", story.ledger.id, airline.name, id)
    [added] = story.take("a new key, ES256", airline.sign("key.add", {"add": offer}, id))
    story.take("the old key revokes itself",
               airline.sign("key.revoke", {"thumbprint": old.thumbprint}))
    line = airline.sign("program.define", {"program": "nordwind/status", "scale": 2})
    refusals.expect(story, "the revoked key signs", line, "KeyRevoked")
    airline.key = new
    story.take("the new key signs",
               airline.sign("program.define", {"program": "nordwind/status", "scale": 2}))


def check_known(story):
    """A retry gets the same receipt, also with another signature over the same payload."""
    index = max(index for index, (line, _) in story.log.items()
                if story.hotel.key.thumbprint in header(line)["kid"])
    line, receipt = story.log[index]
    [answer] = story.ledger.submit(line)
    same = ("index", "time", "prev", "id", "leafHash")
    story.checks.check(
        "a retry is known and gets the same receipt",
        answer["status"] == "known"
        and all(answer["receipt"][name] == receipt[name] for name in same),
        json.dumps(answer),
    )
    verify_receipt(answer["receipt"], line, story.log_key)
    again = story.hotel.key.sign(read_url(line.split(".")[1], "payload"))
    [answer] = story.ledger.submit(again)
    stored = story.ledger.entry(index)["jws"]
    try:
        verify_receipt(answer["receipt"], again, story.log_key, stored=stored)
        fault = None
    except Fault as error:
        fault = error
    story.checks.check(
        "another ES256 signature over the same payload is known; its receipt fits the stored one",
        again != line and stored == line and fault is None, str(fault),
    )


def header(line):
    return read_json(read_url(line.split(".")[0], "header"), "header")


def check_forged_receipts(story):
    """The verifier refuses what does not belong together."""
    line, good = story.log[story.batch]
    other_line, other = story.log[story.batch + 1]
    there, here = f"index {other['index']}\n", f"index {good['index']}\n"
    path, note = other["proof"].split("\n\n")[0], good["proof"].split("\n\n", 1)[1]
    mended = good["proof"].replace(here, there)
    moved = path.replace(there, here) + "\n\n" + note
    flipped = flip_note(good["proof"])
    cases = [
        ("the receipt of another leaf", other, line, "receiptID"),
        ("another leaf under this id", {**other, "id": good["id"]}, line, "receiptLeaf"),
        ("another leaf's hash, index and proof",
         {**good, **{n: other[n] for n in ("index", "leafHash", "proof")}}, line, "receiptLeaf"),
        ("another leaf's proof", {**good, "proof": other["proof"]}, line, "receiptIndex"),
        ("another leaf's path under this index",
         {**good, "proof": moved}, line, "proofRoot proofLength"),
        ("this path under another index", {**good, "proof": mended}, line, "receiptIndex"),
        ("another time", {**good, "time": "2026-01-01T00:00:00.000Z"}, line, "receiptLeaf"),
        ("another leaf hash", {**good, "leafHash": other["leafHash"]}, line, "receiptLeaf"),
        ("a checkpoint with a flipped root", {**good, "proof": flipped}, line, "noteSignature"),
        ("a further member", {**good, "extra": 1}, line, "receiptMalformed"),
    ]
    for name, receipt, sent, expected in cases:
        try:
            verify_receipt(receipt, sent, story.log_key)
            code = "accepted"
        except Fault as fault:
            code = fault.code
        story.checks.check(f"a forged receipt is refused: {name}", code in expected.split(), code)


def flip_note(proof):
    """Another root in the checkpoint of a proof, under the old signature."""
    head, note = proof.split("\n\n", 1)
    lines = note.split("\n")
    lines[2] = standard(bytes(32))
    return head + "\n\n" + "\n".join(lines)


def check_log(story):
    """The whole log, read back: frames, chain, root, each signature, each older checkpoint."""
    size = max(story.log) + 1
    entries = [story.ledger.entry(index) for index in range(size)]
    leaves, prev, faults = [], bytes(32), []
    keys = known_keys(entries)
    for entry in entries:
        data = entry_bytes(entry["index"], entry["time"], standard(prev), entry["jws"])
        prev = leaf_hash(data)
        leaves.append(prev)
        sent, receipt = story.log.get(entry["index"], (entry["jws"], None))
        if sent != entry["jws"] or receipt and receipt["leafHash"] != standard(prev):
            faults.append(f"entry {entry['index']} is not what was sent")
        try:
            keys[header(entry["jws"])["kid"]].verify(entry["jws"])
        except Exception as error:
            faults.append(f"entry {entry['index']}: {error}")
    story.checks.check(f"joserfc verifies all {size} entries of the log", not faults,
                       "; ".join(faults[:3]))
    story.checks.check("the first leaf hash is the ledger's id",
                       story.ledger.id == url(leaves[0]))
    faults = []
    for _, receipt in story.log.values():
        checkpoint = read_checkpoint(receipt["proof"].split("\n\n", 1)[1], story.log_key)
        if root_of(leaves[:checkpoint.size]) != checkpoint.root:
            faults.append(f"the checkpoint of size {checkpoint.size}")
    story.checks.check("every checkpoint is the root of a beginning of this log", not faults,
                       "; ".join(faults))
    story.leaves = leaves


def known_keys(entries):
    """Every key that the log registers, by its thumbprint."""
    keys = {}
    for entry in entries:
        payload = json.loads(read_url(entry["jws"].split(".")[1], "payload"))
        offers = payload.get("keys", []) + [payload[n] for n in ("add",) if n in payload]
        for operator in payload.get("operators", []):
            offers += operator["keys"]
        for offer in offers:
            algorithm = "ES256" if offer["key"]["kty"] == "EC" else "Ed25519"
            key = Key(algorithm, type(Key(algorithm).key).import_key(offer["key"]))
            key.verify(offer["proof"])
            keys[key.thumbprint] = key
    return keys


def check_tiles(story):
    """The exported tiles and bundles hold the leaves and entries of the receipts."""
    export = Path(story.directory, "export")
    succeed("export", "--data", story.ledger.directory, "--tiles", export)
    checkpoint = read_checkpoint(Path(export, "checkpoint").read_text(), story.log_key)
    size = len(story.leaves)
    tile = Path(export, f"tile/0/000.p/{size}").read_bytes()
    story.checks.check(
        "the exported tile is the leaves, its checkpoint their root",
        checkpoint.size == size and checkpoint.root == root_of(story.leaves)
        and tile == b"".join(story.leaves),
    )
    bundle = Path(export, f"tile/entries/000.p/{size}").read_bytes()
    found = []
    while bundle:
        length = int.from_bytes(bundle[:2], "big")
        found.append(leaf_hash(bundle[2:2 + length]))
        bundle = bundle[2 + length:]
    story.checks.check("the entries of the bundle hash to the leaves", found == story.leaves)


def check_positions(story):
    """Who owes whom, computed here with fractions."""
    text = succeed("positions", "--data", story.ledger.directory, "--json")
    lines = [json.loads(line) for line in text.splitlines()]
    found = {
        (line["debtor"], line["creditor"], line["currency"]): (line["posted"], line["held"])
        for line in lines
    }
    expected = {
        key: (str(round(story.posted.get(key, 0))), str(math.ceil(story.held.get(key, 0))))
        for key in story.posted.keys() | story.held.keys()
    }
    story.checks.check("positions are those that fractions give", found == expected,
                       f"{found}, not {expected}")


def check_audit(story, directory):
    result = run("audit", "--data", directory, "--vkey", Path(directory, "log.vkey"))
    story.checks.check("kontor audit finds the same log in order", result.returncode == 0,
                       result.stdout.decode()[-500:] + result.stderr.decode()[-500:])


def check_four_eyes(story):
    """A ledger whose acts need two operators."""
    directory = Path(story.directory, "four-eyes")
    ledger = Ledger(directory, operators=("north", "south"), threshold=2)
    single, story.ledger, story.log_key = story.ledger, ledger, LogKey(ledger.vkey)
    log, story.log = story.log, {}
    north, south = ledger.operators["north"], ledger.operators["south"]
    cafe = Signer(ledger.id, "cafe", Key("ES256"))
    lines = enrol(ledger, north, cafe, Key(), "beans")
    [*_, waiting] = story.take("an admission that waits for another operator", lines[:3])
    refusals.expect(story, "the applicant signs before it is admitted", lines[3],
                    "SignerNotActive")
    refusals.expect(story, "the signer approves its own act",
                    north.sign("operator.approve", {"entry": waiting}), "SelfApproval")
    story.take("another operator approves",
               south.sign("operator.approve", {"entry": waiting}))
    story.take("the partner that four eyes admitted signs", lines[3])
    check_audit(story, directory)
    story.ledger, story.log, story.log_key = single, log, LogKey(single.vkey)


def main():
    checks = Checks()
    with work_directory("interop") as directory:
        story = Story(directory, checks)
        check_registry(story)
        check_kontor_sign(story)
        check_kontor_keygen(story)
        check_transfers(story)
        check_reversal(story)
        check_holds(story)
        refusals.check_jws(story)
        refusals.check_payloads(story)
        refusals.check_keys(story)
        refusals.check_transfers(story)
        check_rotation(story)
        check_known(story)
        check_forged_receipts(story)
        check_log(story)
        check_tiles(story)
        check_positions(story)
        check_audit(story, story.ledger.directory)
        check_four_eyes(story)
    checks.end()


if __name__ == "__main__":
    main()
