"""Writes fixtures/vectors/jws.json: compact JWS, good and bad, and proofs of possession (spec/03 §4–§6)."""

import base64
import json
import pathlib

from joserfc import jws as jose
from joserfc.jwk import ECKey, OKPKey

import ed25519 as ed
from make_keys import b64, ec_jwk, ed_jwk, es256, raw, seed, thumbprint

OUT = pathlib.Path(__file__).resolve().parents[2] / "fixtures/vectors/jws.json"
ED, EC = ed_jwk(seed("nordwind")), ec_jwk(seed("nordwind"))
OTHER = ed_jwk(seed("suedstern"))
ID = "019ab0c5-91ab-7000-8000-00000000002a"
LEDGER = b64(bytes(range(32)))
PAYLOAD = json.dumps({"ledger": LEDGER, "kind": "key.add", "partner": "nordwind", "id": ID},
                     separators=(",", ":")).encode()


def public(jwk):
    return {k: v for k, v in jwk.items() if k != "d"}


def sign(jwk, text):
    secret = base64.urlsafe_b64decode(jwk["d"] + "=")
    return ed.sign(secret, text) if jwk["kty"] == "OKP" else raw(*es256(secret, text))


def header(alg, jwk, typ="kontor+jws"):
    return json.dumps({"alg": alg, "kid": thumbprint(jwk), "typ": typ}, separators=(",", ":"))


def compact(head, payload, jwk):
    head = head if isinstance(head, bytes) else head.encode()
    text = b64(head) + "." + b64(payload)
    return text + "." + b64(sign(jwk, text.encode()))


def valid():
    cases = []

    def case(name, head, payload=PAYLOAD, jwk=ED, typ="kontor+jws"):
        text = compact(head, payload, jwk)
        cases.append({"name": name, "text": text, "jwk": public(jwk), "alg": json.loads(head)["alg"],
                      "typ": typ, "header": (head if isinstance(head, bytes) else head.encode()).hex(),
                      "payload": payload.hex()})
        key = (OKPKey if jwk["kty"] == "OKP" else ECKey).import_key(jwk)
        jose.deserialize_compact(text, key, algorithms=["Ed25519", "EdDSA", "ES256"])

    case("Ed25519", header("Ed25519", ED))
    case("EdDSA", header("EdDSA", ED))
    case("ES256", header("ES256", EC), jwk=EC)
    case("other typ", header("Ed25519", ED, "kontor-pop+jws"), typ="kontor-pop+jws")
    kid = thumbprint(ED)
    case("other order", '{"typ":"kontor+jws","kid":"%s","alg":"Ed25519"}' % kid)
    case("white space", ' {\n\t"alg" : "Ed25519" ,\r\n "kid":"%s", "typ":"kontor+jws" } \n' % kid)
    case("escapes", '{"\\u0061lg":"Ed\\u00325519","kid":"%s","typ":"kontor\\u002bjws"}' % kid)
    case("empty payload", header("Ed25519", ED), b"")
    case("payload of any bytes", header("Ed25519", ED), bytes(range(256)))
    for count in (1, 2, 3):
        case("payload of %d" % count, header("Ed25519", ED), b"\xff" * count)
    library = jose.serialize_compact(json.loads(header("Ed25519", ED)), PAYLOAD, OKPKey.import_key(ED),
                                     algorithms=["Ed25519"])
    assert library == cases[0]["text"]
    return cases


