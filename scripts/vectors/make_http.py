"""Writes fixtures/vectors/http.json: a login and a delivery (spec/19)."""

import base64
import hashlib
import json
import pathlib

import ed25519 as ed
from make_keys import b64, thumbprint

TOP = pathlib.Path(__file__).resolve().parents[2] / "fixtures/vectors"
LOG = json.loads((TOP / "worked-log.json").read_text())
KEYS = json.loads((TOP / "jws.json").read_text())
# The key of spec/03 §2, and the log key of spec/04 §4.
PARTNER = bytes.fromhex("3e568881be635eecfc0be5613db332abcee2201e06ccef7ec9fa2e422f801044")
LOG_SEED = bytes([1]) * 32
IDENTITY = base64.b64decode(LOG["receipt"]["prev"])


def jwk(secret):
    return {"crv": "Ed25519", "kty": "OKP", "x": b64(ed.public_key(secret))}


def compact(value):
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()


def sign(secret, typ, payload):
    head = compact({"alg": "Ed25519", "kid": thumbprint(jwk(secret)), "typ": typ})
    text = b64(head) + "." + b64(compact(payload))
    return text + "." + b64(ed.sign(secret, text.encode()))


def case(name, secret, typ, payload):
    return {
        "name": name, "typ": typ, "jwk": jwk(secret), "payload": compact(payload).decode(),
        "text": sign(secret, typ, payload),
    }


def entry(index):
    one = LOG["entries"][index]
    payload = json.loads(one["payload"])
    frame = f"kontor/v1\n{index}\n{one['time']}\n{one['prev']}\n{one['jws']}\n".encode()
    leaf = base64.b64encode(hashlib.sha256(b"\0" + frame).digest()).decode()
    return {
        "index": index, "time": one["time"], "prev": one["prev"], "leafHash": leaf,
        "jws": one["jws"], "kind": payload["kind"], "partner": payload["partner"],
        "id": one["id"],
    }


def main():
    ledger = b64(IDENTITY)
    token = {
        "iss": "nordwind", "aud": ledger, "iat": 1795342530, "exp": 1795342830,
        "jti": "q7Yb3nVx0mZr",
    }
    delivery = {
        "ledger": ledger, "subscription": "019aab60-0000-7000-8000-000000000001",
        "delivery": "019aab60-0000-7000-8000-000000000001/1", "index": 1, "attempt": 1,
        "entry": entry(1),
    }
    value = {
        "note": "JWS of spec/19; the keys are those of spec/03 §2 and of the worked log.",
        "logVkey": LOG["logVkey"],
        "logThumbprint": thumbprint(jwk(LOG_SEED)),
        "token": case("login", PARTNER, "kontor-access+jwt", token),
        "delivery": case("delivery", LOG_SEED, "kontor-webhook+jws", delivery),
    }
    text = json.dumps(value, indent=1, ensure_ascii=False) + "\n"
    (TOP / "http.json").write_text(text)


if __name__ == "__main__":
    main()
