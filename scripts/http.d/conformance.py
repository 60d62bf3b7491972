"""Does a running server do what spec/openapi.yaml says? Asked by schemathesis, and by hand.

The document is checked first, with its own examples. Then a sandbox is served, and schemathesis
sends right and wrong requests as a partner and as an auditor: no status, header or body may come
that the document does not name, and no failure of the server.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import metrics
import streams
from client import Checks, new_id, work_directory
from sandbox import Server
from specification import METHODS, Specification

CHECKS = (
    "not_a_server_error", "status_code_conformance", "content_type_conformance",
    "response_headers_conformance", "response_schema_conformance", "ignored_auth",
    "every_answer_has_its_headers", "a_problem_is_whole", "lines_of_a_stream_fit",
)
# The stream of events does not end by itself; streams.py reads it.
ENDLESS = "/v1/events"
# What only some sizes of a log have, or a login that is another's.
SELDOM = {"readPartialTileOfMillions", "readTileOfMillions", "readTileOfThousands",
          "readPartialTileOfThousands", "readBundleOfThousands", "readPartialBundleOfThousands",
          "readBundleOfMillions", "readPartialBundleOfMillions",
          # The sandbox has settled no night; tests of the service have.
          "readSettlement", "readSettlementStatement"}


def live_examples(sandbox):
    """Makes something of everything that can be read, and names it."""
    entry = sandbox.transfer()
    receipt = sandbox.submit([entry])[0]["receipt"]
    for _ in range(260 - receipt["index"]):
        sandbox.submit([sandbox.transfer(amount=100)])
    partner = sandbox.facts["partners"][0]["name"]
    size = sandbox.submit([sandbox.transfer(amount=100)])[0]["receipt"]["index"] + 1
    time.sleep(1.2)
    terms = sandbox.agreement["terms"]
    subscription = {"url": "https://partner.example/kontor", "kinds": ["transfers"], "from": 0}
    return {
        "parameters": {
            "Index": receipt["index"], "Partner": partner, "Id": receipt["id"], "From": 0,
            "FromSize": 1, "ToSize": size, "Level": 0, "Number": {"full": "000", "part": "001"},
            "Width": 1,
        },
        "bodies": {
            "submit": {
                "application/jose": sandbox.transfer(amount=100),
                "application/x-ndjson": entry + "\n\nnothing\n" + sandbox.transfer() + "\n",
            },
            "quote": {"application/json": {"terms": terms, "amount": 2_001}},
            "subscribe": {"application/json": subscription},
            "replay": {"application/json": {"from": 0}},
        },
    }


def name_subscriptions(document, sandbox, login):
    """Gives each operation below a subscription one of this login's own."""
    body = json.dumps({"url": "https://partner.example/kontor", "kinds": ["network.policy"]})
    schema = {"$ref": "#/components/schemas/UUIDv7"}
    for path, item in document["paths"].items():
        if not path.startswith("/v1/webhooks/{id}"):
            continue
        item.pop("parameters", None)
        for method in METHODS & set(item):
            answer = sandbox.post("/v1/webhooks", body, "application/json", login)
            example = answer.json["id"] if answer.status == 201 else new_id()
            parameter = {"name": "id", "in": "path", "required": True, "schema": schema}
            own = item[method].setdefault("parameters", [])
            own.insert(0, {**parameter, "example": example})


