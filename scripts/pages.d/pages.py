"""Opens statements of a demonstration, or the files named, in a real browser (spec/22 §7)."""

import json
import os
import re
import shutil
import sys
from decimal import Decimal
from pathlib import Path
from urllib.parse import unquote

from browser import Browser
from client import Checks, succeed, work_directory

TOP = Path(__file__).resolve().parents[2]
LOOK = Path(__file__).with_name("look.js").read_text()
PLANTED = Path(__file__).with_name("planted.html")
PARTNERS = 14
STATEMENTS = 5
# Text below this many pixels is hard to read on a screen.
SMALLEST = 11
# A4 without its margins of 14 mm, at 96 to an inch.
PAPER = 688
VIEWS = {
    "wide": {"width": 1280},
    "phone": {"width": 360},
    "dark": {"width": 1280, "scheme": "dark"},
    "dark phone": {"width": 360, "scheme": "dark"},
    "paper": {"width": PAPER, "scheme": "dark", "media": "print"},
}


# --- a small demonstration ---------------------------------------------------------------------


def small_network(folder):
    """The demonstration's network, cut down to its busiest partners and what they agreed."""
    source = TOP / "fixtures" / "demo"
    lines = (source / "network.json").read_text().split("\n")
    agreements = [json.loads(line.rstrip(",")) for line in lines if line.startswith('{"name"')]
    busy = {}
    for agreement in agreements:
        for side in ("debtor", "creditor"):
            name = agreement["terms"][side]
            busy[name] = busy.get(name, 0) + 1
    kept = set(sorted(busy, key=lambda name: (-busy[name], name))[:PARTNERS])
    dropped = set(busy) - kept

    def stays(line):
        if line.startswith('{"program"'):
            return json.loads(line.rstrip(","))["partner"] in kept
        return not line.startswith('{"name"') or not any(
            f'"{name}"' in line or f'"{name}/' in line for name in dropped
        )

    lines = [line for line in lines if stays(line)]
    for place, line in enumerate(lines[1:]):
        if line.startswith("]"):
            lines[place] = lines[place].rstrip(",")
    (folder / "demo").mkdir(parents=True)
    (folder / "demo" / "network.json").write_text("\n".join(lines))
    shutil.copy(source / "rates.csv", folder / "demo")


def play(root):
    """Plays two nights and picks statements that differ in what they show."""
    small_network(root / "fixtures")
    succeed("demo", "--data", root / "ledger", "--fixtures", root / "fixtures",
            "--transfers", 400, "--json")
    pages = sorted((root / "ledger" / "nights").rglob("*.html"))
    read = {page: json.loads(page.with_suffix(".json").read_text()) for page in pages}

    def most(what):
        return max(pages, key=lambda page: what(read[page]))

    picked = [
        most(lambda s: len(s["lines"])), most(lambda s: len(s["debts"])),
        most(lambda s: int(s["due"])), most(lambda s: -int(s["due"])),
        most(lambda s: len({d["priceCurrency"] for d in s["debts"]})),
        most(lambda s: len(s["trueUps"])), most(lambda s: -len(s["debts"])),
    ]
    return list(dict.fromkeys(picked)), len(pages)


# --- what a page must be -----------------------------------------------------------------------


def faults(page, look, path):
    """What is wrong with any page, whatever it shows."""
    found = {
        "an error": page.complaints,
        "something fetched": [u for u in page.requests[1:] if not u.startswith("data:")],
        "wider than the window": [] if look["width"] <= look["window"] else [look["width"]],
        "outside of the window": look["outside"],
        "faint": look["faint"],
        "too small": [] if look["smallest"] >= SMALLEST else [look["smallest"]],
        "a link to nothing": dead_links(look, path),
        "a link without a name": [look["namelessLinks"]] if look["namelessLinks"] else [],
        "an empty table": [t["title"] for t in look["tables"] if not t["isSeen"] or not t["rows"]],
        "no title": [] if look["title"] and look["language"] and look["headings"] else ["none"],
    }
    return {name: list(map(str, values)) for name, values in found.items() if values}


def dead_links(look, path):
    dead = []
    for link in set(look["links"]):
        if link.startswith("#"):
            alive = link[1:] in look["ids"]
        else:
            alive = not re.match(r"[a-z]+:|/", link) and (path.parent / unquote(link)).is_file()
        if not alive:
            dead.append(link)
    return sorted(dead)


