"""Wrong submissions, each with the code that spec/03 and spec/13 give it."""

import json
import time
from fractions import Fraction

from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from client import Key, compact, new_id, pseudonym
from receipts import read_url, url


def expect(story, name, line, code):
    """A submission that must be refused with a code; the finer code too, if one is named."""
    expect_all(story, [(name, line, code)])


def expect_all(story, cases):
    answers = story.ledger.submit([line for _, line, _ in cases])
    for (name, _, code), answer in zip(cases, answers):
        found = [fault["code"] for fault in answer.get("faults", [])] or [answer["status"]]
        hit = found[0] == code or found[0].split(".")[0] == code
        story.checks.check(f"refused, {code}: {name}", hit, json.dumps(answer)[:400])


def transfer(story, **changes):
    """A right transfer of the hotel, with other members."""
    one = {"member": story.network.member, "amount": 3_000, "debit": 3_000, "credit": 1_000}
    members = {"terms": story.network.terms, "items": [one]}
    return story.hotel.payload("transfers", {**members, **changes})


def items(story, **changes):
    one = {"member": story.network.member, "amount": 3_000, "debit": 3_000, "credit": 1_000}
    one.update(changes)
    return [{name: value for name, value in one.items() if value is not None}]


def with_header(line, text):
    """The same JWS with another header, which the signature does not fit."""
    return ".".join([url(text.encode()), *line.split(".")[1:]])


def check_jws(story):
    hotel = story.hotel.key
    payload = transfer(story)
    good = hotel.sign(payload)
    head, body, signature = good.split(".")
    kid = hotel.thumbprint
    last = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    loose = signature[:-1] + last[last.index(signature[-1]) ^ 1]
    text = f'{{"alg":"ES256","kid":"{kid}","typ":"kontor+jws"'
    raw = read_url(signature, "signature")
    wrong = [
        ("two parts", f"{head}.{body}", "partCount"),
        ("four parts", good + ".AA", "partCount"),
        ("a padded header", f"{head}=.{body}.{signature}", "headerBase64"),
        ("a padded payload", f"{head}.{body}=.{signature}", "payloadBase64"),
        ("a padded signature", good + "=", "signatureBase64"),
        ("loose bits at the end", f"{head}.{body}.{loose}", "signatureBase64"),
        ("base64 of the other alphabet", f"{head}.{body}+.{signature}", "payloadBase64"),
        ("a space in front", " " + good, "headerBase64"),
        ("an empty header", f".{body}.{signature}", "headerJSON"),
        ("a header that is no JSON", with_header(good, text), "headerJSON"),
        ("a header that is an array", with_header(good, "[]"), "headerJSON"),
        ("a kid that is a number", with_header(good, '{"alg":"ES256","kid":1}'), "headerJSON"),
        ("a further member, signed", hotel.sign(payload, {"b64": True, "crit": None}),
         "memberUnknown"),
        ("a jwk member, signed", hotel.sign(payload, {"jwk": hotel.public}), "memberUnknown"),
        ("a member twice", with_header(good, text + ',"typ":"kontor+jws"}'), "memberDuplicate"),
        ("a member twice by an escape", with_header(good, text + ',"\\u0061lg":"ES256"}'),
         "memberDuplicate"),
        ("no kid", hotel.sign(payload, {"kid": None}), "memberMissing"),
        ("no typ", hotel.sign(payload, {"typ": None}), "memberMissing"),
        ("alg none", with_header(good, text.replace("ES256", "none") + "}"), "algorithmUnknown"),
        ("alg HS256", with_header(good, text.replace("ES256", "HS256") + "}"),
         "algorithmUnknown"),
        ("alg in small letters", with_header(good, text.replace("ES256", "es256") + "}"),
         "algorithmUnknown"),
        ("a kid of 42 characters", hotel.sign(payload, {"kid": kid[:-1]}), "keyIDMalformed"),
        ("an empty typ", hotel.sign(payload, typ=""), "typeMalformed"),
        ("a signature of 63 bytes", f"{head}.{body}.{url(raw[:-1])}", "signatureLength"),
        ("no signature", f"{head}.{body}.", "signatureLength"),
        ("typ JWT", hotel.sign(payload, typ="JWT"), "typeMismatch"),
        ("typ in capitals", hotel.sign(payload, typ="KONTOR+JWS"), "typeMismatch"),
        ("the typ of a proof", hotel.sign(payload, typ="kontor-pop+jws"), "typeMismatch"),
        ("alg of another kind of key", with_header(good, text.replace("ES256", "Ed25519") + "}"),
         "algorithmMismatch"),
        ("a changed payload", f"{head}.{url(compact(transfer(story)))}.{signature}",
         "signatureInvalid"),
        ("a zero signature", f"{head}.{body}.{url(bytes(64))}", "signatureInvalid"),
        ("the kid of another ES256 key", Key("ES256").sign(payload, {"kid": kid}),
         "signatureInvalid"),
    ]
    cases = [(name, line, f"MalformedJWS.{code}") for name, line, code in wrong]
    cases += [
        ("more than an entry holds", good + "A" * 66_000, "EntryTooLong"),
        ("a key that is not registered", Key("ES256").sign(payload), "UnknownKey"),
        ("the key of another partner", story.airline.key.sign(payload), "WrongSigner"),
    ]
    expect_all(story, cases)
    expect_taken(story, "spaces, order and escapes of a header are free", odd_header(story))