def invalid():
    cases = []

    def case(name, text, code, member="", json_reason=None, jwk=ED, verify=False, typ=None):
        cases.append({"name": name, "text": text, "code": code, "member": member, "json": json_reason,
                      "jwk": public(jwk), "verify": verify, "typ": typ})

    def head(name, text, code, member="", json_reason=None, **more):
        case(name, compact(text, PAYLOAD, ED), code, member, json_reason, **more)

    good = compact(header("Ed25519", ED), PAYLOAD, ED)
    h, p, s = good.split(".")
    kid = thumbprint(ED)
    three = '"alg":"Ed25519","kid":"%s","typ":"kontor+jws"' % kid
    case("empty", "", "partCount")
    case("two parts", h + "." + p, "partCount")
    case("four parts", good + "." + s, "partCount")
    case("five parts", "a.b.c.d.e", "partCount")
    case("JSON serialisation", '{"payload":"","signatures":[]}', "partCount")
    case("65536 bytes", h + "." + "A" * (65_536 - len(h) - len(s) - 2) + "." + s, "tooLong")
    short = b64(header("EdDSA", ED).encode())
    case("65535 bytes, signature wrong", short + "." + "A" * (65_535 - len(short) - len(s) - 2) + "." + s,
         "signatureInvalid", verify=True)
    case("padded header", h + "=." + p + "." + s, "headerBase64")
    case("plus in header", "+" + h[1:] + "." + p + "." + s, "headerBase64")
    case("padded payload", good.replace(p, p + "="), "payloadBase64")
    case("space in payload", good.replace(p, p[:4] + " " + p[4:]), "payloadBase64")
    case("line feed at the end", good + "\n", "signatureBase64")
    case("space before", " " + good, "headerBase64")
    case("trailing bits of signature", good[:-1] + chr(ord(good[-1]) + 1), "signatureBase64")
    case("4n + 1 characters", h + ".A." + s, "payloadBase64")
    case("empty header", "." + p + "." + s, "headerJSON", json_reason="syntax")
    case("empty signature", h + "." + p + ".", "signatureLength")
    case("DER signature", h + "." + p + "." + b64(bytes(70)), "signatureLength")
    case("63 bytes", h + "." + p + "." + b64(bytes(63)), "signatureLength")
    head("array", "[]", "headerJSON", json_reason="notAnObject")
    head("not JSON", "{'alg':1}", "headerJSON", json_reason="syntax")
    head("BOM", "\ufeff{" + three + "}", "headerJSON", json_reason="syntax")
    head("not UTF-8", b'{"alg":"\xff"}', "headerJSON", json_reason="encoding")
    head("trailing", "{" + three + "}x", "headerJSON", json_reason="trailingBytes")
    head("alg a number", '{"alg":1,"kid":"%s","typ":"kontor+jws"}' % kid, "headerJSON", json_reason="notAString")
    head("alg null", '{"alg":null,"kid":"%s","typ":"kontor+jws"}' % kid, "headerJSON", json_reason="notAString")
    for name, value in [("crit", '["b64"]'), ("jwk", "{}"), ("jku", '"https://a.example"'), ("x5u", '"u"'),
                        ("b64", "false"), ("x5c", "[]"), ("cty", '"json"'), ("nonce", '"1"'), ("ALG", '"none"')]:
        head("member " + name, "{" + three + ',"%s":%s}' % (name, value), "memberUnknown", name)
    head("alg twice", "{" + three + ',"alg":"Ed25519"}', "memberDuplicate", "alg")
    head("kid twice, escaped", "{" + three + ',"k\\u0069d":"%s"}' % kid, "memberDuplicate", "kid")
    head("no alg", '{"kid":"%s","typ":"kontor+jws"}' % kid, "memberMissing", "alg")
    head("no kid", '{"alg":"Ed25519","typ":"kontor+jws"}', "memberMissing", "kid")
    head("no typ", '{"alg":"Ed25519","kid":"%s"}' % kid, "memberMissing", "typ")
    head("empty object", "{}", "memberMissing", "alg")
    for alg in ["none", "None", "HS256", "RS256", "ES384", "ed25519", "eddsa", "Ed448", ""]:
        head("alg " + alg, header(alg, ED), "algorithmUnknown", "alg")
    for name, value in [("short", kid[:42]), ("long", kid + "A"), ("padded", kid + "="), ("plus", "+" + kid[1:]),
                        ("trailing bits", "A" * 42 + "B"), ("empty", ""), ("URI", "urn:ietf:params:oauth:jwk-thumbprint:sha-256:" + kid)]:
        head("kid " + name, '{"alg":"Ed25519","kid":"%s","typ":"kontor+jws"}' % value, "keyIDMalformed", "kid")
    for name, value in [("empty", ""), ("with space", "kontor jws"), ("not ASCII", "kont\u00f6r"),
                        ("65 characters", "k" * 65)]:
        head("typ " + name, header("Ed25519", ED, value), "typeMalformed", "typ")
    head("another typ", header("Ed25519", ED, "JOSE"), "typeMismatch", "typ", typ="kontor+jws")
    head("typ in capitals", header("Ed25519", ED, "KONTOR+JWS"), "typeMismatch", "typ", typ="kontor+jws")
    head("proof for entry", header("Ed25519", ED, "kontor-pop+jws"), "typeMismatch", "typ", typ="kontor+jws")
    head("ES256 for an Ed25519 key", header("ES256", ED), "algorithmMismatch", "alg", verify=True)
    case("EdDSA for a P-256 key", compact(header("EdDSA", EC), PAYLOAD, EC), "algorithmMismatch", "alg", jwk=EC,
         verify=True)
    case("another key", good, "keyIDMismatch", "kid", jwk=OTHER, verify=True)
    case("signed by another key", compact(header("Ed25519", ED), PAYLOAD, OTHER), "signatureInvalid", verify=True)
    changed = PAYLOAD.replace(b"nordwind", b"nordvind")
    case("payload changed", h + "." + b64(changed) + "." + s, "signatureInvalid", verify=True)
    spaced = header("Ed25519", ED).replace(",", ", ")
    case("header changed", b64(spaced.encode()) + "." + p + "." + s, "signatureInvalid", verify=True)
    case("signature of the payload alone", h + "." + p + "." + b64(sign(ED, PAYLOAD)), "signatureInvalid", verify=True)
    case("two faults: padded header, unknown alg", b64(header("none", ED).encode()) + "=." + p + "." + s, "headerBase64")
    case("two faults: unknown alg, short signature", b64(header("none", ED).encode()) + "." + p + ".AA",
         "algorithmUnknown", "alg")
    return cases


