"""Terms of spec/09 from rows of transfer-terms.csv."""
import calendar
import re
from datetime import date, datetime, timedelta
from fractions import Fraction

from . import decisions
from .decisions import ROWS
from .programs import quantized, rate

PERIODS = {"calendar_year": "calendarYear", "calendar_month": "month", "day": "day"}
AVIOS = ("british-airways", "iberia", "qatar-airways", "finnair", "aer-lingus")
TAXES = {"DE": 190, "GB": 200, "SG": 90, "AU": 100, "FR": 200}
ORDER = ("kind debtor creditor from to validFrom validTo channels noticePeriodDays utcOffsetMinutes tax "
         "controllerRoles legal groups conversion bonuses caps fees lotFilter eligibility finality "
         "holdExpirySeconds postingDays reversalDays uniqueRef settlement").split()


def instant(day, offset):
    """The first moment of a civil day at a fixed offset, as text."""
    moment = datetime(day.year, day.month, day.day) - timedelta(minutes=offset)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.000Z")


def first_day(text):
    return date.fromisoformat(text if len(text) == 10 else text + "-01")


def day_after(text):
    """The day after an inclusive last day or month."""
    day = first_day(text)
    if len(text) == 7:
        day = day.replace(day=calendar.monthrange(day.year, day.month)[1])
    return day + timedelta(days=1)


