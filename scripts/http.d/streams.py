"""What schemathesis cannot ask: streams of entries, streams of events, and who may read."""

import hashlib
import http.client
import json
import socket
import threading
import time
from urllib.parse import urlsplit

from client import Key, new_id
from receipts import LogKey, entry_bytes, leaf_hash, read_url, standard, url, verify_receipt


def events(sandbox, login, query="", last=None, count=1, timeout=20):
    """Opens a stream, and reads its head and the first events."""
    parts = urlsplit(sandbox.url)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=timeout)
    headers = login.header()
    if last is not None:
        headers["Last-Event-ID"] = str(last)
    connection.request("GET", f"/v1/events{query}", headers=headers)
    response = connection.getresponse()
    found, event = [], {}
    try:
        while response.status == 200 and len(found) < count:
            line = response.readline().decode()
            if not line:
                break
            if line == "\n":
                if "data" in event:
                    found.append(event)
                event = {}
            elif not line.startswith(":"):
                name, _, value = line.rstrip("\n").partition(": ")
                event[name] = value
    except TimeoutError:
        pass
    finally:
        connection.close()
    return response, found


def check_events(checks, sandbox, specification):
    auditor, partner = sandbox.login("auditor"), sandbox.login(0)
    response, found = events(sandbox, auditor, "?from=0", count=5)
    names = ("Content-Type", "Cache-Control")
    head = (response.status, *(response.getheader(name) for name in names))
    checks.check("events are text/event-stream", head == (200, "text/event-stream", "no-store"),
                 str(head))
    checks.check("an answer of events has a request id", bool(response.getheader("X-Request-Id")))
    faults = []
    for index, event in enumerate(found):
        entry = json.loads(event["data"])
        frame = entry_bytes(entry["index"], entry["time"], entry["prev"], entry["jws"])
        payload = json.loads(read_url(entry["jws"].split(".")[1], "jws"))
        fits = specification.schema_faults("Entry", entry) is None
        named = all(entry[n] == payload[n] for n in ("kind", "partner", "id"))
        hashed = standard(leaf_hash(frame)) == entry["leafHash"]
        if not (fits and named and hashed and event["id"] == str(index)
                and event["event"] == "entry" and entry["index"] == index):
            faults.append(event)
    checks.check("events hold the entries, from 0", len(found) == 5 and not faults, str(faults[:1]))
    _, found = events(sandbox, auditor, "?from=0", last=2, count=1)
    checks.check("Last-Event-ID goes on after it", [e["id"] for e in found] == ["3"], str(found))
    box = {}
    waiter = threading.Thread(
        target=lambda: box.update(zip(("r", "found"), events(sandbox, partner, "", None, 1)))
    )
    waiter.start()
    time.sleep(0.7)
    [answer] = sandbox.submit([sandbox.transfer(amount=100)])
    waiter.join(25)
    ids = [event["id"] for event in box.get("found", [])]
    checks.check("an entry comes as an event when it is durable",
                 ids == [str(answer["receipt"]["index"])], str(ids))
    wrong = [("?from=x", None, 400), ("?x=1", None, 400), ("", "x", 400), ("", "-1", 400)]
    faults = [
        (query, last, response.status) for query, last, due in wrong
        if (response := events(sandbox, partner, query, last)[0]).status != due
    ]
    checks.check("wrong questions for events are refused", not faults, str(faults))
    status = sandbox.get("/v1/events").status
    checks.check("events need a login", status == 401, str(status))