def odd_header(story):
    """A header in another spelling of the same members; joserfc signs what its encoder gives."""
    key = story.hotel.key
    text = f' {{"typ":"kontor\\u002bjws",\t"kid" : "{key.thumbprint}","alg":"ES256"}}\n'
    signed = f"{url(text.encode())}.{url(compact(transfer(story)))}"
    private = key.key.get_op_key("sign")
    r, s = decode_dss_signature(private.sign(signed.encode(), ECDSA(SHA256())))
    return f"{signed}.{url(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"


def expect_taken(story, name, line):
    story.take(name, line)
    story.owe(story.posted, story.hotel, story.airline, "USD", 1_000 * Fraction(71, 100))


def check_payloads(story):
    """JSON, the envelope and the members of a kind."""
    sign = story.hotel.key.sign
    text = compact(transfer(story)).decode()
    amount = '"amount":3000'
    deep = text[:-1] + ',"facts":' + '{"tier":' * 9 + "1" + "}" * 9 + "}"
    spoilt = [
        ("a fraction", text.replace(amount, '"amount":3000.0'), "MalformedJSON.fraction"),
        ("an exponent", text.replace(amount, '"amount":3e3'), "MalformedJSON.exponent"),
        ("a leading zero", text.replace(amount, '"amount":03000'), "MalformedJSON.leadingZero"),
        ("minus zero", text.replace(amount, '"amount":-0'), "MalformedJSON.negativeZero"),
        ("2^53", text.replace(amount, '"amount":9007199254740992'), "MalformedJSON.numberRange"),
        ("more bytes", text + "{}", "MalformedJSON.trailingBytes"),
        ("a byte order mark", "\ufeff" + text, "MalformedJSON.syntax"),
        ("NaN", text.replace(amount, '"amount":NaN'), "MalformedJSON.syntax"),
        ("a comma at the end", text[:-1] + ",}", "MalformedJSON.syntax"),
        ("half a surrogate", text.replace("harbour-hotels", "\\ud83d"),
         "MalformedJSON.surrogate"),
        ("a line feed in a string", text.replace("harbour-hotels", "harbour\nhotels"),
         "MalformedJSON.controlCharacter"),
        ("nine levels", deep, "MalformedJSON.depth"),
        ("a member twice", text[:-1] + ',"kind":"transfers"}', "DuplicateMember"),
        ("a member twice by an escape", text[:-1] + ',"k\\u0069nd":"transfers"}',
         "DuplicateMember"),
        ("a negative amount", text.replace(amount, '"amount":-3000'), "InvalidValue"),
        ("an array", "[]", "WrongType"),
        ("nothing", "", "MalformedJSON.syntax"),
    ]
    cases = [(name, sign(payload.encode()), code) for name, payload, code in spoilt]
    cases.append(("not UTF-8", sign(text.encode() + b"\xff"), "MalformedJSON.encoding"))
    now = time.time_ns() // 1_000_000
    day = 86_400_000
    cases += [
        (name, sign({**transfer(story), **changes}), code)
        for name, changes, code in (
            ("another ledger", {"ledger": url(bytes(32))}, "WrongLedger"),
            ("a kind that is not known", {"kind": "transfer"}, "UnknownKind"),
            ("a member that is not known", {"comment": "x"}, "UnknownMember"),
            ("an id of the past", {"id": new_id(now - 3 * day - 5_000)}, "IdWindow"),
            ("an id of the future", {"id": new_id(now + 90_000)}, "IdWindow"),
            ("an id of version 4", {"id": "5c0e8d2c-8f0a-4c11-9d6e-0123456789ab"},
             "InvalidValue"),
            ("an id in capitals", {"id": new_id(now).upper()}, "InvalidValue"),
            ("a partner in capitals", {"partner": "Harbour-Hotels"}, "InvalidValue"),
            ("a partner that is a number", {"partner": 1}, "WrongType"),
            ("null", {"channel": None}, "WrongType"),
            ("a genesis", {"kind": "genesis"}, "MissingMember"),
        )
    ]
    line, _ = story.log[story.batch]
    used = json.loads(read_url(line.split(".")[1], "payload"))["id"]
    cases.append(("an id that was used", sign(transfer(story, id=used)), "IdReused"))
    missing = transfer(story)
    del missing["terms"]
    cases.append(("no terms", sign(missing), "MissingMember"))
    expect_all(story, cases)


