"""A sandbox that is served on free ports, and requests to it."""

import http.client
import json
import os
import secrets
import subprocess
import time
from pathlib import Path
from urllib.parse import urlsplit

from client import KONTOR, Key, new_id

START_SECONDS = 60


class Answer:
    """Status, headers by their names in small letters, and body."""

    def __init__(self, status, headers, body):
        self.status = status
        self.headers = {}
        for name, value in headers:
            self.headers.setdefault(name.lower(), []).append(value)
        self.body = body

    def header(self, name):
        return ", ".join(self.headers.get(name.lower(), []))

    @property
    def media_type(self):
        return self.header("content-type")

    @property
    def json(self):
        return json.loads(self.body)

    def __repr__(self):
        return f"{self.status} {self.media_type} {self.body[:300]!r}"


def request(url, path, method="GET", body=None, headers=(), timeout=30):
    """One request on a connection of its own; the path goes out as it is."""
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname, parts.port, timeout=timeout)
    try:
        connection.request(method, path, body, dict(headers))
        response = connection.getresponse()
        return Answer(response.status, response.getheaders(), response.read())
    finally:
        connection.close()


class Login:
    """A name with an access key, and tokens by it (spec/19 §2)."""

    def __init__(self, ledger, name, path):
        self.ledger = ledger
        self.name = name
        self.key = Key.read(path)

    def token(self, **changes):
        now = int(time.time())
        claims = {"iss": self.name, "aud": self.ledger, "iat": now, "exp": now + 240}
        claims["jti"] = secrets.token_urlsafe(12)
        claims.update(changes)
        claims = {name: value for name, value in claims.items() if value is not None}
        return self.key.sign(claims, typ="kontor-access+jwt")

    def header(self, **changes):
        return {"Authorization": f"Bearer {self.token(**changes)}"}


class Sandbox:
    """What sandbox.json names."""

    def __init__(self, root, facts):
        self.root = Path(root)
        self.facts = facts
        self.url = facts["url"]
        self.ledger = facts["ledger"]
        self.vkey = facts["vkey"]
        self.agreement = facts["agreements"][0]
        self.members = facts["members"]

    @classmethod
    def read(cls, root, name="sandbox"):
        return cls(root, json.loads(Path(root, name, "sandbox.json").read_text()))

    def login(self, who):
        """The login of a partner by its number, of `auditor`, or of `operator`."""
        facts = self.facts["partners"][who] if isinstance(who, int) else self.facts[who]
        return Login(self.ledger, facts["name"], self.root / facts["accessKey"])

    def transfer(self, amount=2_000, id=None, **changes):
        """A signed transfer of the first partner: two units for one."""
        partner = self.facts["partners"][0]
        item = {"member": self.members[0], "amount": amount, "debit": amount // 2 * 2,
                "credit": amount // 2, **changes}
        payload = {"ledger": self.ledger, "kind": "transfers", "partner": partner["name"],
                   "id": id or new_id(), "terms": self.agreement["terms"], "items": [item]}
        return Key.read(self.root / partner["entriesKey"]).sign(payload)

    def get(self, path, login=None, **options):
        headers = dict(options.pop("headers", {}))
        if login:
            headers.update(login.header())
        return request(self.url, path, headers=headers, **options)

    def post(self, path, body, media_type, login=None, headers=(), **options):
        headers = {"Content-Type": media_type, **dict(headers)}
        if login:
            headers.update(login.header())
        if isinstance(body, str):
            body = body.encode()
        return request(self.url, path, "POST", body, headers, **options)

    def submit(self, lines):
        """Answers to many submissions."""
        body = "".join(line + "\n" for line in lines)
        answer = self.post("/v1/entries", body, "application/x-ndjson", timeout=120)
        if answer.status != 200:
            raise SystemExit(f"the sandbox takes no entries: {answer}")
        return [json.loads(line) for line in answer.body.decode().splitlines()]


class Server:
    """A process `kontor serve --sandbox` in a directory of its own."""

    def __init__(self, root, name="sandbox", words=(), shell=None, path=None):
        self.root = Path(root)
        self.name = name
        environment = {**os.environ, "KONTOR_PORT": "0", "KONTOR_ADMIN_PORT": "0"}
        environment["SWIFT_BACKTRACE"] = "enable=no"
        if path:
            environment["PATH"] = f"{path}:{environment['PATH']}"
        command = shell or [KONTOR, "serve", "--sandbox", name, *words]
        self.log = open(self.root / "server.log", "ab")
        self.process = subprocess.Popen(
            command, cwd=root, env=environment, stdin=subprocess.DEVNULL, stdout=self.log,
            stderr=self.log, shell=False,
        )

    def __enter__(self):
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise SystemExit(f"kontor serve ended at once: {self.words}")
            try:
                sandbox = Sandbox.read(self.root, self.name)
                if sandbox.get("/readyz", timeout=2).status == 200:
                    return sandbox
            except (OSError, KeyError, ValueError, http.client.HTTPException):
                pass
            time.sleep(0.1)
        self.process.kill()
        raise SystemExit(f"kontor serve is not ready after {START_SECONDS} s: {self.words}")

    @property
    def words(self):
        """The end of what the server wrote."""
        return (self.root / "server.log").read_bytes()[-600:].decode(errors="replace")

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
        try:
            self.process.wait(45)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()
        return self.process.returncode

    def __exit__(self, *_):
        self.stop()