def check_lines(checks, sandbox, specification):
    """Order, numbers, blank and bad lines (spec/19 §4.2)."""
    key = LogKey(sandbox.vkey)
    one, two, three = (sandbox.transfer(amount=100) for _ in range(3))
    long = "a" * 70_000
    body = f"\n{one}\r\n\n\nnot a jws\n{long}\n{two}\n{one}\n{three}"
    answer = sandbox.post("/v1/entries", body, "application/x-ndjson")
    lines = [json.loads(line) for line in answer.body.decode().splitlines()]
    seen = [(line.get("line"), line["status"]) for line in lines]
    due = list(enumerate(["accepted", "refused", "refused", "accepted", "known", "accepted"], 1))
    checks.check("a stream is answered line by line", seen == due, str(seen))
    if seen != due:
        return
    codes = [lines[place]["problem"]["code"] for place in (1, 2)]
    checks.check("a bad and a long line are told", codes[0].startswith("MalformedJWS.")
                 and codes[1] == "BodyTooLarge", str(codes))
    for place, sent in ((0, one), (3, two), (4, one), (5, three)):
        verify_receipt(lines[place]["receipt"], sent, key)
    checks.check("its receipts verify", True)
    same = [lines[0]["receipt"][n] == lines[4]["receipt"][n] for n in ("index", "time", "leafHash")]
    checks.check("a line sent twice has one place", all(same))
    check_refusal(checks, sandbox, lines[1]["problem"], b"not a jws", "of a line")


def check_refusal(checks, sandbox, problem, sent, name):
    """The signed refusal of a problem (spec/19 §5), verified with the log's key alone."""
    parts = problem["refusal"].split(".")
    header = json.loads(read_url(parts[0], "refusal"))
    payload = json.loads(read_url(parts[1], "refusal"))
    log = LogKey(sandbox.vkey)
    log.public.verify(read_url(parts[2], "refusal"), ".".join(parts[:2]).encode())
    point = url(log.public.public_bytes_raw())
    shortest = f'{{"crv":"Ed25519","kty":"OKP","x":"{point}"}}'
    thumbprint = url(hashlib.sha256(shortest.encode()).digest())
    checks.check(
        f"the refusal {name} is signed by the log key",
        header == {"alg": "Ed25519", "kid": thumbprint, "typ": "kontor-refusal+jws"}
        and payload["ledger"] == sandbox.ledger
        and payload["submission"] == url(hashlib.sha256(sent).digest())
        and payload["faults"] == problem["faults"]
        and set(payload) == {"ledger", "submission", "size", "time", "faults"},
        json.dumps([header, payload])[:400],
    )


def check_single(checks, sandbox):
    """One submission: accepted, known, refused with each status (spec/19 §3, §4.1)."""
    key = LogKey(sandbox.vkey)
    sent = sandbox.transfer(amount=100)
    first = sandbox.post("/v1/entries", sent + "\n", "application/jose")
    place = first.header("location")
    due = f"/v1/entries/{first.json['receipt']['index']}" if first.status == 201 else ""
    hit = first.status == 201 and place == due
    checks.check("an entry is made at its Location", hit, str(first))
    verify_receipt(first.json["receipt"], sent, key)
    again = sandbox.post("/v1/entries", sent, "application/jose")
    checks.check("sent again it is known, with the same place", again.status == 200
                 and again.json["status"] == "known"
                 and again.json["receipt"]["leafHash"] == first.json["receipt"]["leafHash"]
                 and "stored" not in again.json, str(again))
    reused = json.loads(read_url(sent.split(".")[1], "jws"))["id"]
    partner = sandbox.facts["partners"][0]
    key = Key.read(sandbox.root / partner["entriesKey"])
    payload = json.loads(read_url(sandbox.transfer().split(".")[1], "jws"))
    cases = [
        ("not a jws", 400, "MalformedJWS.partCount"),
        ("", 400, "MalformedJWS.partCount"),
        (sent[:-4] + "AAAA", 400, "MalformedJWS.signatureInvalid"),
        (key.sign(b"{}x"), 400, "MalformedJSON.trailingBytes"),
        (key.sign({**payload, "x": 1}), 400, "UnknownMember"),
        (key.sign({n: v for n, v in payload.items() if n != "terms"}), 400, "MissingMember"),
        (key.sign({**payload, "items": 1}), 400, "WrongType.notAnArray"),
        (key.sign({**payload, "items": []}), 400, "InvalidValue"),
        (sandbox.transfer(amount=300, id=reused), 409, "IdReused"),
        (sandbox.transfer(credit=1), 422, "WrongCredit"),
        (sandbox.transfer(amount=2), 422, "BelowMinimum"),
        (key.sign({**payload, "ledger": url(bytes(32))}), 422, "WrongLedger"),
        (key.sign({**payload, "id": new_id(0)}), 422, "IdWindow"),
        (key.sign({**payload, "kind": "x"}), 422, "UnknownKind"),
        (Key().sign(payload), 422, "UnknownKey"),
        ("a" * 65_520 + ".b.c", 413, "EntryTooLong"),
    ]
    for body, status, code in cases:
        answer = sandbox.post("/v1/entries", body, "application/jose")
        found = (answer.status, answer.json.get("code"))
        if checks.check(f"{status} {code}", found == (status, code), str(answer)):
            check_refusal(checks, sandbox, answer.json, body.encode(), f"by {code}")
    for count in (66_000, 140_000):
        long = sandbox.post("/v1/entries", "a" * count, "application/jose")
        checks.check(f"{count} bytes: 413 BodyTooLarge, and no refusal", long.status == 413
                     and long.json["code"] == "BodyTooLarge" and "refusal" not in long.json,
                     str(long))
    for media in ("application/json", "text/plain", ""):
        answer = sandbox.post("/v1/entries", sent, media)
        checks.check(f"415 for {media or 'no media type'}", answer.status == 415, str(answer))


