"""Writes fixtures/vectors/signed-refusal.json: a refusal by the log's key (spec/07 §7)."""

import base64
import hashlib
import json
import pathlib

import ed25519

VECTORS = pathlib.Path(__file__).resolve().parents[2] / "fixtures/vectors"
SEED = bytes([1] * 32)


def url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def compact(value):
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def main():
    log = json.loads((VECTORS / "worked-log.json").read_text())
    submission = log["entries"][1]["jws"]
    ledger = url(base64.b64decode(log["entries"][0]["leafHash"]))
    jwk = compact({"crv": "Ed25519", "kty": "OKP", "x": url(ed25519.public_key(SEED))})
    kid = url(hashlib.sha256(jwk.encode()).digest())
    payload = compact({
        "ledger": ledger,
        "submission": url(hashlib.sha256(submission.encode()).digest()),
        "size": 1000,
        "time": "2026-11-22T10:15:30.123Z",
        "faults": [
            {"code": "CapExceeded", "place": "items[3].amount",
             "reason": "5200 in one transaction; the cap is 5000",
             "wayOut": "Transfer less, or in the next period."},
            {"code": "WrongCredit", "place": "items[7].credit",
             "reason": "it states 101, the terms give 100",
             "wayOut": "State what a quote says."},
        ],
    })
    header = compact({"alg": "Ed25519", "kid": kid, "typ": "kontor-refusal+jws"})
    signed = url(header.encode()) + "." + url(payload.encode())
    refusal = signed + "." + url(ed25519.sign(SEED, signed.encode()))
    value = {
        "note": "The submission is the JWS of entry 1 of worked-log.json; the log's seed is 32 bytes 01.",
        "logVkey": log["logVkey"], "logSkey": log["logSkey"], "kid": kid, "ledger": ledger,
        "submission": submission, "header": header, "payload": payload, "refusal": refusal,
    }
    (VECTORS / "signed-refusal.json").write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
