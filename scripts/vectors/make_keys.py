"""Writes fixtures/vectors/keys.json: JWKs, thumbprints, points, signatures and their edges (spec/03 §1–§3)."""

import base64
import hashlib
import json
import pathlib

from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives import hashes

import ed25519 as ed

OUT = pathlib.Path(__file__).resolve().parents[2] / "fixtures/vectors/keys.json"
N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
Q = 2**256 - 2**224 + 2**192 + 2**96 - 1


def b64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def seed(name):
    return hashlib.sha256(b"kontor vectors: " + name.encode()).digest()


def thumbprint(jwk):
    names = ["crv", "kty", "x"] + (["y"] if jwk["kty"] == "EC" else [])
    text = json.dumps({n: jwk[n] for n in names}, separators=(",", ":"), sort_keys=True)
    return b64(hashlib.sha256(text.encode()).digest())


def ed_jwk(secret):
    return {"crv": "Ed25519", "d": b64(secret), "kty": "OKP", "x": b64(ed.public_key(secret))}


def ec_key(secret):
    return ec.derive_private_key(int.from_bytes(secret, "big"), ec.SECP256R1())


def ec_point(secret):
    numbers = ec_key(secret).public_key().public_numbers()
    return numbers.x.to_bytes(32, "big") + numbers.y.to_bytes(32, "big")


def ec_jwk(secret):
    point = ec_point(secret)
    return {"crv": "P-256", "d": b64(secret), "kty": "EC", "x": b64(point[:32]), "y": b64(point[32:])}


def es256(secret, message):
    algorithm = ec.ECDSA(hashes.SHA256(), deterministic_signing=True)
    r, s = utils.decode_dss_signature(ec_key(secret).sign(message, algorithm))
    return r, s


