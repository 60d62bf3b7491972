"""Follows the guides of docs/guides word for word, against an honest server and a lying one.

A guide marks its fenced blocks in the line that opens them:

    guide=serve       starts the server; it is left running
    guide=file:NAME   a file of this name
    guide=run         commands for bash, one block after the other

Everything else of the page is for people. The page passes if its commands end with status 0 and
print a line that begins with `verified:` and names what the log has.
"""

import base64
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from client import KONTOR, Checks, work_directory
from receipts import LogKey, entry_bytes, leaf_hash, read_standard, standard, verify_receipt
from sandbox import Server, request

TOP = Path(__file__).resolve().parents[2]
TOOLS = {
    "python": ["python3"], "curl": ["curl", "jq", "openssl"], "node": ["node"],
    "java": ["java"], "swift": ["swift"],
}
ALWAYS = ("python", "curl")
LONG = ("swift",)
SECONDS = {"swift": 3_600}
FENCE = re.compile(r"^```(\w+) guide=(\S+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


class Guide:
    """The marked blocks of a page."""

    def __init__(self, name):
        self.name = name
        self.path = TOP / "docs" / "guides" / f"{name}.md"
        self.blocks = [(mark, text) for _, mark, text in FENCE.findall(self.path.read_text())]

    def texts(self, mark):
        return [text for found, text in self.blocks if found == mark]

    def write_files(self, directory):
        for mark, text in self.blocks:
            if mark.startswith("file:"):
                path = Path(directory, mark.removeprefix("file:"))
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text)

    def run(self, directory, environment):
        """Runs the commands: status and everything that they print."""
        words = ""
        for text in self.texts("run"):
            result = subprocess.run(
                ["bash", "-euo", "pipefail", "-c", text], cwd=directory, env=environment,
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                timeout=SECONDS.get(self.name, 300),
            )
            words += result.stdout.decode(errors="replace")
            if result.returncode:
                return result.returncode, words
        return 0, words


def tools_directory(root):
    """A folder with the command under its name, and with Python's packages as a guide has them."""
    folder = Path(root, "tools")
    folder.mkdir()
    (folder / "kontor").symlink_to(KONTOR)
    return folder


def checkout(directory):
    """The guide wants the repository beside its program: a folder of its name with what a build
    needs. The place stays from run to run, so that only the first one builds everything."""
    folder = directory.parent / "kontor"
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("Package.swift", "Package.resolved", "Sources", "Tests"):
        link = folder / name
        if not link.is_symlink():
            link.symlink_to(TOP / name)


def empty(directory):
    """An empty directory for a guide; what a build left in it before stays."""
    directory.mkdir(parents=True, exist_ok=True)
    for path in directory.iterdir():
        if path.is_dir() and path.name != ".build":
            shutil.rmtree(path)
        elif path.is_file():
            path.unlink()


def environment_of(folder):
    environment = {**os.environ, "PATH": f"{folder}:{os.environ['PATH']}"}
    for name in ("PYTHONPATH", "KONTOR"):
        environment.pop(name, None)
    return {**environment, "SWIFT_BACKTRACE": "enable=no"}


def lend_packages(directory):
    """The guide makes `venv` and installs two packages; here they are those of .venv."""
    folder = Path(directory, "venv", "bin")
    folder.mkdir(parents=True)
    # A link would lose the environment: Python finds it beside its own path.
    script = folder / "python"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    script.chmod(0o755)


# --- lies ------------------------------------------------------------------------------------


def flip(text):
    """Base64 of other bytes."""
    data = bytearray(base64.b64decode(text))
    data[0] ^= 1
    return base64.b64encode(bytes(data)).decode()


def proof_lines(receipt, change):
    head, _, note = receipt["proof"].partition("\n\n")
    receipt["proof"] = change(head.split("\n"), note)


def lie_time(receipt, sent):
    receipt["time"] = receipt["time"][:-2] + ("1Z" if receipt["time"][-2] != "1" else "2Z")


