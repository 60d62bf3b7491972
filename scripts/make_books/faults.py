"""Books as partners keep them, and the faults that are planted in them."""
import copy
import random
from datetime import date, timedelta

from . import world
from .world import BY_ID, DAY, SEED


class Book:
    """The lines of a partner's file, and what is wrong with them."""

    def __init__(self, partner):
        self.partner = partner
        self.file = FILES[partner.slug]
        self.lines = []
        self.planted = []
        self.opening = 1_000_000
        self.roll = 0
        self.count_error = 0
        self.closing = 0
        self.numbers = {}

    def fault(self, type, line=None, event=None, cause=None, program=None, **more):
        self.planted.append((type, line, event, cause, program, more))

    def expected(self, partner):
        entries = []
        for type, line, event, cause, program, more in self.planted:
            entry = {"type": type, "line": self.numbers.get(id(line), 0) if line is not None else more.pop("at", 0)}
            if cause:
                entry["cause"] = cause
            if event is not None:
                entry["transfer"] = f"{event['transfer']}/{event['item']}"
                entry["event"] = event["event"]
            if program:
                entry["program"] = program
            entry.update(more)
            entries.append(entry)
            # A line of both programs gives a row of each; what is not about its own units is wrong on both.
            if partner.slug == "airport-plus" and event is not None and "units" not in (more.get("field", "units")
                    if type == "amount" else ""):
                other = event["target"] if event["source"] == program else event["source"]
                entries.append(dict(entry, program=other))
        entries.sort(key=lambda entry: (entry["line"], entry["type"], entry.get("transfer", "")))
        result = {"file": f"books/{self.file}", "mapping": f"mappings/{partner.slug}.json", "partner": partner.slug,
                  "programs": sorted({line["program"] for line in self.lines if line.get("program") in BY_ID}
                                     if partner.slug == "airport-plus" else {partner.id}),
                  "lines": len(self.numbers), "unreadable": sum(1 for e in entries if e["type"] == "unparsable")}
        if partner.slug in BALANCED:
            result["balances"] = [{"program": partner.id, "opening": self.opening, "closing": self.closing}]
        result["faults"] = entries
        return result


FILES = {
    "nordwind": "nordwind.csv", "skylark": "skylark.csv", "hanse": "hanse.csv", "cafe-luna": "cafe-luna.ndjson",
    "hotel-meer": "hotel-meer.tsv", "bank-sud": "bank-sud.camt053.xml", "grand-magasin": "grand-magasin.csv",
    "airport-plus": "airport-plus.json", "bahn-vorteil": "bahn-vorteil.txt",
}
BALANCED = {"hanse", "grand-magasin", "airport-plus", "bank-sud"}


def side(event, program):
    """Signed units of a program in an event: what it gives or takes from its members."""
    sign = 1 if event["event"] == "posting" else -1
    return -sign * event["debit"] if event["source"] == program else sign * (event["base"] + event["bonus"])


def line_of(event, program):
    is_source = event["source"] == program
    return {
        "event": event["event"], "transfer": event["transfer"], "item": event["item"], "program": program,
        "units": side(event, program), "other": event["target"] if is_source else event["source"],
        "otherUnits": side(event, event["target"] if is_source else event["source"]),
        "member": event["member"] if is_source else event["to"],
        "reference": event["ref"] if is_source else event["otherRef"],
        "otherReference": event["otherRef"] if is_source else event["ref"],
        "day": date.fromisoformat(event["day"]), "status": event["status"], "money": event["money"],
        "currency": event["currency"], "fee": event["fee"], "index": event["index"], "batch": f"B{event['index']}",
    }


