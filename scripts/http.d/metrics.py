"""Scrapes /metrics as Prometheus does, with the parser of its Python client (docs/operations.md)."""

import re
from pathlib import Path

from prometheus_client.parser import text_string_to_metric_families

from sandbox import request

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "operations.md"
MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"


def documented():
    """Type and labels of each metric in the table of the document."""
    rows = re.findall(r"^\| `(\w+)` \| (\w+)([^|]*)\|", DOCUMENT.read_text(), re.MULTILINE)
    return {name: (kind, set(re.findall(r"`(\w+)`", labels))) for name, kind, labels in rows}


def families(text):
    """The families by the name that they are written under."""
    found = {}
    for family in text_string_to_metric_families(text):
        name = family.name + ("_total" if family.type == "counter" else "")
        if name in found:
            raise ValueError(f"{name} stands twice")
        found[name] = family
    return found


def faults(text):
    """What Prometheus or a reader of the document would stumble over."""
    found, known = [], documented()
    if not text.endswith("\n"):
        found.append("the last line has no end")
    for name, family in families(text).items():
        if name not in known:
            found.append(f"{name} is not in the document")
            continue
        kind, labels = known[name]
        if family.type != kind or not family.documentation:
            found.append(f"{name} is a {family.type} with help {family.documentation!r}")
        seen = set()
        for sample in family.samples:
            own = {label for label in sample.labels if label != "le"}
            key = (sample.name, tuple(sorted(sample.labels.items())))
            if own != labels or key in seen:
                found.append(f"{name} has the labels {sample.labels}, once or more")
            seen.add(key)
        if family.type == "histogram":
            found += histogram_faults(name, family)
        if family.type == "counter" and any(s.value < 0 for s in family.samples):
            found.append(f"{name} is below zero")
    return found


def histogram_faults(name, family):
    """Buckets are cumulative, end with +Inf, and that is the count."""
    buckets = [(float(s.labels["le"]), s.value) for s in family.samples if "le" in s.labels]
    count = [s.value for s in family.samples if s.name == name + "_count"]
    if buckets != sorted(buckets) or [v for _, v in buckets] != sorted(v for _, v in buckets):
        return [f"{name} has buckets that are not cumulative"]
    if not buckets or buckets[-1][0] != float("inf") or count != [buckets[-1][1]]:
        return [f"{name} has a count that is not its last bucket"]
    return []


class Scrape:
    """One answer of /metrics."""

    def __init__(self, sandbox):
        self.answer = request(sandbox.facts["admin"], "/metrics")
        self.text = self.answer.body.decode()
        self.families = families(self.text)

    def value(self, name, **labels):
        """The value of one sample; 0 for one that is not there yet."""
        family = self.families.get(name)
        samples = family.samples if family else []
        return next((s.value for s in samples if s.name == name and s.labels == labels), 0)


def check_planted(checks, text):
    """Texts with one fault each are found faulty."""
    plants = {
        "a bucket that falls": lambda t: re.sub(r'(commit_seconds_bucket\{le="0.0005"\}) \d+',
                                                r"\1 999999", t),
        "a count of its own": lambda t: re.sub(r"(commit_entries_count) \d+", r"\1 999999", t),
        "an unknown name": lambda t: t.replace("kontor_queue_length", "kontor_queue_size"),
        "a missing type": lambda t: t.replace("# TYPE kontor_tree_size gauge\n", ""),
        "a label too many": lambda t: t.replace('kontor_tree_size ', 'kontor_tree_size{x="y"} '),
        "a value that is none": lambda t: t.replace("kontor_tree_size ", "kontor_tree_size x"),
        "a cut": lambda t: t[:-1],
    }
    missed = []
    for name, plant in plants.items():
        other = plant(text)
        try:
            if other == text or not faults(other):
                missed.append(name)
        except ValueError:
            pass
    checks.check(f"metrics: {len(plants)} planted faults are noticed", not missed, str(missed))


def check(checks, sandbox):
    before = Scrape(sandbox)
    checks.check("metrics: the media type of the text format",
                 before.answer.status == 200 and before.answer.media_type == MEDIA_TYPE,
                 str(before.answer))
    answers = sandbox.submit([sandbox.transfer(), "nothing", sandbox.transfer()])
    refused = answers[1]["problem"]["code"] if "problem" in answers[1] else ""
    sandbox.get("/checkpoint")
    after = Scrape(sandbox)
    found = faults(after.text)
    checks.check(f"metrics: {len(after.families)} families as documented", not found, str(found))

    def rise(name, **labels):
        return after.value(name, **labels) - before.value(name, **labels)

    checks.check("metrics: accepted and refused are counted, by code",
                 rise("kontor_submissions_accepted_total") == 2
                 and rise("kontor_submissions_refused_total", code=refused) == 1, refused)
    checks.check("metrics: the tree grew, durably", rise("kontor_tree_size") == 2
                 and rise("kontor_committed_entries_total") == 2
                 and 1 <= rise("kontor_fsyncs_total") <= 2
                 and rise("kontor_commits_total") == rise("kontor_fsyncs_total"))
    route = {"route": "/checkpoint", "method": "GET", "status": "200"}
    checks.check("metrics: requests are counted by route, method and status",
                 rise("kontor_http_requests_total", **route) == 1)
    partner = sandbox.facts["partners"][0]["name"]
    position = {"partner": partner, "currency": "EUR"}
    checks.check("metrics: a position rises by what was sent",
                 rise("kontor_position_minor_units", **position) > 0)
    secrets = [sandbox.members[0], sandbox.agreement["terms"], "eyJ"]
    checks.check("metrics: no member, terms or token is named",
                 not any(word in after.text for word in secrets))
    check_planted(checks, after.text)