def lie_index(receipt, sent):
    receipt["index"] += 1


def lie_leaf(receipt, sent):
    receipt["leafHash"] = flip(receipt["leafHash"])


def lie_id(receipt, sent):
    receipt["id"] = receipt["id"][:-1] + ("0" if receipt["id"][-1] != "0" else "1")


def lie_path(receipt, sent):
    proof_lines(receipt, lambda h, note: "\n".join([*h[:2], flip(h[2]), *h[3:]]) + "\n\n" + note)


def lie_short_path(receipt, sent):
    proof_lines(receipt, lambda h, note: "\n".join(h[:-1]) + "\n\n" + note)


def lie_long_path(receipt, sent):
    proof_lines(receipt, lambda h, note: "\n".join([*h, h[-1]]) + "\n\n" + note)


def change_note(receipt, change):
    proof_lines(receipt, lambda h, note: "\n".join(h) + "\n\n" + change(note))


def lie_root(receipt, sent):
    def change(note):
        lines = note.split("\n")
        return "\n".join([*lines[:2], flip(lines[2]), *lines[3:]])

    change_note(receipt, change)


def lie_signature(receipt, sent):
    def change(note):
        lines = note.rstrip("\n").split("\n")
        mark, name, text = lines[-1].split(" ")
        data = bytearray(base64.b64decode(text))
        data[40] ^= 1
        return "\n".join([*lines[:-1], f"{mark} {name} {base64.b64encode(data).decode()}"]) + "\n"

    change_note(receipt, change)


def lie_origin(receipt, sent):
    change_note(receipt, lambda note: "x" + note)


def lie_one_leaf(receipt, sent):
    """A tree of this one entry: right in itself, and signed by nobody."""
    frame = entry_bytes(0, receipt["time"], receipt["prev"], sent)
    leaf = standard(leaf_hash(frame))
    receipt.update(index=0, leafHash=leaf)

    def change(lines, note):
        text = note.split("\n")
        return "\n".join(["c2sp.org/tlog-proof@v1", "index 0", "", text[0], "1", leaf, *text[3:]])

    proof_lines(receipt, change)


def lie_other_receipt(receipt, sent):
    """The right receipt of another entry, with this one's id."""
    receipt.update({**OTHER["receipt"], "id": receipt["id"]})


OTHER = {}
LIES = [value for name, value in list(globals().items()) if name.startswith("lie_")]