def check_logins(checks, sandbox):
    """Tokens, each with one fault (spec/19 §2)."""
    login = sandbox.login(0)
    now = int(time.time())
    cases = [
        ("right", {}, 200, None), ("no jti", {"jti": None}, 200, None),
        ("another ledger", {"aud": url(bytes(32))}, 401, "TokenAudience"),
        ("too long", {"exp": now + 301}, 401, "TokenLifetime"),
        ("of the past", {"iat": now - 400, "exp": now - 100}, 401, "TokenExpired"),
        ("of the future", {"iat": now + 60, "exp": now + 120}, 401, "TokenNotYetValid"),
        ("of another name", {"iss": "cafe-sol"}, 401, "TokenUnknownKey"),
        ("a member too many", {"sub": "x"}, 401, "TokenMalformed"),
        ("no exp", {"exp": None}, 401, "TokenMalformed"),
        ("exp as text", {"exp": str(now + 60)}, 401, "TokenMalformed"),
        ("a long jti", {"jti": "x" * 65}, 401, "TokenMalformed"),
    ]
    for name, changes, status, code in cases:
        answer = sandbox.get("/v1/partners", headers=login.header(**changes))
        hit = answer.status == status and (code is None or answer.json["code"] == code)
        checks.check(f"a token, {name}: {code or status}", hit, str(answer))
    partner = sandbox.facts["partners"][0]
    claims = {"iss": partner["name"], "aud": sandbox.ledger, "iat": now, "exp": now + 60}
    entries = Key.read(sandbox.root / partner["entriesKey"])
    access = login.key
    token = login.token()
    head, body, signature = token.split(".")
    texts = [
        ("by an entries key", entries.sign(claims, typ="kontor-access+jwt"), "TokenUnknownKey"),
        ("by a stranger", Key().sign(claims, typ="kontor-access+jwt"), "TokenUnknownKey"),
        ("typ JWT", access.sign(claims, typ="JWT"), "TokenMalformed"),
        ("an entry", sandbox.transfer(), "TokenMalformed"),
        ("a changed signature", f"{head}.{body}.{'A' * 86}", "TokenSignature"),
        ("nothing", "", "TokenMalformed"), ("a long one", "a" * 3_000, "TokenMalformed"),
    ]
    for name, text, code in texts:
        answer = sandbox.get("/v1/partners", headers={"Authorization": f"Bearer {text}"})
        checks.check(f"a token, {name}: {code}", answer.status == 401
                     and answer.json["code"] == code, str(answer))
    answer = sandbox.get("/v1/partners", headers={"Authorization": "Basic eDp5"})
    checks.check("another scheme: TokenMalformed", answer.status == 401
                 and answer.json["code"] == "TokenMalformed", str(answer))
    question = json.dumps({"terms": sandbox.agreement["terms"], "amount": 100})
    header = login.header()
    found = []
    for headers in (header, header, login.header(jti=None)):
        answer = sandbox.post("/v1/quotes", question, "application/json", headers=headers)
        found.append((answer.status, answer.json.get("code")))
    due = [(200, None), (401, "TokenReplayed"), (401, "TokenMalformed")]
    checks.check("a token serves one POST", found == due, str(found))


