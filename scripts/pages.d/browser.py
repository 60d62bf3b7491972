"""Chromium without a window, driven over two pipes (the DevTools protocol)."""

import base64
import itertools
import json
import os
import select
import shutil
import subprocess
import time

START_SECONDS = 60
ANSWER_SECONDS = 30


def find():
    """The browser that CHROMIUM names, or one that is installed."""
    names = [os.environ["CHROMIUM"]] if "CHROMIUM" in os.environ else ["chromium", "google-chrome"]
    for name in names:
        if shutil.which(name):
            return shutil.which(name)
    raise SystemExit(f"pages: no {names[0]} here; scripts/setup test installs it")


class Browser:
    """A process of Chromium with a profile of its own."""

    def __init__(self, profile):
        down, self.output = os.pipe()
        self.input, up = os.pipe()
        command = [
            find(), "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
            "--no-first-run", "--disable-extensions", "--disable-background-networking",
            "--disable-component-update", "--disable-dev-shm-usage", "--remote-debugging-pipe",
            f"--user-data-dir={profile}", "about:blank",
        ]
        # The protocol reads commands from descriptor 3 and writes to descriptor 4. The two ends
        # may have these numbers here, so both are moved out of the way first.
        shell = 'exec 8<&"$1" 9>&"$2" 3<&8 4>&9 8<&- 9>&-; shift 2; exec "$@"'
        self.process = subprocess.Popen(
            ["bash", "-c", shell, "browser", str(down), str(up), *command],
            pass_fds=(down, up), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(down)
        os.close(up)
        self.numbers = itertools.count(1)
        self.rest = b""
        self.events = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            self.call("Browser.close", seconds=5)
        except (OSError, SystemExit):
            pass
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        os.close(self.output)
        os.close(self.input)

    def call(self, method, session=None, seconds=ANSWER_SECONDS, **parameters):
        """Calls a method and returns its result; events that come meanwhile are kept."""
        number = next(self.numbers)
        message = {"id": number, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        os.write(self.output, json.dumps(message).encode() + b"\0")
        end = time.monotonic() + seconds
        while True:
            answer = self.receive(end, method)
            if answer.get("id") == number:
                if "error" in answer:
                    raise SystemExit(f"pages: {method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer)

    def wait_for(self, method, session):
        """Reads until an event has come."""
        end = time.monotonic() + START_SECONDS
        while not any(e.get("method") == method and e.get("sessionId") == session
                      for e in self.events):
            self.events.append(self.receive(end, method))

    def receive(self, end, what):
        while b"\0" not in self.rest:
            ready, _, _ = select.select([self.input], [], [], max(0, end - time.monotonic()))
            data = os.read(self.input, 1 << 16) if ready else b""
            if not data:
                reason = "says nothing" if not ready else "ended"
                raise SystemExit(f"pages: the browser {reason} while it should do {what}")
            self.rest += data
        message, _, self.rest = self.rest.partition(b"\0")
        return json.loads(message)

    def open(self, url, width, height=900, scheme="light", media="screen"):
        """A page that has loaded in a tab of its own."""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        page = Page(self, target, session)
        for domain in ("Page", "Runtime", "Network", "Log"):
            page.call(f"{domain}.enable")
        page.call("Emulation.setDeviceMetricsOverride", width=width, height=height,
                  deviceScaleFactor=1, mobile=False)
        page.call("Emulation.setEmulatedMedia", media=media,
                  features=[{"name": "prefers-color-scheme", "value": scheme}])
        page.call("Page.navigate", url=url)
        self.wait_for("Page.loadEventFired", session)
        return page


class Page:
    """A page in its tab."""

    def __init__(self, browser, target, session):
        self.browser = browser
        self.target = target
        self.session = session

    def call(self, method, **parameters):
        return self.browser.call(method, self.session, **parameters)

    def close(self):
        self.browser.call("Target.closeTarget", targetId=self.target)

    def evaluate(self, expression):
        """What a JavaScript expression gives, as JSON."""
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        if "exceptionDetails" in result:
            raise SystemExit(f"pages: {result['exceptionDetails']}")
        return result["result"].get("value")

    def picture(self, path):
        data = self.call("Page.captureScreenshot", captureBeyondViewport=True)["data"]
        path.write_bytes(base64.b64decode(data))

    def paper(self):
        """The page as it prints: the bytes of a PDF."""
        data = self.call("Page.printToPDF", preferCSSPageSize=True, printBackground=False)["data"]
        return base64.b64decode(data)

    def told(self, method):
        return [e["params"] for e in self.browser.events
                if e.get("sessionId") == self.session and e.get("method") == method]

    @property
    def complaints(self):
        """Errors and words on the console."""
        found = [e["exceptionDetails"]["text"] for e in self.told("Runtime.exceptionThrown")]
        found += [str(e["args"][:1]) for e in self.told("Runtime.consoleAPICalled")]
        return found + [e["entry"]["text"] for e in self.told("Log.entryAdded")]

    @property
    def requests(self):
        """Addresses that the page asked for, itself included."""
        return [e["request"]["url"] for e in self.told("Network.requestWillBeSent")]