def raw(r, s):
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def jwks():
    known = [
        ("RFC 8037 A.1", {"crv": "Ed25519", "d": "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A", "kty": "OKP",
                          "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"},
         "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"),
        ("RFC 7515 A.3", {"crv": "P-256", "d": "jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI", "kty": "EC",
                          "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
                          "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}, None),
    ]
    for name in ["nordwind", "suedstern"]:
        known.append((name + " Ed25519", ed_jwk(seed(name)), None))
        known.append((name + " P-256", ec_jwk(seed(name)), None))
    result = []
    for name, jwk, expected in known:
        found = thumbprint(jwk)
        assert expected in (None, found), name
        result.append({"name": name, "jwk": jwk, "thumbprint": found})
    return result


def invalid_jwks():
    a = ed_jwk(seed("nordwind"))
    b = ec_jwk(seed("nordwind"))
    pub = {k: v for k, v in a.items() if k != "d"}
    ecpub = {k: v for k, v in b.items() if k != "d"}
    other = ed_jwk(seed("suedstern"))
    cases = []

    def case(name, value, code, member="", private=False):
        text = value if isinstance(value, str) else json.dumps(value, separators=(",", ":"))
        cases.append({"name": name, "text": text, "private": private, "code": code, "member": member})

    def without(jwk, name):
        return {k: v for k, v in jwk.items() if k != name}

    case("not JSON", "{", "json")
    case("a string", '"x"', "notAnObject")
    case("no kty", without(pub, "kty"), "memberMissing", "kty")
    case("no crv", without(pub, "crv"), "memberMissing", "crv")
    case("no x", without(pub, "x"), "memberMissing", "x")
    case("no y", without(ecpub, "y"), "memberMissing", "y")
    case("no d", pub, "memberMissing", "d", private=True)
    case("kid beside", {**pub, "kid": "1"}, "memberUnknown", "kid")
    case("use beside", {**pub, "use": "sig"}, "memberUnknown", "use")
    case("y with OKP", {**pub, "y": pub["x"]}, "memberUnknown", "y")
    case("d in a public key", a, "memberUnknown", "d")
    case("x twice", json.dumps(pub)[:-1] + ',"\\u0078":"' + pub["x"] + '"}', "memberDuplicate")
    case("x a number", {**pub, "x": 1}, "memberType", "x")
    case("kty a number", {**pub, "kty": 1}, "memberType", "kty")
    case("padded x", {**pub, "x": pub["x"] + "="}, "memberBase64", "x")
    case("plus in x", {**pub, "x": "+" + pub["x"][1:]}, "memberBase64", "x")
    case("trailing bits in x", {**pub, "x": "A" * 42 + "B"}, "memberBase64", "x")
    case("RSA", {"kty": "RSA", "n": "AQ", "e": "AQAB"}, "keyType", "kty")
    case("oct", {"kty": "oct", "k": "AQ"}, "keyType", "kty")
    case("Kelvin sign for K", {**pub, "kty": "O\u212aP"}, "keyType", "kty")
    case("X25519", {**pub, "crv": "X25519"}, "curve", "crv")
    case("Ed448", {**pub, "crv": "Ed448"}, "curve", "crv")
    case("P-384", {**ecpub, "crv": "P-384"}, "curve", "crv")
    case("EC with Ed25519", {**ecpub, "crv": "Ed25519"}, "curve", "crv")
    case("31 bytes", {**pub, "x": b64(bytes(31))}, "byteCount", "x")
    case("33 bytes of y", {**ecpub, "y": b64(bytes(33))}, "byteCount", "y")
    case("31 bytes of d", {**a, "d": b64(bytes(31))}, "byteCount", "d", private=True)
    case("d = 0", {**b, "d": b64(bytes(32))}, "scalarRange", "d", private=True)
    case("d = n", {**b, "d": b64(N.to_bytes(32, "big"))}, "scalarRange", "d", private=True)
    case("x of another key", {**a, "x": other["x"]}, "publicMismatch", "x", private=True)
    case("−y of the key", {**b, "y": b64((Q - int.from_bytes(ec_point(seed("nordwind"))[32:], "big")).to_bytes(32, "big"))},
         "publicMismatch", "x", private=True)
    return cases


def points():
    cases = []

    def case(name, algorithm, data, code=None):
        cases.append({"name": name, "algorithm": algorithm, "hex": data.hex(), "code": code})

    def number(value, sign=0):
        return (value | sign << 255).to_bytes(32, "little")

    case("a key", "Ed25519", ed.public_key(seed("nordwind")))
    case("a key with a part of order 8", "Ed25519",
         ed.encode(ed.add(ed.decode(ed.public_key(seed("nordwind"))), ed.TORSION[1])))
    orders = [1, 8, 4, 8, 2, 8, 4, 8]
    for index, point in enumerate(ed.TORSION):
        case(f"order {orders[index]}, multiple {index}", "Ed25519", ed.encode(point), "smallOrder")
    case("y = 1, x = -0", "Ed25519", number(1, 1), "notCanonical")
    case("y = -1, x = -0", "Ed25519", number(ed.P - 1, 1), "notCanonical")
    for more in range(19):
        for sign in (0, 1):
            case(f"y = p + {more}, sign {sign}", "Ed25519", number(ed.P + more, sign), "notCanonical")
    for y in range(2, 40):
        for sign in (0, 1):
            code = "notOnCurve" if ed.abscissa(y, sign) is None else None
            case(f"y = {y}, sign {sign}", "Ed25519", number(y, sign), code)
    for y in range(2, 12):
        code = "notOnCurve" if ed.abscissa(ed.P - y, 0) is None else None
        case(f"y = -{y}", "Ed25519", number(ed.P - y), code)
    case("31 bytes", "Ed25519", bytes(31), "byteCount")
    case("33 bytes", "Ed25519", bytes(33), "byteCount")
    point = ec_point(seed("nordwind"))
    x, y = int.from_bytes(point[:32], "big"), int.from_bytes(point[32:], "big")
    case("a key", "ES256", point)
    case("its negative", "ES256", raw(x, Q - y))
    case("y + 1", "ES256", raw(x, y + 1), "notOnCurve")
    case("0, 0", "ES256", bytes(64), "notOnCurve")
    # x = 5 has a point; x = q + 5 is a second spelling of it.
    five = pow((5**3 - 3 * 5 + 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B) % Q, (Q + 1) // 4, Q)
    case("x = 5", "ES256", raw(5, five))
    case("x = q + 5", "ES256", raw(Q + 5, five), "notOnCurve")
    case("compressed", "ES256", b"\x02" + point[:32], "byteCount")
    case("with the 04 of X9.63", "ES256", b"\x04" + point, "byteCount")
    return cases


def signatures():
    cases = []

    def case(name, algorithm, public, message, signature, accepted, flags=()):
        cases.append({"name": name, "algorithm": algorithm, "public": public.hex(), "message": message.hex(),
                      "signature": signature.hex(), "flags": list(flags), "accepted": accepted})

    rfc = [
        ("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", ""),
        ("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb", "72"),
        ("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7", "af82"),
    ]
    for index, (secret, message) in enumerate(rfc):
        secret, message = bytes.fromhex(secret), bytes.fromhex(message)
        signature = ed.sign(secret, message)
        case(f"RFC 8032 7.1 test {index + 1}", "Ed25519", ed.public_key(secret), message, signature, True)
    assert cases[0]["signature"].startswith("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155")
    edges(case)
    curve(case)
    return cases


def edges(case):
    secret = ed.secret_scalar(seed("nordwind"))
    public = ed.public_key(seed("nordwind"))
    plain = ed.multiply(secret, ed.BASE)
    message = b"kontor"
    good = ed.sign(seed("nordwind"), message)
    s = int.from_bytes(good[32:], "little")

    def put(name, key, text, signature, flags, expected):
        strict = ed.is_strict(key, text, signature)
        assert strict == expected, name
        case(name, "Ed25519", key, text, signature, strict, flags)

    put("plain", public, message, good, [], True)
    put("another message", public, b"Kontor", good, [], False)
    put("first bit of R changed", public, message, bytes([good[0] ^ 1]) + good[1:], [], False)
    put("S + L", public, message, good[:32] + (s + ed.L).to_bytes(32, "little"), ["S_not_reduced"], False)
    for times in (8, 15):
        put(f"S + {times}L", public, message, good[:32] + (s + times * ed.L).to_bytes(32, "little"),
            ["S_not_reduced"], False)
    put("63 bytes", public, message, good[:63], [], False)
    put("65 bytes", public, message, good + b"\0", [], False)

    def search(commitment, key, wish, factor):
        """The first numbered message whose k fits the wish, with the signature that has S = factor(k)."""
        number = 0
        while True:
            text = b"kontor %d" % number
            k = ed.hash_to_scalar(commitment, key, text)
            if wish(k):
                return text, commitment + (factor(k) % ed.L).to_bytes(32, "little")
            number += 1

    eighth = ed.TORSION[1]
    mixed = ed.encode(ed.add(plain, eighth))
    r = ed.hash_to_scalar(b"nonce")
    nonce = ed.encode(ed.multiply(r, ed.BASE))
    sum_of = lambda k: r + k * secret
    text, found = search(nonce, mixed, lambda k: k % 8 == 0, sum_of)
    put("part of order 8 in A vanishes", mixed, text, found, ["low_order_component_A"], True)
    text, found = search(nonce, mixed, lambda k: k % 8 == 3, sum_of)
    put("part of order 8 in A stays", mixed, text, found, ["low_order_component_A", "low_order_residue"], False)
    bent = ed.encode(ed.add(ed.multiply(r, ed.BASE), ed.TORSION[3]))
    text, found = search(bent, mixed, lambda k: k % 8 == 5, sum_of)
    put("parts in A and R cancel", mixed, text, found, ["low_order_component_A", "low_order_component_R"], True)
    text, found = search(bent, mixed, lambda k: k % 8 == 1, sum_of)
    put("parts in A and R do not cancel", mixed, text, found,
        ["low_order_component_A", "low_order_component_R", "low_order_residue"], False)
    text, found = search(bent, public, lambda k: True, sum_of)
    assert ed.is_lenient(public, text, found)
    put("part of order 8 in R", public, text, found, ["low_order_component_R", "low_order_residue"], False)

    product = lambda k: k * secret
    for index, point in enumerate(ed.TORSION):
        commitment = ed.encode(point)
        text, found = search(commitment, public, lambda k: True, product)
        flags = ["low_order_R"] + (["low_order_residue"] if index else [])
        put(f"R = torsion point {index}", public, text, found, flags, index == 0)
        if index:
            text, found = search(commitment, mixed, lambda k: (k + index) % 8 == 0, product)
            put(f"R = torsion point {index}, cancelled by A", mixed, text, found,
                ["low_order_R", "low_order_component_A"], True)

    one = (1 | 1 << 255).to_bytes(32, "little")
    beyond = (ed.P + 1).to_bytes(32, "little")
    for name, commitment in [("y = 1, x = -0", one), ("y = p + 1", beyond)]:
        text, found = search(commitment, public, lambda k: True, product)
        assert ed.is_lenient(public, text, found)
        put(f"R as {name}", public, text, found, ["low_order_R", "non_canonical_R"], False)
        text = b"kontor"
        k = ed.hash_to_scalar(ed.encode(ed.IDENTITY), public, text)
        found = commitment + (k * secret % ed.L).to_bytes(32, "little")
        assert ed.is_lenient(public, text, found, reencode=True)
        put(f"R as {name}, k of the canonical R", public, text, found,
            ["low_order_R", "non_canonical_R", "reencoded_k"], False)

    for index, point in enumerate(ed.TORSION):
        key = ed.encode(point)
        text, found = search(nonce, key, lambda k: k * index % 8 == 0, lambda k: r)
        assert ed.is_lenient(key, text, found)
        put(f"A = torsion point {index}", key, text, found, ["low_order_A"], False)
    for name, key in [("y = 1, x = -0", one), ("y = p + 1", beyond), ("y = p", ed.P.to_bytes(32, "little"))]:
        text, found = search(nonce, key, lambda k: k % 4 == 0, lambda k: r)
        assert ed.is_lenient(key, text, found)
        put(f"A as {name}", key, text, found, ["low_order_A", "non_canonical_A"], False)
        canonical = ed.encode(ed.decode(key))
        number = 0
        while ed.hash_to_scalar(nonce, canonical, b"kontor %d" % number) % 4:
            number += 1
        text, found = b"kontor %d" % number, nonce + r.to_bytes(32, "little")
        assert ed.is_lenient(key, text, found, reencode=True)
        put(f"A as {name}, k of the canonical A", key, text, found,
            ["low_order_A", "non_canonical_A", "reencoded_k"], False)


def curve(case):
    secret, message = seed("nordwind"), b"kontor"
    public = ec_point(secret)
    r, s = es256(secret, message)

    def put(name, signature, accepted, text=message):
        case(name, "ES256", public, text, signature, accepted)

    put("one half of s", raw(r, s), True)
    put("the other half of s", raw(r, N - s), True)
    put("another message", raw(r, s), False, b"Kontor")
    put("r = 0", raw(0, s), False)
    put("s = 0", raw(r, 0), False)
    put("both 0", raw(0, 0), False)
    put("r = n", raw(N, s), False)
    put("s = n", raw(r, N), False)
    put("r and s all ones", b"\xff" * 64, False)
    put("n - r", raw(N - r, s), False)
    put("halves exchanged", raw(s, r), False)
    put("63 bytes", raw(r, s)[:63], False)
    put("65 bytes", b"\0" + raw(r, s), False)
    put("DER", utils.encode_dss_signature(r, s), False)


def main():
    value = {"jwks": jwks(), "invalidJWKs": invalid_jwks(), "points": points(), "signatures": signatures()}
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