def check_keys(story):
    """Offered keys and their proofs."""
    airline, ledger = story.airline, story.ledger

    def offer(changes=None, use="entries", signer=None, **proof):
        id = new_id()
        key = Key("ES256")
        parts = {"ledger": ledger.id, "owner": airline.name, "id": id, **proof}
        add = key.offer(use, **parts)
        add.update(changes(key, id) if changes else {})
        return (signer or airline).sign("key.add", {"add": add}, id)

    def other_proof(key, id):
        return {"proof": Key("ES256").offer("entries", ledger.id, airline.name, id)["proof"]}

    def old_key(key, id):
        return story.hotel.key.offer("entries", ledger.id, airline.name, id)

    expect_all(story, [
        ("the proof of another key", offer(other_proof), "BadPossessionProof"),
        ("a proof for another ledger", offer(ledger=url(bytes(32))), "BadPossessionProof"),
        ("a proof for another partner", offer(owner="cafe"), "BadPossessionProof"),
        ("a proof for another id", offer(id=new_id()), "BadPossessionProof"),
        ("a key that is registered", offer(old_key), "KeyTaken"),
        ("a recovery key by an entries key", offer(use="recovery"), "WrongKeyUse"),
        ("a use that is not known", offer(use="signing"), "InvalidValue"),
        ("a key with kid", offer(lambda k, i: {"key": {**k.public, "kid": "1"}}),
         "InvalidValue.memberUnknown"),
        ("a key that is not on the curve",
         offer(lambda k, i: {"key": {**k.public, "y": url(bytes(32))}}),
         "InvalidValue.notOnCurve"),
        ("a key of small order",
         offer(lambda k, i: {"key": {"kty": "OKP", "crv": "Ed25519", "x": url(bytes(32))}}),
         "InvalidValue.smallOrder"),
        ("an RSA key", offer(lambda k, i: {"key": {"kty": "RSA", "n": "AQ", "e": "AQAB"}}),
         "InvalidValue"),
    ])


def check_transfers(story):
    """What the terms and the registry do not allow."""
    sign, member = story.hotel.key.sign, story.network.member
    by_airline = story.airline.sign
    too_many = items(story) * 201
    wrong = [
        ("one mile too many", {"items": items(story, credit=1_001)}, "WrongCredit"),
        ("the rest consumed", {"items": items(story, amount=3_001, debit=3_001)}, "WrongDebit"),
        ("a bonus that is not due", {"items": items(story, bonus=1)}, "WrongBonus"),
        ("below the minimum", {"items": items(story, amount=2_999, debit=2_997, credit=999)},
         "BelowMinimum"),
        ("nothing offered", {"items": items(story, amount=0, debit=0, credit=0)}, "AmountRange"),
        ("a member that is not open", {"items": items(story, member=pseudonym())},
         "UnknownMemberReference"),
        ("a group that is not known",
         {"items": items(story, counters=[{"group": "g", "token": member}])}, "UnknownCounter"),
        ("no item", {"items": []}, "InvalidValue"),
        ("201 items", {"items": too_many}, "TooManyItems"),
        ("a channel that is not there", {"channel": "web"}, "UnknownChannel"),
        ("terms that nobody proposed", {"terms": story.ledger.id}, "UnknownAgreement"),
        ("more than the credit line",
         {"items": items(story, amount=9 * 10**14, debit=9 * 10**14, credit=3 * 10**14,
                         bonus=15 * 10**9 * 5_000)}, "CreditLine"),
    ]
    cases = [(name, sign(transfer(story, **changes)), code) for name, changes, code in wrong]
    base = {"terms": story.network.terms, "items": items(story)}
    cases += [
        ("the creditor transfers", by_airline("transfers", base), "WrongSigner"),
        ("the debtor commits",
         by_airline("transfers.commit",
                    {"entry": story.hold, "items": [{"item": 3, "credit": 1_000}]}),
         "WrongSigner"),
        ("a commit of what was voided",
         story.hotel.sign("transfers.commit",
                          {"entry": story.hold, "items": [{"item": 2, "credit": 20}]}),
         "HoldReleased"),
        ("a partner admits", story.hotel.sign("partner.admit", {"subject": "cafe"}),
         "WrongSigner"),
        ("a name that is taken",
         story.north.sign("partner.invite", {"subject": "cafe", "thumbprint": url(bytes(32))}),
         "NameTaken"),
    ]
    expect_all(story, cases)
    two = items(story, credit=999) + items(story) + items(story, member=pseudonym())
    [answer] = story.ledger.submit(sign(transfer(story, items=two)))
    places = [(fault["code"], fault["place"]) for fault in answer.get("faults", [])]
    expected = [("WrongCredit", "items[0].credit"),
                ("UnknownMemberReference", "items[2].member")]
    story.checks.check("each faulty item of a batch is named", places == expected, str(places))