def run_schemathesis(root, role, document, arguments):
    """One run as one role: its words, whether it found nothing, and what was answered."""
    live = Path(root, f"openapi-{role}.json")
    live.write_text(json.dumps(document))
    counts = Path(root, f"counts-{role}.json")
    here = Path(__file__).resolve().parent
    environment = {
        **os.environ, "SCHEMATHESIS_HOOKS": "hooks", "KONTOR_SANDBOX_ROOT": str(root),
        "KONTOR_SANDBOX_ROLE": str(role), "KONTOR_COUNTS": str(counts),
        "PYTHONPATH": os.pathsep.join([str(here), os.environ["PYTHONPATH"]]),
    }
    command = [
        sys.executable, "-m", "schemathesis.cli", "run", str(live),
        "--url", document["servers"][0]["url"], "--checks", ",".join(CHECKS),
        "--exclude-path", ENDLESS, "--phases", "examples,coverage,fuzzing",
        "--max-examples", str(arguments.examples), "--seed", str(arguments.seed),
        "--generation-database", "none", "--no-shrink",
        # One worker: hypothesis moves the recursion limit, which CPython 3.11 takes ill in a thread
        # that compiles meanwhile (SystemError: AST constructor recursion depth mismatch).
        "--request-timeout", "20", "--continue-on-failure", "--no-color", "--workers", "1",
        "--suppress-health-check", "all", "--output-truncate", "false", "--warnings", "off",
    ]
    try:
        result = subprocess.run(
            command, cwd=root, env=environment, capture_output=True, timeout=arguments.seconds
        )
    except subprocess.TimeoutExpired as error:
        return (error.stdout or b"").decode() + "\nit took too long", False, []
    words = (result.stdout + result.stderr).decode(errors="replace")
    rows = json.loads(counts.read_text()) if counts.exists() else []
    return words, result.returncode == 0, rows


def check_role(checks, sandbox, root, role, specification, arguments):
    login = sandbox.login(int(role) if role.isdigit() else role)
    examples = live_examples(sandbox)
    document = specification.live(sandbox.url, examples)
    name_subscriptions(document, sandbox, login)
    words, is_clean, rows = run_schemathesis(root, role, document, arguments)
    count = sum(n for _, _, n in rows)
    name = sandbox.facts["partners"][int(role)]["name"] if role.isdigit() else role
    if not checks.check(f"schemathesis as {name}: {count} requests as documented", is_clean):
        print(words[-arguments.words:], file=sys.stderr)
    failures = [f"{operation} {status}" for operation, status, _ in rows if status >= 500]
    checks.check(f"schemathesis as {name}: no failure of the server", not failures, str(failures))
    return rows


def check_coverage(checks, specification, rows):
    """Each operation was answered well at least once, by either role."""
    done = {operation for operation, status, _ in rows if status < 300}
    missing = [
        f"{method.upper()} {path}" for path, method, operation in specification.operations
        if f"{method.upper()} {path}" not in done and path != ENDLESS
        and operation["operationId"] not in SELDOM
    ]
    checks.check("each operation was answered well at least once", not missing, str(missing))


def summary(rows):
    """A table of operations and statuses."""
    table = {}
    for operation, status, count in rows:
        table.setdefault(operation, {})
        table[operation][status] = table[operation].get(status, 0) + count
    return table


def main():
    parser = argparse.ArgumentParser(prog="scripts/http-conformance")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--document", action="store_true", help="check the document alone")
    parser.add_argument("--examples", type=int, default=25)
    parser.add_argument("--seed", type=int, default=19)
    parser.add_argument("--seconds", type=int, default=90, help="for each role")
    parser.add_argument("--words", type=int, default=6_000)
    arguments = parser.parse_args()
    if arguments.json:
        sys.stdout, report = sys.stderr, sys.stdout
    checks = Checks()
    specification = Specification()
    faults = specification.faults()
    checks.check(
        "spec/openapi.yaml is sound, and fits its own examples", not faults, str(faults[:5])
    )
    rows = []
    if not arguments.document:
        with work_directory("http") as root:
            server = Server(root)
            with server as sandbox:
                for role in ("0", "auditor"):
                    rows += check_role(checks, sandbox, root, role, specification, arguments)
                check_coverage(checks, specification, rows)
                streams.check(checks, sandbox, specification)
                metrics.check(checks, sandbox)
            checks.check("the server ends by itself", server.process.returncode == 0, server.words)
    table = summary(rows)
    if arguments.json:
        value = {"passed": checks.passed, "failed": checks.failed, "operations": table}
        print(json.dumps(value), file=report)
    else:
        for operation, statuses in table.items():
            print(f"{operation:55}", *(f"{s}:{n}" for s, n in sorted(statuses.items())))
    checks.end()


if __name__ == "__main__":
    main()
