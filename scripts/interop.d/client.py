"""A client of a ledger: keys, submissions and receipts by joserfc, and the kontor command."""

import hashlib
import json
import os
import secrets
import subprocess
import tempfile
import time
import warnings
from pathlib import Path

from joserfc import jws
from joserfc.jwk import ECKey, OKPKey
from joserfc.jws import JWSRegistry

from receipts import read_url, url

# joserfc says that the name EdDSA is old; it is tested here because old libraries write it.
warnings.filterwarnings("ignore", message="EdDSA is deprecated")

KONTOR = os.environ["KONTOR"]
ORIGIN = "ledger.example/interop"


def run(*arguments, data="", **options):
    """Runs kontor with text on its standard input."""
    if isinstance(data, str):
        data = data.encode()
    return subprocess.run(
        [KONTOR, *map(str, arguments)], input=data, capture_output=True, timeout=300, **options
    )


def succeed(*arguments, data=""):
    """Runs kontor, which must succeed, and returns what it prints."""
    result = run(*arguments, data=data)
    if result.returncode != 0:
        words = " ".join(map(str, arguments))
        raise SystemExit(f"kontor {words}: status {result.returncode}: {result.stderr.decode()}")
    return result.stdout.decode()


def new_id(milliseconds=None):
    """A UUIDv7 of a moment, now if none is given."""
    if milliseconds is None:
        milliseconds = time.time_ns() // 1_000_000
    number = milliseconds << 80 | secrets.randbits(80)
    number = number & ~(0xF << 76) | 7 << 76
    number = number & ~(0x3 << 62) | 2 << 62
    text = f"{number:032x}"
    return "-".join([text[:8], text[8:12], text[12:16], text[16:20], text[20:]])


def compact(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


class Key:
    """A key of a signer, made or read by joserfc."""

    def __init__(self, algorithm="Ed25519", key=None):
        self.algorithm = algorithm
        if key is None:
            ed25519 = algorithm != "ES256"
            key = OKPKey.generate_key("Ed25519") if ed25519 else ECKey.generate_key("P-256")
        self.key = key

    @classmethod
    def read(cls, path):
        return cls(key=OKPKey.import_key(json.loads(Path(path).read_text())))

    @property
    def thumbprint(self):
        return self.key.thumbprint()

    @property
    def public(self):
        members = self.key.as_dict(private=False)
        return {name: members[name] for name in ("crv", "kty", "x", "y") if name in members}

    def write(self, path):
        members = {**self.public, "d": self.key.as_dict(private=True)["d"]}
        with open(path, "xb", opener=lambda p, f: os.open(p, f, 0o600)) as file:
            file.write(compact(members) + b"\n")

    def sign(self, payload, header=None, typ="kontor+jws"):
        """A compact JWS; `header` changes or adds members, None as value takes one away."""
        members = {"alg": self.algorithm, "kid": self.thumbprint, "typ": typ, **(header or {})}
        members = {name: value for name, value in members.items() if value is not None}
        registry = JWSRegistry(algorithms=[members["alg"]], strict_check_header=False)
        if not isinstance(payload, bytes):
            payload = compact(payload)
        return jws.serialize_compact(members, payload, self.key, registry=registry)

    def verify(self, text):
        """The payload of a JWS that this key signed; raises if it did not."""
        registry = JWSRegistry(algorithms=["Ed25519", "EdDSA", "ES256"])
        return jws.deserialize_compact(text, self.key, registry=registry)

    def offer(self, use, ledger, owner, id):
        """An offered key with its proof of possession (spec/03 §6, 08 §4)."""
        proof = {"ledger": ledger, "partner": owner, "key": self.thumbprint, "id": id}
        return {"use": use, "key": self.public, "proof": self.sign(proof, typ="kontor-pop+jws")}


class Signer:
    """A name with its signing key in a ledger."""

    def __init__(self, ledger, name, key):
        self.ledger = ledger
        self.name = name
        self.key = key

    def payload(self, kind, members, id=None):
        envelope = {"ledger": self.ledger, "kind": kind, "partner": self.name}
        return {**envelope, "id": id or new_id(), **members}

    def sign(self, kind, members, id=None):
        return self.key.sign(self.payload(kind, members, id))


class Ledger:
    """A ledger in a directory, and what its log should be."""

    def __init__(self, directory, operators=("north",), threshold=1, origin=ORIGIN):
        self.directory = str(directory)
        names = [word for name in operators for word in ("--operator", name)]
        answer = succeed(
            "init", "--data", directory, "--origin", origin, *names,
            "--threshold", threshold, "--json",
        )
        self.id = json.loads(answer)["ledger"]
        self.vkey = Path(directory, "log.vkey").read_text().strip()
        self.operators = {
            name: Signer(self.id, name, Key.read(Path(directory, "keys", name + ".jwk")))
            for name in operators
        }

    def submit(self, lines):
        """Answers of submissions, in their order."""
        if isinstance(lines, str):
            lines = [lines]
        data = "".join(line + "\n" for line in lines)
        result = run("submit", "--data", self.directory, "--json", data=data)
        answers = [json.loads(line) for line in result.stdout.decode().splitlines()]
        expected = 1 if any(a["status"] == "refused" for a in answers) else 0
        if result.returncode != expected or len(answers) != len(lines):
            raise SystemExit(
                f"submit: status {result.returncode}, {len(answers)} answers to {len(lines)}: "
                + result.stderr.decode()
            )
        return answers

    def entry(self, index):
        """An entry as the log has it: index, time, jws."""
        text = succeed("transfers", "--data", self.directory, "--entry", index, "--json")
        return json.loads(text)


def digest(jws_text):
    """The base64url SHA-256 of the payload of a JWS: a terms hash, or the name of a proposal."""
    return url(hashlib.sha256(read_url(jws_text.split(".")[1], "payload")).digest())


def pseudonym():
    return url(secrets.token_bytes(16))


def hotel_terms(**changes):
    """Terms of spec/09 §10, from a hotel to an airline."""
    terms = {
        "kind": "exchange",
        "debtor": "harbour-hotels",
        "creditor": "nordwind",
        "from": "harbour-hotels/points",
        "to": "nordwind/miles",
        "validFrom": "2026-01-01T00:00:00.000Z",
        "noticePeriodDays": 90,
        "utcOffsetMinutes": 0,
        "controllerRoles": {"debtor": "controller", "creditor": "controller"},
        "legal": {
            "eMoney": "limitedNetwork",
            "vat": "thirdPartyConsideration",
            "dataAgreement": True,
        },
        "conversion": {
            "ratio": {"fixed": {"numerator": 1, "denominator": 3}},
            "rounding": "keepRest",
            "minimum": 3000,
        },
        "bonuses": [{
            "kind": "perBlock", "threshold": 60000, "thresholdUnit": "source", "amount": 5000,
            "stack": "additive", "basis": "requested", "priced": True,
        }],
        "finality": "debtor",
        "reversalDays": 30,
        "uniqueRef": False,
        "settlement": {
            "price": {"fixed": {"numerator": 71, "denominator": 100}},
            "priceCurrency": "USD",
            "settlementCurrency": "USD",
            "moneyRounding": "halfEven",
            "model": "multilateral",
            "nettingForm": "setOff",
            "creditLine": 50_000_000_000,
            "offsets": False,
            "objectionHours": 24,
            "disputeThreshold": 100_000,
            "carryMaxDays": 90,
            "calendar": "target",
            "setOffInPoints": False,
            "runOff": {"reversals": 400, "trueUps": 60, "coverRelease": 60},
        },
    }
    return {**terms, **changes}


def acceptance_deadline():
    return time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime(time.time() + 3600))


