"""An independent verifier of receipts, checkpoints and entries, after spec/02 to spec/07.

It shares no code with Kontor. Hashes are of hashlib, the log's signature is checked by the
`cryptography` package. A fault is raised as `Fault` with the code of the specification.
"""

import base64
import hashlib
import json
import re
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


class Fault(Exception):
    """A check that failed, with its code."""

    def __init__(self, code, reason=""):
        super().__init__(f"{code}: {reason}" if reason else code)
        self.code = code


def require(condition, code, reason=""):
    if not condition:
        raise Fault(code, reason)


# --- spec/02: base64, JSON, time -------------------------------------------------------------


def standard(data):
    return base64.b64encode(data).decode()


def url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def read_standard(text, code):
    """Canonical base64 of RFC 4648 §4: it must be what encoding gives back."""
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        raise Fault(code, "base64") from None
    require(standard(data) == text, code, "base64 is not canonical")
    return data


def read_url(text, code):
    require(re.fullmatch(r"[A-Za-z0-9_-]*", text), code, "base64url")
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        raise Fault(code, "base64url") from None
    require(url(data) == text, code, "base64url is not canonical")
    return data


def read_json(data, code):
    """An object with distinct names, integers only."""

    def pairs(members):
        names = [name for name, _ in members]
        require(len(set(names)) == len(names), code, "a member twice")
        return dict(members)

    def no_float(_):
        raise Fault(code, "a fraction")

    try:
        value = json.loads(
            data.decode("utf-8"),
            object_pairs_hook=pairs,
            parse_float=no_float,
            parse_constant=no_float,
        )
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise Fault(code, str(error)) from None
    require(isinstance(value, dict), code, "no object")
    return value


TIME = re.compile(r"\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-5]\d\.\d{3}Z", re.ASCII)


# --- spec/04: entries ------------------------------------------------------------------------


def entry_bytes(index, time, prev, jws):
    """The five lines of an entry."""
    require(0 <= index <= 2**63 - 2, "entryMalformed", "index")
    require(TIME.fullmatch(time), "entryMalformed", "time")
    require(len(read_standard(prev, "entryMalformed")) == 32, "entryMalformed", "prev")
    require(re.fullmatch(r"[A-Za-z0-9_-]*(\.[A-Za-z0-9_-]*){2}", jws), "entryMalformed", "jws")
    data = f"kontor/v1\n{index}\n{time}\n{prev}\n{jws}\n".encode()
    require(len(data) <= 65_535, "entryTooLong")
    return data


def leaf_hash(data):
    return hashlib.sha256(b"\x00" + data).digest()