def plant(table, partner):
    """The book of a partner with its faults; each fault takes another row, in the order of the ledger."""
    book = Book(partner)
    source = random.Random(f"{SEED} {partner.slug}")
    mine = [e for e in table.events if partner.id in (e["source"], e["target"])]
    compared = [e for e in mine if e["window"] == "compared"]
    pairs = [(event, line_of(event, partner.id)) for event in compared]
    book.lines = [line for _, line in pairs]
    reversed_items = {(e["transfer"], e["item"]) for e in mine if e["event"] == "reversal"}
    free = [p for p in pairs if p[0]["event"] == "posting" and p[0]["status"] == "posted"
            and (p[0]["transfer"], p[0]["item"]) not in reversed_items]
    source.shuffle(free)
    if partner.slug == "bahn-vorteil":
        free = gather(table, book, pairs, free)
    for name in PLANS[partner.slug]:
        PLANTERS[name](table, book, mine, free, source)
    return book


def take(free, accept=lambda event, line: True):
    for position, (event, line) in enumerate(free):
        if accept(event, line):
            return free.pop(position)
    raise SystemExit("no row is left for a fault")


def bonus_missing(table, book, mine, free, source):
    event, line = take(free, lambda e, l: e["bonus"] > 0 and e["target"] == l["program"])
    line["units"] -= event["bonus"]
    book.fault("amount", line, event, "bonusMissing", line["program"], expected=line["units"] + event["bonus"],
               found=line["units"])


def transposed(table, book, mine, free, source):
    def swap(units):
        digits = list(str(abs(units)))
        for place in range(len(digits) - 1):
            if digits[place] != digits[place + 1] and digits[place + 1] != "0":
                digits[place], digits[place + 1] = digits[place + 1], digits[place]
                return (1 if units > 0 else -1) * int("".join(digits))
        return None
    event, line = take(free, lambda e, l: swap(l["units"]) is not None)
    before, line["units"] = line["units"], swap(line["units"])
    book.fault("amount", line, event, "transposedDigits", line["program"], expected=before, found=line["units"])


def scaled(table, book, mine, free, source):
    event, line = take(free)
    before, line["units"] = line["units"], line["units"] * 10
    book.fault("amount", line, event, "scale", line["program"], expected=before, found=line["units"])


def rounding(table, book, mine, free, source):
    event, line = take(free, lambda e, l: e["target"] == l["program"] and e["bonus"] == 0)
    line["units"] += 1
    book.fault("amount", line, event, "rounding", line["program"], expected=line["units"] - 1, found=line["units"])


def old_rate(table, book, mine, free, source):
    def units(event, line):
        agreement = table.agreements[event["agreement"]]
        if event["target"] != line["program"] or not agreement["earlierRates"]:
            return None
        old = agreement["earlierRates"][0]
        return event["amount"] * old["numerator"] // old["denominator"] + event["bonus"]
    event, line = take(free, lambda e, l: units(e, l) not in (None, l["units"]))
    before, line["units"] = line["units"], units(event, line)
    book.fault("rate", line, event, "oldRate", line["program"], expected=before, found=line["units"])


def old_price(table, book, mine, free, source):
    def money(event, line):
        agreement = table.agreements[event["agreement"]]
        if not agreement["earlierPrices"]:
            return None
        old = agreement["earlierPrices"][0]
        return world.half_even(world.Fraction(old["numerator"], old["denominator"]) * event["priced"])
    event, line = take(free, lambda e, l: money(e, l) not in (None, l["money"]))
    before, line["money"] = line["money"], money(event, line)
    book.fault("rate", line, event, "oldRate", line["program"], field="money", expected=before, found=line["money"])


def money_off(table, book, mine, free, source):
    event, line = take(free)
    line["money"] += 1
    book.fault("amount", line, event, "rounding", line["program"], field="money", expected=line["money"] - 1,
               found=line["money"])


def fee_omitted(table, book, mine, free, source):
    event, line = take(free, lambda e, l: e["fee"] > 0)
    line["fee"] = 0
    book.fault("fee", line, event, "feeOmitted", line["program"], expected=event["fee"], found=0)


def fee_doubled(table, book, mine, free, source):
    event, line = take(free, lambda e, l: e["fee"] > 0)
    line["fee"] *= 2
    book.fault("fee", line, event, "feeDoubled", line["program"], expected=event["fee"], found=line["fee"])