class Network:
    """A ledger with a hotel that owes an airline, one agreement and one open member."""

    def __init__(self, directory, hotel_algorithm="Ed25519"):
        self.ledger = Ledger(directory)
        north = self.ledger.operators["north"]
        lines = []
        self.partners = {}
        for name, program, algorithm in (
            ("harbour-hotels", "points", hotel_algorithm), ("nordwind", "miles", "Ed25519"),
        ):
            partner = Signer(self.ledger.id, name, Key(algorithm))
            self.partners[name] = partner
            lines += enrol(self.ledger, north, partner, Key(), program)
        self.hotel = self.partners["harbour-hotels"]
        self.airline = self.partners["nordwind"]
        lines += agree(self.hotel, self.airline, hotel_terms())
        self.terms = digest(lines[-2])
        self.member = pseudonym()
        lines += open_members(self.hotel, self.airline, [self.member])
        self.lines = lines
        self.answers = self.ledger.submit(lines)
        refused = [answer for answer in self.answers if answer["status"] != "accepted"]
        if refused:
            raise SystemExit(f"the network could not be set up: {refused[0]}")


def enrol(ledger, operator, partner, recovery, program):
    """Invitation, application, admission and a program, signed by whom they must be."""
    id = new_id()
    keys = [
        partner.key.offer("entries", ledger.id, partner.name, id),
        recovery.offer("recovery", ledger.id, partner.name, id),
    ]
    subject = {"subject": partner.name}
    return [
        operator.sign("partner.invite", {**subject, "thumbprint": partner.key.thumbprint}),
        partner.sign("partner.apply", {"region": "DE", "keys": keys}, id),
        operator.sign("partner.admit", subject),
        partner.sign("program.define", {"program": f"{partner.name}/{program}", "scale": 0}),
    ]


def agree(proposer, other, terms):
    """A proposal and its acceptance."""
    proposal = proposer.sign(
        "agreement.propose", {"acceptBy": acceptance_deadline(), "terms": terms}
    )
    return [proposal, other.sign("agreement.accept", {"agreement": digest(proposal)})]


def open_members(proposer, other, members):
    proposal = proposer.sign("member.open", {"with": other.name, "members": members})
    return [proposal, other.sign("member.open", {"accepts": digest(proposal)})]


def work_directory(name):
    """A temporary directory that goes away at the end, unless KEEP is set."""
    if os.environ.get("KEEP"):
        path = tempfile.mkdtemp(prefix=f"kontor-{name}-")
        print(f"the data stays in {path}")
        return _Kept(path)
    return tempfile.TemporaryDirectory(prefix=f"kontor-{name}-")


class _Kept:
    def __init__(self, path):
        self.name = path

    def __enter__(self):
        return self.name

    def __exit__(self, *_):
        return None


class Checks:
    """Counts checks and prints a line for each."""

    def __init__(self):
        self.passed = 0
        self.failed = 0

    def check(self, name, condition, detail=""):
        if condition:
            self.passed += 1
            print(f"ok    {name}", flush=True)
        else:
            self.failed += 1
            print(f"FAIL  {name}{': ' if detail else ''}{detail}", flush=True)
        return bool(condition)

    def skip(self, name, reason):
        print(f"skip  {name}: {reason}", flush=True)

    def end(self):
        print(f"{self.passed} passed, {self.failed} failed")
        raise SystemExit(1 if self.failed else 0)