def check_readers(checks, sandbox):
    """Who may read what: each role, own and foreign (spec/19 §2.4)."""
    logins = {name: sandbox.login(who) for name, who in (
        ("nordwind", 0), ("cafe-sol", 1), ("auditor", "auditor"), ("operator", "operator"))}
    logins["nobody"] = None
    operator = sandbox.facts["operator"]
    signer = Key.read(sandbox.root / operator["entriesKey"])
    payload = {"ledger": sandbox.ledger, "kind": "limit.set", "partner": operator["name"],
               "id": new_id(), "subject": "nordwind", "currency": "EUR", "netDebitCap": 900_000}
    [limit] = sandbox.submit([signer.sign(payload)])
    limit = limit["receipt"]
    [own] = sandbox.submit([sandbox.transfer(amount=100)])
    own = own["receipt"]
    ones = [
        ("a transfer", f"/v1/entries/{own['index']}", {"nordwind", "cafe-sol"}),
        ("its proof", f"/v1/entries/{own['index']}/proof", {"nordwind", "cafe-sol"}),
        ("its receipt", f"/v1/transfers/nordwind/{own['id']}", {"nordwind", "cafe-sol"}),
        ("a limit", f"/v1/entries/{limit['index']}", {"nordwind"}),
        ("its proof", f"/v1/entries/{limit['index']}/proof", {"nordwind"}),
        ("its receipt", f"/v1/transfers/{operator['name']}/{limit['id']}", {"nordwind"}),
        ("the genesis", "/v1/entries/0", {"nordwind", "cafe-sol"}),
    ]
    for name, path, readers in ones:
        readers = readers | {"auditor", "operator"}
        for who, login in logins.items():
            due = 200 if who in readers else 401 if login is None else 404
            answer = sandbox.get(path, login=login)
            checks.check(f"{name} for {who}: {due}", answer.status == due, str(answer))
    foreign = sandbox.get(f"/v1/entries/{limit['index']}", login=logins["cafe-sol"]).json
    absent = sandbox.get("/v1/entries/9000000", login=logins["cafe-sol"]).json
    foreign.pop("requestId"), absent.pop("requestId")
    checks.check("what is foreign looks like what is not there", foreign == absent,
                 f"{foreign} {absent}")
    for who in ("nordwind", "cafe-sol", "auditor"):
        query = f"/v1/entries?from={limit['index']}&limit=1000"
        found = {item["index"] for item in sandbox.get(query, login=logins[who]).json["items"]}
        checks.check(f"the limit in the list of {who}",
                     (limit["index"] in found) == (who != "cafe-sol") and own["index"] in found)