class Proxy(ThreadingHTTPServer):
    """Passes requests on, and changes the receipts that come back."""

    daemon_threads = True

    def __init__(self, url, lie):
        super().__init__(("127.0.0.1", 0), Handler)
        self.target = url
        self.lie = lie
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def pass_on(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        kept = ("content-type", "authorization", "accept", "last-event-id")
        headers = {n: v for n, v in self.headers.items() if n.lower() in kept}
        answer = request(self.server.target, self.path, self.command, body or None, headers)
        text = answer.body
        if answer.status in (200, 201) and self.path == "/v1/entries":
            value = json.loads(text)
            self.server.lie(value["receipt"], body.decode().strip())
            text = json.dumps(value, ensure_ascii=False).encode()
        self.send_response(answer.status)
        for name in ("content-type", "location", "cache-control", "x-request-id"):
            if answer.header(name):
                self.send_header(name, answer.header(name))
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(text)

    do_GET = do_POST = do_HEAD = pass_on

    def log_message(self, *_):
        pass


def point_to(directory, url):
    path = Path(directory, "sandbox", "sandbox.json")
    facts = json.loads(path.read_text())
    path.write_text(json.dumps({**facts, "url": url}))


def check_lies(checks, guide, directory, sandbox, environment):
    """A guide that does not verify would say that a lie is verified."""
    entry = sandbox.transfer(amount=100)
    OTHER["receipt"] = sandbox.submit([entry])[0]["receipt"]
    passed = []
    for lie in LIES:
        proxy = Proxy(sandbox.url, lie)
        point_to(directory, proxy.url)
        status, words = guide.run(directory, environment)
        # Not "unverified:", which is what the Swift client calls it.
        if status == 0 or re.search(r"^verified:", words, re.MULTILINE):
            passed.append(lie.__name__.removeprefix("lie_"))
        proxy.shutdown()
        proxy.server_close()
    point_to(directory, sandbox.url)
    checks.check(f"{guide.name}: {len(LIES)} lies are noticed", not passed, str(passed))


# --- the honest way ----------------------------------------------------------------------------


def check_words(checks, guide, sandbox, status, words):
    """The last line names an entry that the log has, under a leaf hash that is its own."""
    match = re.search(r"^verified: entry (\d+) of (\S+), leaf (\S+)$", words, re.MULTILINE)
    if not checks.check(f"{guide.name}: ends in a verified receipt", status == 0 and match,
                        f"status {status}: {words[-800:]}"):
        return
    answer = sandbox.get(f"/v1/entries/{match[1]}", login=sandbox.login("auditor"))
    entry = answer.json
    frame = entry_bytes(entry["index"], entry["time"], entry["prev"], entry["jws"])
    key = LogKey(sandbox.vkey)
    hit = leaf_hash(frame) == read_standard(match[3], "leaf") and match[2] == key.name
    checks.check(f"{guide.name}: the log has this entry", hit, words[-300:])
    stored = sandbox.get(
        f"/v1/transfers/{entry['partner']}/{entry['id']}", login=sandbox.login("auditor")
    ).json
    verify_receipt(stored["receipt"], entry["jws"], key)
    checks.check(f"{guide.name}: and a receipt of it for ever", True)


def follow(checks, guide, root):
    directory = TOP / ".build-guides" / "swift" if guide.name == "swift" else Path(root, guide.name)
    empty(directory)
    if guide.name == "swift":
        checkout(directory)
    serve = guide.texts("serve")
    if not checks.check(f"{guide.name}: starts one server and runs commands",
                        len(serve) == 1 and guide.texts("run"), str(guide.blocks)[:200]):
        return
    guide.write_files(directory)
    folder = Path(root, "tools")
    environment = environment_of(folder)
    if guide.name == "python":
        lend_packages(directory)
    shell = ["bash", "-c", f"exec {serve[0].strip()}"]
    started = time.monotonic()
    server = Server(directory, shell=shell, path=folder)
    with server as sandbox:
        status, words = guide.run(directory, environment)
        check_words(checks, guide, sandbox, status, words)
        seconds = time.monotonic() - started
        if status == 0:
            check_lies(checks, guide, directory, sandbox, environment)
    code = server.process.returncode
    checks.check(f"{guide.name}: the server ends by itself", code == 0, f"{code}: {server.words}")
    print(f"      {guide.name}: from the first command to the last in {seconds:.1f} s")


def main():
    names = sys.argv[1:] or list(TOOLS)
    unknown = [name for name in names if name not in TOOLS]
    if unknown:
        raise SystemExit(f"guides: no guide {unknown[0]}; there are {', '.join(TOOLS)}")
    checks = Checks()
    with work_directory("guides") as root:
        tools_directory(root)
        for name in names:
            guide = Guide(name) if (TOP / "docs" / "guides" / f"{name}.md").exists() else None
            missing = [tool for tool in TOOLS[name] if not shutil.which(tool)]
            if guide is None:
                checks.skip(name, "there is no such page")
            elif missing and name not in ALWAYS and not sys.argv[1:]:
                checks.skip(name, f"{missing[0]} is not there")
            elif name in LONG and not sys.argv[1:]:
                checks.skip(name, "it builds the SDK, for minutes the first time; name it to run it")
            elif checks.check(f"{name}: its tools are there", not missing, str(missing)):
                follow(checks, guide, root)
    checks.end()


if __name__ == "__main__":
    main()