def node(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


# --- spec/05: trees --------------------------------------------------------------------------


def root_of(leaves):
    """MTH of RFC 6962 over leaf hashes, by its definition."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1 << (len(leaves) - 1).bit_length() - 1
    return node(root_of(leaves[:k]), root_of(leaves[k:]))


class Range:
    """A compact range: the roots of the complete subtrees give the root at any size."""

    def __init__(self):
        self.size = 0
        self.peaks = []

    def append(self, leaf):
        self.peaks.append(leaf)
        size = self.size
        while size & 1:
            right, left = self.peaks.pop(), self.peaks.pop()
            self.peaks.append(node(left, right))
            size >>= 1
        self.size += 1

    @property
    def root(self):
        if not self.peaks:
            return root_of([])
        root = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            root = node(peak, root)
        return root


def check_inclusion(leaf, index, path, size, root):
    """RFC 9162 §2.1.3.2 as in spec/07 §1."""
    require(0 <= index < size < 2**63, "proofRange")
    f, last, x = index, size - 1, leaf
    for c in path:
        require(last != 0, "proofLength")
        if f & 1 or f == last:
            x = node(c, x)
            while not f & 1 and f != 0:
                f, last = f >> 1, last >> 1
        else:
            x = node(x, c)
        f, last = f >> 1, last >> 1
    require(last == 0, "proofLength")
    require(x == root, "proofRoot")


# --- spec/06: notes and checkpoints ----------------------------------------------------------


class LogKey:
    """A verifier key of type 0x01."""

    def __init__(self, text):
        parts = text.split("+", 2)
        require(len(parts) == 3, "keyMalformed", text)
        self.name, key_id, encoded = parts
        data = read_standard(encoded, "keyMalformed")
        require(len(data) == 33 and data[0] == 1, "keyUnsupported")
        self.key_id = hashlib.sha256(self.name.encode() + b"\n" + data).digest()[:4]
        require(self.key_id.hex() == key_id, "keyMalformed", "key id")
        self.public = Ed25519PublicKey.from_public_bytes(data[1:])
        self.verified = {}


@dataclass(frozen=True)
class Checkpoint:
    origin: str
    size: int
    root: bytes


def read_checkpoint(note, key):
    """Verifies a signed note by the log's key (06 §3), and reads its checkpoint (06 §4)."""
    if note in key.verified:
        return key.verified[note]
    require(len(note.encode()) <= 1_000_000 and note.endswith("\n"), "noteMalformed")
    require(all(c >= " " or c == "\n" for c in note), "noteMalformed")
    text, separator, signatures = note.rpartition("\n\n")
    require(separator and signatures, "noteMalformed")
    text += "\n"
    count = 0
    for line in signatures[:-1].split("\n"):
        match = re.fullmatch(r"— ([^\s+]+) (\S+)", line)
        require(match, "noteMalformed", line)
        data = read_standard(match[2], "noteMalformed")
        require(len(data) > 4, "noteMalformed")
        if match[1] != key.name or data[:4] != key.key_id or count:
            continue
        try:
            key.public.verify(data[4:], text.encode())
        except InvalidSignature:
            raise Fault("noteSignature") from None
        count += 1
    require(count, "noteUnsigned")
    lines = text.split("\n")
    require(len(lines) >= 4 and lines.pop() == "" and all(lines), "checkpointMalformed")
    require(re.fullmatch(r"0|[1-9][0-9]*", lines[1]), "checkpointMalformed", "size")
    root = read_standard(lines[2], "checkpointMalformed")
    require(int(lines[1]) < 2**63 and len(root) == 32, "checkpointMalformed")
    require(lines[0] == key.name, "checkpointOrigin")
    require(int(lines[1]) > 0 or root == root_of([]), "checkpointRoot")
    checkpoint = Checkpoint(lines[0], int(lines[1]), root)
    key.verified = {note: checkpoint}
    return checkpoint


# --- spec/07: proofs and receipts ------------------------------------------------------------


def read_proof(text):
    """A tlog-proof file: index, hashes, checkpoint."""
    code = "proofFileMalformed"
    head, separator, note = text.partition("\n\n")
    require(separator, code)
    lines = head.split("\n")
    require(lines.pop(0) == "c2sp.org/tlog-proof@v1", code, "first line")
    if lines and lines[0].startswith("extra "):
        read_standard(lines.pop(0)[6:], code)
    require(lines and re.fullmatch(r"index (0|[1-9][0-9]*)", lines[0]), code, "index")
    hashes = [read_standard(line, code) for line in lines[1:]]
    require(len(hashes) <= 63 and all(len(h) == 32 for h in hashes), code, "hashes")
    return int(lines[0][6:]), hashes, note


MEMBERS = {"index": int, "time": str, "prev": str, "id": str, "leafHash": str, "proof": str}


def verify_receipt(receipt, sent, key, stored=None):
    """The steps 1 to 7 of spec/07 §6. Returns the leaf hash and the checkpoint."""
    require(isinstance(receipt, dict) and set(receipt) == set(MEMBERS), "receiptMalformed")
    for name, kind in MEMBERS.items():
        require(type(receipt[name]) is kind, "receiptMalformed", name)
    parts = sent.split(".")
    require(len(parts) == 3, "receiptSubmission")
    payload = read_json(read_url(parts[1], "receiptSubmission"), "receiptSubmission")
    require(payload.get("id") == receipt["id"], "receiptID")
    if stored is not None:
        other = stored.split(".")
        require(len(other) == 3 and other[1] == parts[1], "receiptSubmission")
        kids = [read_json(read_url(p[0], "receiptSubmission"), "receiptSubmission")["kid"]
                for p in (parts, other)]
        require(kids[0] == kids[1], "receiptSubmission")
        sent = stored
    leaf = leaf_hash(entry_bytes(receipt["index"], receipt["time"], receipt["prev"], sent))
    require(read_standard(receipt["leafHash"], "receiptMalformed") == leaf, "receiptLeaf")
    index, path, note = read_proof(receipt["proof"])
    require(index == receipt["index"], "receiptIndex")
    checkpoint = read_checkpoint(note, key)
    check_inclusion(leaf, index, path, checkpoint.size, checkpoint.root)
    return leaf, checkpoint