def other_program(table, book, mine, free, source):
    event, line = take(free)
    line["program"] = {"skylark/miles": "skylark/status", "grand-magasin/etoiles": "grand-magasin/prime"}[line["program"]]
    book.fault("unit", line, event, "otherProgram", book.partner.id, found=line["program"])


def other_currency(table, book, mine, free, source):
    event, line = take(free)
    line["currency"] = "CHF" if event["currency"] != "CHF" else "EUR"
    book.fault("unit", line, event, "otherCurrency", line["program"], field="currency", expected=event["currency"],
               found=line["currency"])


def day_off(table, book, mine, free, source):
    event, line = take(free)
    line["day"] += timedelta(days=-5)
    book.fault("date", line, event, None, line["program"], expected=event["day"], found=line["day"].isoformat())


def earlier_window(table, book, mine, free, source):
    event = next(e for e in mine if e["window"] == "earlier")
    line = line_of(event, book.partner.id)
    book.lines.insert(len(book.lines) // 2, line)
    book.fault("date", line, event, "cutOff", line["program"], window="earlier")


def late(table, book, mine, free, source):
    event = next(e for e in mine if e["window"] == "later")
    line = line_of(event, book.partner.id)
    line["day"] = DAY
    book.lines.append(line)
    book.fault("lateAfterCut", line, event, "cutOff", line["program"])


def duplicate(table, book, mine, free, source):
    event, line = take(free)
    twin = copy.deepcopy(line)
    book.lines.insert(book.lines.index(line) + 3, twin)
    book.fault("duplicate", twin, event, "duplicatePosting", line["program"])


def reversal_missing(table, book, mine, free, source):
    event = next(e for e in mine if e["event"] == "reversal" and e["window"] == "compared")
    line = next(l for l in book.lines if l["event"] == "reversal" and l["transfer"] == event["transfer"]
                and l["item"] == event["item"])
    book.lines.remove(line)
    book.fault("reversedOneSide", None, event, "reversalMissing", line["program"])


def reversal_extra(table, book, mine, free, source):
    event, line = take(free)
    twin = copy.deepcopy(line)
    twin.update(event="reversal", units=-line["units"], otherUnits=-line["otherUnits"])
    book.lines.append(twin)
    book.fault("reversedOneSide", twin, dict(event, event="reversal"), "reversalMissing", line["program"])


def status_pending(table, book, mine, free, source):
    event, line = take(free)
    line["status"] = "pending"
    book.fault("status", line, event, "pending", line["program"], expected="posted", found="pending")


def status_void(table, book, mine, free, source):
    event, line = take(free)
    line["status"] = "void"
    book.fault("status", line, event, "voided", line["program"], expected="posted", found="void")


def member_unknown(table, book, mine, free, source):
    event, line = take(free)
    line["member"] = "____________________AA"[:21] + "Q"
    book.fault("memberNotLinked", line, event, "memberUnknown", line["program"])


def member_other(table, book, mine, free, source):
    event, line = take(free)
    names = [name for pair in table.members[(line_debtor(table, event))] for name in pair]
    line["member"] = next(n for n in sorted(names) if n not in (event["member"], event["to"]))
    book.fault("memberNotLinked", line, event, "otherMember", line["program"])


def line_debtor(table, event):
    agreement = table.agreements[event["agreement"]]
    return agreement["debtor"], agreement["creditor"]


def missing(table, book, mine, free, source):
    event, line = take(free)
    book.lines.remove(line)
    book.fault("missingAtPartner", None, event, None, line["program"])


def missing_in_ledger(table, book, mine, free, source):
    _, line = free[0]
    extra = copy.deepcopy(line)
    extra.update(transfer=table.uuid(DAY), item=0, units=line["units"] + 17, reference=f"X-{book.partner.slug[:3]}-1",
                 otherReference="", batch="BX")
    extra["otherUnits"] = 0
    book.lines.append(extra)
    book.fault("missingInLedger", extra, None, None, line["program"], found=extra["units"])


def unreadable(kind):
    def planter(table, book, mine, free, source):
        event, line = take(free)
        line["broken"] = kind
        book.fault("unparsable", line, event, "unreadable", None, what=kind)
        book.fault("missingAtPartner", None, event, None, line["program"], because="unparsable")
    return planter


def gather(table, book, pairs, free):
    """One line for all postings of an entry under agreement 8, which the file books as a batch."""
    single = set(table.pair)
    groups = {}
    for event, line in pairs:
        if (event["agreement"] == 8 and event["event"] == "posting" and event["status"] == "posted"
                and (event["transfer"], event["item"]) not in single):
            groups.setdefault(event["batch"], []).append((event, line))
    for members in groups.values():
        first = members[0][1]
        first["units"] = sum(line["units"] for _, line in members)
        first["money"] = sum(line["money"] for _, line in members)
        first["sum"] = True
        for _, line in members[1:]:
            book.lines.remove(line)
    return [(e, l) for e, l in free if e["agreement"] != 8]


def ambiguous(table, book, mine, free, source):
    """Two rows of the ledger that are equal in what the file states, and one line that fits both."""
    lines = [l for l in book.lines if (l["transfer"], l["item"]) in table.pair and l["event"] == "posting"]
    first, second = lines
    book.lines.remove(second)
    first["bare"] = True
    event = next(e for e in mine if (e["transfer"], e["item"]) == table.pair[0])
    book.fault("ambiguous", first, event, "equalRows", first["program"], also="/".join(map(str, table.pair[1])))


def balance_roll(table, book, mine, free, source):
    book.roll = 100
    book.fault("balanceRoll", book.lines[len(book.lines) // 2] if book.partner.slug == "grand-magasin" else None, None,
               "controlTotal", book.partner.id, code="balanceRoll", off=100)


def control_count(table, book, mine, free, source):
    book.count_error = 1
    book.fault("balanceRoll", None, None, "controlTotal", None, code="controlTotal")


PLANTERS = {
    "bonusMissing": bonus_missing, "transposed": transposed, "scaled": scaled, "rounding": rounding, "oldRate": old_rate,
    "oldPrice": old_price, "moneyOff": money_off, "feeOmitted": fee_omitted, "feeDoubled": fee_doubled,
    "otherProgram": other_program, "otherCurrency": other_currency, "dayOff": day_off, "earlierWindow": earlier_window,
    "late": late, "duplicate": duplicate, "reversalMissing": reversal_missing, "reversalExtra": reversal_extra,
    "statusPending": status_pending, "statusVoid": status_void, "memberUnknown": member_unknown,
    "memberOther": member_other, "missing": missing, "missingInLedger": missing_in_ledger, "balanceRoll": balance_roll,
    "controlCount": control_count, "ambiguous": ambiguous, "badAmount": unreadable("amount"),
    "badDate": unreadable("date"), "shortRow": unreadable("short"), "longRow": unreadable("long"),
    "badTransfer": unreadable("transfer"), "badWord": unreadable("word"),
}

PLANS = {
    "nordwind": ["bonusMissing", "transposed", "missing", "missingInLedger", "duplicate", "statusPending", "memberUnknown",
                 "dayOff", "late", "badAmount", "oldRate"],
    "skylark": ["otherProgram", "feeOmitted", "otherCurrency", "reversalExtra", "missing", "badDate", "shortRow", "moneyOff"],
    "hanse": ["scaled", "missing", "duplicate", "reversalMissing", "balanceRoll", "controlCount", "feeDoubled"],
    "cafe-luna": ["oldRate", "memberOther", "statusVoid", "earlierWindow", "missingInLedger", "badTransfer", "feeOmitted"],
    "hotel-meer": ["rounding", "missing", "duplicate", "dayOff", "badWord", "longRow", "late", "memberUnknown"],
    "bank-sud": ["missing", "missingInLedger", "transposed", "statusPending", "balanceRoll"],
    "grand-magasin": ["oldPrice", "otherProgram", "missing", "balanceRoll", "dayOff"],
    "airport-plus": ["bonusMissing", "missing", "moneyOff", "balanceRoll", "reversalMissing"],
    "bahn-vorteil": ["ambiguous", "missing", "missingInLedger"],
}
