"""Signs a mapping with a key that everybody may know (RFC 8032, RFC 7515, RFC 7638)."""
import base64
import hashlib
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "vectors"))
import ed25519  # noqa: E402


def text(data):
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def signed(payload):
    """The public key as a JWK, and the compact JWS of a payload."""
    secret = hashlib.sha256(b"fixtures/reconciliation key of nordwind").digest()
    key = {"crv": "Ed25519", "kty": "OKP", "x": text(ed25519.public_key(secret))}
    canonical = json.dumps(key, separators=(",", ":"), sort_keys=True).encode()
    header = {"alg": "Ed25519", "kid": text(hashlib.sha256(canonical).digest()), "typ": "kontor-mapping+jws"}
    signing_input = f"{text(json.dumps(header, separators=(',', ':')).encode())}.{text(payload.encode())}"
    return key, f"{signing_input}.{text(ed25519.sign(secret, signing_input.encode()))}"