def paper_faults(look):
    """On paper nothing scrolls, so nothing may hang out at all, and small type is usual."""
    return {name: values for name, values in look.items() if name != "too small"}


def number(text):
    """The number of a cell, with a true minus; nothing counts as 0."""
    return Decimal(text.replace(",", "").replace("\u2212", "-") or "0")


def check_figures(checks, name, look, statement):
    """The page shows the statement's figures, as the partner sees them."""
    tables = {table["head"][0] + table["head"][1]: table for table in look["tables"]}
    debts, lines = statement["debts"], statement["lines"]
    rows = tables.get("No.Counterparty", {"rows": []})["rows"]
    sign = [1 if debt["creditor"] == statement["partner"] else -1 for debt in debts]
    places = {"JPY": 0, "KRW": 0, "BHD": 3, "KWD": 3}.get(statement["currency"], 2)
    unit = Decimal(10) ** -places
    shown = [number(row[-1]) for row in rows]
    stated = [sign * int(debt["amount"]) * unit for sign, debt in zip(sign, debts)]
    checks.check(f"{name}: {len(debts)} agreements with their amounts", shown == stated,
                 f"{shown} is not {stated}")
    rows = tables.get("EntryItem", {"rows": []})["rows"]
    stated = [sign[line["debt"]] * int(line["amount"]) * unit for line in lines[:1_000]]
    shown = [number(row[-1]) for row in rows]
    checks.check(f"{name}: {len(stated)} lines with their amounts", shown == stated)
    due = int(statement["due"])
    words = "You receive" if due > 0 else "You pay" if due < 0 else "Nothing is paid now"
    total = next((t for t in look["totals"] if t.startswith(words)), "")
    amount = total.removeprefix(words).strip().removesuffix(statement["currency"]).strip()
    checks.check(f"{name}: what is paid", amount and number(amount) == abs(due) * unit, total)
    checks.check(f"{name}: whose it is", statement["partner"] in look["headings"][0])


def check_planted(checks, browser, root):
    """The page with planted faults is faulty in every way that is looked for."""
    path = root / "planted.html"
    shutil.copy(PLANTED, path)
    page = browser.open(path.as_uri(), 360)
    found = faults(page, page.evaluate(LOOK), path)
    page.close()
    sought = ["an error", "something fetched", "wider than the window", "outside of the window",
              "faint", "too small", "a link to nothing", "a link without a name",
              "an empty table", "no title"]
    checks.check("each planted fault is noticed", list(found) == sought,
                 str([name for name in sought if name not in found]))


def check_page(checks, browser, path, statement):
    name = f"{path.parent.name}/{path.stem}"
    grounds = []
    for view, options in VIEWS.items():
        page = browser.open(path.as_uri(), **options)
        look = page.evaluate(LOOK)
        found = faults(page, look, path)
        if view == "paper":
            found = paper_faults(found)
            pdf = page.paper()
            checks.check(f"{name}: prints", pdf.startswith(b"%PDF-") and len(pdf) > 2_000)
        checks.check(f"{name}: {view}", not found, str(found)[:600])
        grounds.append(look["ground"])
        if os.environ.get("KEEP"):
            page.picture(path.with_name(f"{path.stem}-{view.replace(' ', '-')}.png"))
        page.close()
    checks.check(f"{name}: is dark where that is asked for, and white on paper",
                 max(grounds[2]) < 64 and max(grounds[3]) < 64 and grounds[4] == [255, 255, 255],
                 str(grounds))
    if statement is not None:
        check_figures(checks, name, look, statement)


def main():
    checks = Checks()
    with work_directory("pages") as directory:
        root = Path(directory)
        if sys.argv[1:]:
            picked = [(Path(name).resolve(), None) for name in sys.argv[1:]]
            for path, _ in picked:
                if not path.is_file():
                    raise SystemExit(f"pages: {path} is not there")
        else:
            paths, count = play(root)
            print(f"      {len(paths)} of {count} statements of two nights")
            picked = [(p, json.loads(p.with_suffix(".json").read_text())) for p in paths]
        with Browser(root / "profile") as browser:
            check_planted(checks, browser, root)
            for path, statement in picked:
                check_page(checks, browser, path, statement)
    checks.end()


if __name__ == "__main__":
    main()