class Builder:
    """Makes the terms of rows; keeps what the rows share."""

    def __init__(self, rows, programs):
        self.rows = {int(row["row"]): row for row in rows}
        self.programs = programs
        self.sizes = {}
        for row in rows:
            for name in (row["from_program"], row["to_program"]):
                partner = programs.by_name[name]["partner"] if name in programs.by_name else None
                self.sizes[partner] = self.sizes.get(partner, 0) + 1

    def line(self, number):
        """The line of agreements.ndjson of a row."""
        row, special = self.rows[number], ROWS.get(number, {})
        terms = self.terms(number)
        line = {"row": number, "rowKind": row["kind"], "agreement": {"terms": terms},
                "supersedesRow": decisions.SUPERSEDES.get(number)}
        at = datetime.strptime(terms["validFrom"], "%Y-%m-%dT%H:%M:%S.000Z") + timedelta(hours=12)
        line["at"] = at.strftime("%Y-%m-%dT%H:%M:%S.000Z")
        if "facts" in special:
            line["facts"] = dated(special["facts"], at + timedelta(minutes=terms["utcOffsetMinutes"]))
        if "channels" in special:
            line["channel"] = special["channels"][0][0]
        line["note"] = special.get("note") or shortened(row["notes"])
        return line

    def terms(self, number):
        row, special = self.rows[number], ROWS.get(number, {})
        terms = self.sides(row, special)
        offset = self.programs.offset(terms["debtor"])
        terms["utcOffsetMinutes"] = offset
        terms.update(self.validity(number, row, special, offset))
        terms["noticePeriodDays"] = 0 if row["kind"] == "promo" else 90
        terms["conversion"] = conversion(row, special)
        terms["bonuses"] = bonuses(row, special, terms)
        terms["caps"] = caps(number, row, special)
        terms["fees"] = fees(row, special)
        for name in ("lotFilter", "eligibility"):
            if name in special:
                terms[name] = special[name]
        terms.update(finality(number, row, special))
        terms.update(groups(terms))
        return self.finished(terms, number)

    def sides(self, row, special):
        source, target = (self.programs.by_name[row[name]] for name in ("from_program", "to_program"))
        money = special.get("money", False)
        return {"kind": "earn" if money else "exchange", "debtor": source["partner"], "creditor": target["partner"],
                "from": "USD" if money else source["program"], "to": target["program"]}

    def validity(self, number, row, special, offset):
        told_from, told_to = decisions.DATES.get(number, (None, None))
        start = first_day(told_from or row["valid_from"] or "2014-01-01")
        result = {"validFrom": instant(start, offset)}
        end = special.get("validTo") or told_to or row["valid_to"]
        if end:
            result["validTo"] = min(instant(day_after(end), offset), self.successor_start(number, offset))
        if "channels" in special:
            result["channels"] = []
            for name, since, until in special["channels"]:
                entry = {"channel": name, "validFrom": instant(first_day(since) if since else start, offset)}
                if until:
                    entry["validTo"] = instant(day_after(until), offset)
                result["channels"].append(entry)
        return result

    def successor_start(self, number, offset):
        for later, earlier in decisions.SUPERSEDES.items():
            if earlier == number:
                told = decisions.DATES.get(later, (None, None))[0] or self.rows[later]["valid_from"]
                return instant(first_day(told), offset)
        return "~"

    def finished(self, terms, number):
        """Adds what no row tells (invented by rule) and puts the members in the order of the chapter."""
        internal = terms["debtor"] == terms["creditor"]
        joint = not internal and {terms["debtor"], terms["creditor"]} <= set(AVIOS)
        role = "jointController" if joint else "controller"
        terms["controllerRoles"] = {"debtor": role, "creditor": role}
        vat = {"exchange": "thirdPartyConsideration", "redeem": "voucher", "earn": "thirdPartyConsideration"}
        terms["legal"] = {"eMoney": "outOfScope" if terms["kind"] == "earn" else "limitedNetwork",
                          "vat": "outOfScope" if internal else vat[terms["kind"]], "dataAgreement": True}
        region = self.programs.by_partner[terms["creditor"]]["region"]
        if not internal and region in TAXES and number % 4 == 0:
            terms["tax"] = {"country": region, "category": "S", "ratePermille": TAXES[region], "basis": "net",
                            "invoicer": "creditor"}
        terms["uniqueRef"] = terms["kind"] != "exchange"
        if not internal:
            terms["settlement"] = self.settlement(terms, number)
        return {name: terms[name] for name in ORDER if name in terms and terms[name] != []}

    def settlement(self, terms, number):
        currency = self.programs.price_currency(terms["creditor"])
        other = "EUR" if currency == "USD" and number % 7 == 5 else currency
        result = {"price": {"fixed": rate(self.price(terms, currency))}, "priceCurrency": currency,
                  "settlementCurrency": other}
        if other != currency:
            result.update(fxSource="ecb", fxFallback="stop" if number % 2 else "previousWorkingDay", fxMaxAgeDays=5)
        result.update(
            moneyRounding="halfUp" if currency == "SGD" else "halfEven",
            model={3: "bilateral", 7: "gross"}.get(number % 10, "multilateral"),
            nettingForm="novation" if number % 3 == 0 else "setOff",
            creditLine=50_000_000 * min(20, self.sizes.get(terms["debtor"], 1)),
            offsets=number % 2 == 0, objectionHours=48 if number % 5 == 0 else 24,
            disputeThreshold=100_000)
        if number % 5 == 1:
            result["tolerances"] = [{"currency": currency, "absoluteAbove": 500, "absoluteBelow": 500,
                                     "percent": {"numerator": 1, "denominator": 1000}, "daysBefore": 0,
                                     "daysAfter": 3, "dailyBudget": 10_000}]
        result.update(carryMaxDays=90, calendar="network", setOffInPoints=number % 11 == 0,
                      runOff={"reversals": 60, "trueUps": 60, "coverRelease": 90})
        return result

    def price(self, terms, currency):
        """Money per unit of spec/09 §3: 80 % of its value; a shop gets 90 % of the money that it gives."""
        if "/" not in terms["to"]:
            given = terms["conversion"]["ratio"]["fixed"]
            return quantized(Fraction(given["numerator"], given["denominator"]) * Fraction(9, 10))
        return self.programs.price(terms["from"] if terms["kind"] == "redeem" else terms["to"], currency)


def shortened(text):
    return text if len(text) <= 120 else text[:117].rsplit(" ", 1)[0] + " ..."