def possession():
    cases = []
    members = {"ledger": LEDGER, "partner": "nordwind", "key": thumbprint(ED), "id": ID}
    typ = "kontor-pop+jws"

    def case(name, payload, code=None, member="", origin=None, head=None, jwk=ED):
        text = payload if isinstance(payload, str) else json.dumps(payload, separators=(",", ":"))
        head = head or header("Ed25519", jwk, typ)
        cases.append({"name": name, "text": compact(head, text.encode(), jwk), "jwk": public(ED),
                      "ledger": None if origin else LEDGER, "origin": origin, "partner": "nordwind", "id": ID,
                      "code": code, "member": member})

    genesis = {"origin": "ledger.example/one", **{k: v for k, v in members.items() if k != "ledger"}}
    case("for a ledger", members)
    case("for a genesis", genesis, origin="ledger.example/one")
    case("other order and escapes", '{ "id":"%s","key":"%s","partner":"n\\u006frdwind","ledger":"%s" }' % (
        ID, thumbprint(ED), LEDGER))
    for name in members:
        case("no " + name, {k: v for k, v in members.items() if k != name}, "memberMissing", name)
        case("another " + name, {**members, name: "x"}, "memberMismatch", name)
    case("Kelvin sign in origin", {**genesis, "origin": "\u212a.example"}, "memberMismatch", "origin", origin="K.example")
    case("a number", {**members, "partner": 1}, "memberMismatch", "partner")
    case("one more", {**members, "use": "entries"}, "memberUnknown", "use")
    case("origin in a ledger", genesis, "memberUnknown", "origin")
    case("ledger in a genesis", members, "memberUnknown", "ledger", origin="ledger.example/one")
    case("both", {**members, "origin": "ledger.example/one"}, "memberUnknown", "origin")
    case("id twice", json.dumps(members)[:-1] + ',"id":"%s"}' % ID, "payloadJSON")
    case("array", "[]", "payloadJSON")
    case("an entry", members, "typeMismatch", "typ", head=header("Ed25519", ED, "kontor+jws"))
    case("by another key", members, "keyIDMismatch", "kid", jwk=OTHER)
    case("by another key in its name", members, "signatureInvalid", head=header("Ed25519", ED, typ), jwk=OTHER)
    return cases


def main():
    value = {"valid": valid(), "invalid": invalid(), "possession": possession()}
    OUT.write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
