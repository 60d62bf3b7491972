"""Hooks of schemathesis: logins, media types, checks of spec/19, and a count of answers."""

import atexit
import json
import os
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import schemathesis

from sandbox import Sandbox
from specification import Specification

SANDBOX = Sandbox.read(os.environ["KONTOR_SANDBOX_ROOT"])
ROLE = os.environ["KONTOR_SANDBOX_ROLE"]
LOGIN = SANDBOX.login(int(ROLE) if ROLE.isdigit() else ROLE)
SPECIFICATION = Specification()
COUNTS = Counter()


@schemathesis.auth(refresh_interval=None)
class Access:
    """A new token for each request, since a POST uses its `jti` up."""

    def get(self, case, context):
        return LOGIN.token()

    def set(self, case, data, context):
        case.headers = case.headers or {}
        case.headers["Authorization"] = f"Bearer {data}"


@schemathesis.serializer("application/jose", "application/x-ndjson")
def text(context, value):
    """A body as it is."""
    if isinstance(value, bytes):
        return value
    return value.encode() if isinstance(value, str) else json.dumps(value).encode()


@schemathesis.hook
def before_call(context, case, kwargs):
    """Keeps generated subscriptions away from the addresses of others."""
    if case.operation.definition.raw.get("operationId") == "subscribe":
        body = case.body
        if isinstance(body, dict) and isinstance(body.get("url"), str):
            host = urlsplit(body["url"]).netloc if body["url"].startswith("https://") else ""
            if host:
                body["url"] = body["url"].replace(host, "partner.example", 1)


@schemathesis.hook
def after_call(context, case, response):
    COUNTS[f"{case.operation.method.upper()} {case.operation.path}", response.status_code] += 1


@schemathesis.check
def every_answer_has_its_headers(context, response, case):
    """X-Request-Id and Cache-Control, on every answer."""
    headers = {name.lower(): values for name, values in response.headers.items()}
    assert "x-request-id" in headers, "no X-Request-Id"
    assert "cache-control" in headers, "no Cache-Control"


@schemathesis.check
def a_problem_is_whole(context, response, case):
    """Every answer from 400 on is a problem that says the same as its head (spec/19 §3)."""
    if response.status_code < 400 or case.operation.method.upper() == "HEAD":
        return
    headers = {name.lower(): values for name, values in response.headers.items()}
    media = headers.get("content-type", ["none"])[0]
    assert media == "application/problem+json", f"Content-Type is {media}"
    problem = json.loads(response.content)
    fault = SPECIFICATION.schema_faults("Problem", problem)
    assert fault is None, f"the problem does not fit: {fault}"
    assert problem["status"] == response.status_code, "another status inside"
    assert problem["type"] == "urn:kontor:problem:" + problem["code"].split(".")[0], "type"
    assert problem["requestId"] == headers["x-request-id"][0], "another request id inside"
    due = {401: "www-authenticate", 405: "allow", 429: "retry-after"}.get(response.status_code)
    assert due is None or due in headers, f"no {due}"
    for word in ("/Sources/", ".swift", "Optional(", "Error Domain", "SQLite", "0x7f"):
        assert word not in response.content.decode(), f"it tells of the inside: {word}"


@schemathesis.check
def lines_of_a_stream_fit(context, response, case):
    """Each line of an NDJSON answer is an answer, numbered from 1 (spec/19 §4)."""
    headers = {name.lower(): values for name, values in response.headers.items()}
    if headers.get("content-type", [""])[0] != "application/x-ndjson":
        return
    text = response.content.decode()
    faults = SPECIFICATION.line_faults("answer", text)
    assert not faults, faults[0]
    numbers = [json.loads(line).get("line") for line in text.splitlines()]
    numbers = numbers[:-1] if numbers and numbers[-1] is None else numbers
    assert numbers == list(range(1, len(numbers) + 1)), f"lines {numbers}"


@atexit.register
def write_counts():
    rows = [[operation, status, n] for (operation, status), n in sorted(COUNTS.items())]
    Path(os.environ["KONTOR_COUNTS"]).write_text(json.dumps(rows))