def dated(facts, local):
    """Facts whose days are told relative to a moment."""
    return {name: (local.date() + timedelta(days=int(value[1:]))).isoformat()
            if isinstance(value, str) and value.startswith("*") else value for name, value in facts.items()}


def conversion(row, special):
    result = {}
    if "steps" in special:
        result.update(steps=special["steps"], stepMode="exclusive")
    else:
        n, d = special.get("ratio") or (int(row["to_units"]), int(row["from_units"]))
        result["ratio"] = {"fixed": rate(Fraction(n, d))}
    result["rounding"] = special.get("rounding", "consumeAll" if special.get("money") else "keepRest")
    if special.get("minimum") or row["minimum"]:
        result["minimum"] = special.get("minimum") or int(row["minimum"])
    if row["increment"]:
        result["increment"] = int(row["increment"])
    return result


def bonuses(row, special, terms):
    if "bonuses" in special:
        result = [dict(bonus) for bonus in special["bonuses"]]
    elif not row["bonus_amount"]:
        result = []
    elif row["bonus_amount"].endswith("%"):
        share = Fraction(int(row["bonus_amount"][:-1]), 100)
        result = [decisions.percent(share.numerator, share.denominator, threshold=int(row["bonus_threshold"]))]
    else:
        result = [decisions.block(int(row["bonus_threshold"]), int(row["bonus_amount"]))]
    for bonus in result:
        if bonus["basis"] == "posted":
            bonus.update(validFrom=terms["validFrom"], validTo=terms["validTo"])
    return result


def caps(number, row, special):
    if "caps" in special:
        return special["caps"]
    if not row["cap"]:
        return []
    return [decisions.member_cap(int(row["cap"]), PERIODS[row["cap_period"]], decisions.CAP_GROUPS[number])]


def fees(row, special):
    common = {"payer": "member", "payee": "debtor", "rounding": "halfUp"}
    result = []
    per_unit = re.match(r"([0-9.]+) USD per (?:source )?point, max (\d+) USD", row["fee"])
    fixed = re.match(r"([0-9.]+) SGD per conversion", row["fee"])
    if per_unit:
        price = Fraction(per_unit[1]) * 100
        result.append({"perUnit": rate(price), "currency": "USD", "cap": int(per_unit[2]) * 100,
                       "plan": "perTransaction", **common})
    elif fixed:
        result.append({"fixed": int(Fraction(fixed[1]) * 100), "currency": "SGD", "plan": "perTransaction", **common})
    elif row["fee"] and not row["fee"].startswith("0") and row["fee"] != "cash price by amount":
        raise ValueError(f"row {row['row']}: a fee that no rule reads: {row['fee']}")
    if "yearly" in special:
        result.append({"fixed": special["yearly"], "currency": "SGD", "plan": "perYear", **common})
    return result


def finality(number, row, special):
    """Whose signature makes an item final, and how long a hold lasts."""
    told = row["transfer_time"]
    numbers = [int(text) for text in re.findall(r"\d+", told)]
    promised = max(numbers or [2]) * (7 if "week" in told else 1)
    if "working hours" in told:
        promised = 12
    slow = "day" in told or "week" in told or "working" in told
    result = {"finality": "debtor"}
    if slow or number in decisions.IRREVERSIBLE or "hold" in special:
        days = special.get("hold") or min(42, max(7, 2 * promised))
        result = {"finality": "creditor", "holdExpirySeconds": days * 86_400}
    if slow:
        result["postingDays"] = promised
    elif "h" in told.replace("instant", "") and numbers:
        result["postingDays"] = -(-max(numbers) // 24)
    result["reversalDays"] = 0 if number in decisions.IRREVERSIBLE + decisions.NOT_REFUNDABLE else 30
    return result


def groups(terms):
    names = []
    for entry in terms["bonuses"] + terms["caps"]:
        if "group" in entry and entry["group"] not in names:
            names.append(entry["group"])
    return {"groups": [{"group": name, "validTo": terms.get("validTo", decisions.FAR)} for name in names]}