def check_pages(checks, sandbox):
    """Every entry once, by pages of any length (spec/19 §6)."""
    login = sandbox.login("auditor")
    for limit in (1_000, 37):
        indexes, cursor, pages = [], None, 0
        while pages < 100:
            query = f"limit={limit}" + (f"&cursor={cursor}" if cursor else "")
            page = sandbox.get(f"/v1/entries?{query}", login=login).json
            indexes += [item["index"] for item in page["items"]]
            cursor, pages = page.get("next"), pages + 1
            if not cursor:
                break
        checks.check(f"pages of {limit} hold every entry once",
                     indexes == list(range(len(indexes))) and len(indexes) > 100, str(indexes[-3:]))
    cursor = sandbox.get("/v1/entries?limit=1", login=login).json["next"]
    wrong = [
        f"/v1/partners?cursor={cursor}", "/v1/entries?cursor=AAAA", "/v1/entries?cursor=%00",
        "/v1/entries?limit=0", "/v1/entries?limit=1001", "/v1/entries?limit=x",
        "/v1/entries?limit=1&limit=2", "/v1/entries?page=2", "/v1/entries?from=-1",
        "/v1/partners?from=1",
    ]
    faults = [
        f"{path}: {answer}" for path in wrong
        if (answer := sandbox.get(path, login=login)).status != 400
    ]
    checks.check("wrong cursors and limits are refused", not faults, str(faults[:2]))


def check_heads(checks, sandbox):
    """Heads that could be read in two ways, and methods and paths that are not there."""
    parts = urlsplit(sandbox.url)
    host = f"Host: {parts.netloc}\r\n"
    post = f"POST /v1/entries HTTP/1.1\r\n{host}"
    get = f"GET /checkpoint HTTP/1.1\r\n{host}"
    cases = [
        ("two lengths", f"{post}Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd"),
        ("length and chunks",
         f"{post}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        ("a length that is none", f"{post}Content-Length: 3x\r\n\r\nabc"),
        ("a folded line", f"{get}X: a\r\n b\r\n\r\n"),
        ("a space before a colon", f"{get}X : a\r\n\r\n"),
        ("no HTTP", "hello\r\n\r\n"),
        ("a long head", f"{get}X: {'a' * 100_000}\r\n\r\n"),
        ("many fields", get + "X: a\r\n" * 500 + "\r\n"),
    ]
    for name, text in cases:
        with socket.create_connection((parts.hostname, parts.port), timeout=15) as connection:
            try:
                connection.sendall(text.encode())
                answer = connection.recv(4_096)
            except OSError:
                answer = b""
        hit = not answer or answer.startswith((b"HTTP/1.1 400", b"HTTP/1.1 431", b"HTTP/1.0 400"))
        checks.check(f"a head with {name} is refused", hit, repr(answer[:120]))
    for path, methods, due in (
        ("/v1/entries", ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"), {"GET", "HEAD", "POST"}),
        ("/v1/entries/0", ("POST", "PUT", "DELETE"), {"GET", "HEAD"}),
        ("/v1/quotes", ("GET", "PUT"), {"POST"}),
        ("/checkpoint", ("POST", "DELETE"), {"GET", "HEAD"}),
    ):
        for method in methods:
            answer = sandbox.get(path, method=method)
            allow = {word.strip() for word in answer.header("allow").split(",")}
            checks.check(f"{method} {path}: 405", answer.status == 405 and allow == due,
                         f"{answer.status} Allow: {allow}")
    for path in ("/", "/v1", "/v1/", "/v2/entries", "/v1/entries/", "/metrics", "/v1/entries/x",
                 "/v1/entries/-1", "/v1/entries/01", "/v1/entries/0/", "/v1/transfers/x"):
        answer = sandbox.get(path, login=sandbox.login("auditor"))
        checks.check(f"{path}: 404", answer.status == 404, str(answer))
    checks.check("the server still answers", sandbox.get("/healthz").status == 200)


def check(checks, sandbox, specification):
    check_single(checks, sandbox)
    check_lines(checks, sandbox, specification)
    check_logins(checks, sandbox)
    check_readers(checks, sandbox)
    check_pages(checks, sandbox)
    check_events(checks, sandbox, specification)
    check_heads(checks, sandbox)
