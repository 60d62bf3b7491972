"""A strict reader of `terms` after spec/09: it fails on the first member that the chapter does not allow."""
import math
import re

LIMIT, RATE_LIMIT = 2**53 - 1, 2**31 - 1
SLUG = re.compile(r"[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?")
CURRENCY = re.compile(r"[A-Z]{3}")
TIME = re.compile(r"\d{4}-\d\d-\d\dT[0-2]\d:[0-5]\d:[0-5]\d\.\d{3}Z")


class Invalid(Exception):
    """Terms that spec/09 refuses; the argument names the place and the rule."""


def need(condition, place, rule):
    if not condition:
        raise Invalid(f"{place}: {rule}")


def integer(low, high=LIMIT):
    def check(value, place):
        need(type(value) is int and low <= value <= high, place, f"an integer from {low} to {high}")
    return check


def text(pattern, what):
    def check(value, place):
        need(isinstance(value, str) and pattern.fullmatch(value), place, what)
    return check


def choice(*names):
    def check(value, place):
        need(value in names, place, "one of " + ", ".join(names))
    return check


def boolean(value, place):
    need(type(value) is bool, place, "true or false")


def members(required, optional=None, rule=None):
    optional = optional or {}

    def check(value, place):
        need(isinstance(value, dict), place, "an object")
        for name in value:
            need(name in required or name in optional, f"{place}.{name}", "unknown member")
        for name in required:
            need(name in value, f"{place}.{name}", "missing member")
        for name, inner in value.items():
            (required.get(name) or optional[name])(inner, f"{place}.{name}")
        if rule:
            rule(value, place)
    return check


def many(low, high, element, key=None):
    def check(value, place):
        need(isinstance(value, list) and low <= len(value) <= high, place, f"{low} to {high} elements")
        for index, inner in enumerate(value):
            element(inner, f"{place}[{index}]")
        if key:
            names = [inner[key] if isinstance(inner, dict) else inner for inner in value]
            need(len(set(names)) == len(names), place, "an element occurs twice")
    return check


def is_exactly(value, place, name, condition):
    need((name in value) == condition, f"{place}.{name}", "stands in the wrong place or is absent")


slug, currency, time = text(SLUG, "a slug"), text(CURRENCY, "a currency"), text(TIME, "a time")
units = minor = integer(0)
rate = members({"numerator": integer(1, RATE_LIMIT), "denominator": integer(1, RATE_LIMIT)})


def at_most_one(value, place):
    need(value["numerator"] <= value["denominator"], place, "a fraction is at most 1")


def ordered(value, place):
    if "validFrom" in value and "validTo" in value:
        need(value["validFrom"] < value["validTo"], place, "validTo is after validFrom")


def fixing_rule(value, place):
    low, high = value["floor"], value["ceiling"]
    need(low["numerator"] * high["denominator"] <= high["numerator"] * low["denominator"], place, "floor above ceiling")


fraction = members({"numerator": integer(0, RATE_LIMIT), "denominator": integer(1, RATE_LIMIT)}, rule=at_most_one)
fixing = members({"rule": choice("pinned", "mean", "weighted"), "spread": fraction, "bandPerDay": fraction,
                  "floor": rate, "ceiling": rate}, rule=fixing_rule)
pricing = members({}, {"fixed": rate, "fixing": fixing}, lambda v, p: need(len(v) == 1, p, "fixed or fixing"))
slugs = many(1, 16, slug)
country, category = text(re.compile("[A-Z]{2}"), "2 letters"), text(re.compile("[A-Z]{1,3}"), "1-3 letters")
tax = members({"country": country, "category": category, "ratePermille": integer(0, 1000),
               "basis": choice("net", "gross"), "invoicer": choice("debtor", "creditor")})


def conversion_rule(value, place):
    is_exactly(value, place, "ratio", "steps" not in value)
    is_exactly(value, place, "stepMode", "steps" in value)
    amounts = [step["amount"] for step in value.get("steps", [])]
    need(all(a < b for a, b in zip(amounts, amounts[1:])), place, "the amounts of steps rise")


conversion = members(
    {"rounding": choice("keepRest", "exact", "consumeAll")},
    {"ratio": pricing, "steps": many(1, 64, members({"amount": integer(1), "credit": integer(1)})),
     "stepMode": choice("exclusive", "cumulative"), "minimum": integer(1), "increment": integer(1)}, conversion_rule)


def bonus_rule(value, place):
    percent = value["kind"] == "percentOfBase"
    need(value["kind"] != "perBlock" or value["threshold"] >= 1, place, "a block is at least 1")
    is_exactly(value, place, "amount", not percent)
    is_exactly(value, place, "percent", percent)
    grouped = value["kind"] == "once" or "memberCount" in value.get("eligibility", {})
    is_exactly(value, place, "group", grouped)
    need(value["priced"] or not {"price", "funding"} & set(value), place, "price and funding only when priced")
    ordered(value, place)
    shares = [entry["share"] for entry in value.get("funding", [])]
    common = math.lcm(*[share["denominator"] for share in shares]) if shares else 1
    need(sum(s["numerator"] * common // s["denominator"] for s in shares) <= common, place, "shares above 1")
    need(all(share["numerator"] > 0 for share in shares), place, "a share is above 0")


funding = members({"partner": slug, "share": fraction, "price": rate, "budget": units,
                   "exhausted": choice("stop", "debtorPays")})
bonus = members(
    {"kind": choice("perBlock", "percentOfBase", "once"), "threshold": units,
     "thresholdUnit": choice("source", "target"), "stack": choice("additive", "exclusive"),
     "basis": choice("requested", "posted"), "priced": boolean},
    {"amount": integer(1), "percent": rate, "group": slug, "validFrom": time, "validTo": time, "price": rate,
     "eligibility": members({}, {"tiers": slugs, "products": slugs, "memberCount": integer(1)}),
     "funding": many(1, 4, funding, "partner")}, bonus_rule)


def cap_rule(value, place):
    is_exactly(value, place, "days", value["period"] == "rollingDays")
    is_exactly(value, place, "group", value["period"] != "transaction")


cap = members({"amount": units, "unit": choice("source", "target"),
               "period": choice("transaction", "day", "month", "calendarYear", "rollingDays"),
               "subject": choice("member", "product", "pair")},
              {"days": integer(1, 400), "group": slug}, cap_rule)


def fee_rule(value, place):
    need(("fixed" in value) != ("perUnit" in value), place, "fixed or perUnit")
    need("cap" not in value or "perUnit" in value, place, "a cap only with perUnit")
    need(value["plan"] != "perYear" or value["payer"] == "member", place, "perYear only when the member pays")


fee = members({"currency": currency, "plan": choice("perTransaction", "perYear"),
               "payer": choice("debtor", "creditor", "member"), "payee": slug,
               "rounding": choice("floor", "halfEven", "halfUp", "ceiling")},
              {"fixed": minor, "perUnit": rate, "cap": minor, "tax": tax}, fee_rule)


def settlement_rule(value, place):
    differ = value["priceCurrency"] != value["settlementCurrency"]
    for name in ("fxSource", "fxFallback", "fxMaxAgeDays"):
        is_exactly(value, place, name, differ)
    need(value["settlementCurrency"] in ("USD", "EUR", "GBP", "SGD"), place, "a currency of the genesis entry")


tolerance = members({"currency": currency, "absoluteAbove": minor, "absoluteBelow": minor, "percent": fraction,
                     "daysBefore": integer(0, 31), "daysAfter": integer(0, 31), "dailyBudget": minor})
settlement = members(
    {"price": pricing, "priceCurrency": currency, "settlementCurrency": currency,
     "moneyRounding": choice("halfEven", "halfUp"), "model": choice("multilateral", "bilateral", "gross"),
     "nettingForm": choice("novation", "setOff"), "creditLine": minor, "offsets": boolean,
     "objectionHours": integer(0, 720), "disputeThreshold": minor, "carryMaxDays": integer(0, 400),
     "calendar": slug, "setOffInPoints": boolean,
     "runOff": members({name: integer(0, 400) for name in ("reversals", "trueUps", "coverRelease")})},
    {"fxSource": slug, "fxFallback": choice("previousWorkingDay", "stop"), "fxMaxAgeDays": integer(0, 31),
     "tolerances": many(1, 8, tolerance, "currency")}, settlement_rule)
role = choice("controller", "jointController", "processor")
origin = choice("earned", "bought", "transferred", "gifted", "promotional", "welcome")


def side(value, place):
    need(isinstance(value, str), place, "a program id or a currency")
    parts = value.split("/")
    need(CURRENCY.fullmatch(value) or len(parts) == 2 and all(SLUG.fullmatch(part) for part in parts), place,
         "a program id or a currency")


def sides_rule(value, place):
    source, target, internal = value["from"], value["to"], value["debtor"] == value["creditor"]
    need("/" in source and source.startswith(value["debtor"] + "/") or value["kind"] == "earn" and "/" not in source,
         place + ".from", "a program of the debtor, or money for earn")
    need("/" in target and target.startswith(value["creditor"] + "/")
         or value["kind"] == "redeem" and "/" not in target, place + ".to",
         "a program of the creditor, or money for redeem")
    need(not internal or value["kind"] == "exchange", place, "one partner on both sides is an exchange")
    is_exactly(value, place, "settlement", not internal)
    is_exactly(value, place, "holdExpirySeconds", value["finality"] == "creditor")
    need(not internal or not any(entry["priced"] for entry in value.get("bonuses", [])), place, "owes itself nothing")


def terms_rule(value, place):
    ordered(value, place)
    sides_rule(value, place)
    groups = {entry["group"] for entry in value.get("groups", [])}
    used = {e["group"] for e in value.get("bonuses", []) + value.get("caps", []) if "group" in e}
    need(used <= groups, place + ".groups", "a group is not named")
    need(groups <= used, place + ".groups", "a group is not used")
    for entry in value.get("bonuses", []):
        for share in entry.get("funding", []):
            need(share["partner"] not in (value["debtor"], value["creditor"]), place, "a funder is a third partner")
    for entry in value.get("fees", []):
        named = {"debtor": value["debtor"], "creditor": value["creditor"]}
        need(entry["payer"] == "member" or named.get(entry["payee"], entry["payee"]) != named[entry["payer"]], place,
             "payer and payee differ")


channel = members({"channel": slug, "validFrom": time}, {"validTo": time}, ordered)
terms = members(
    {"kind": choice("exchange", "redeem", "earn"), "debtor": slug, "creditor": slug, "from": side, "to": side,
     "validFrom": time, "noticePeriodDays": integer(0, 3650), "utcOffsetMinutes": integer(-840, 840),
     "controllerRoles": members({"debtor": role, "creditor": role}),
     "legal": members({"eMoney": choice("outOfScope", "limitedNetwork", "licensed"), "dataAgreement": boolean,
                       "vat": choice("thirdPartyConsideration", "voucher", "outOfScope")}),
     "conversion": conversion, "finality": choice("debtor", "creditor"), "reversalDays": integer(0, 400),
     "uniqueRef": boolean},
    {"validTo": time, "channels": many(1, 16, channel, "channel"), "tax": tax,
     "groups": many(1, 32, members({"group": slug, "validTo": time}), "group"), "bonuses": many(1, 16, bonus),
     "caps": many(1, 16, cap), "fees": many(1, 8, fee),
     "lotFilter": members({"origins": many(1, 6, origin)},
                          {"maximumAgeDays": integer(0, 36500), "maximumAgeYears": integer(0, 100)}),
     "eligibility": members({}, {"accountAgeDays": integer(0, 36500), "sameName": boolean, "tiers": slugs,
                                 "products": slugs}),
     "holdExpirySeconds": integer(1, 34560000), "postingDays": integer(0, 400), "settlement": settlement}, terms_rule)
date = text(re.compile(r"\d{4}-\d\d-\d\d"), "a day")
facts = members({}, {"tier": slug, "product": slug, "origin": origin, "lotDate": date, "accountSince": date,
                     "sameName": boolean})
program = members({"program": side, "partner": slug, "name": lambda v, p: need(isinstance(v, str) and v, p, "a name"),
                   "currency": currency, "scale": integer(0, 0), "value": rate, "region": country})


def network(list_of_terms, programs, place):
    """What terms need of each other: known programmes and funders, and small common denominators of prices."""
    common = {}
    for index, value in enumerate(list_of_terms):
        here = f"{place}[{index}]"
        terms(value, here)
        for end in (value["from"], value["to"]):
            need("/" not in end or end in programs.by_id, here, f"{end} is no known programme")
        for name in (value["debtor"], value["creditor"]):
            need(name in programs.by_partner, here, f"{name} is no known partner")
        if "settlement" not in value:
            continue
        prices = [value["settlement"]["price"]["fixed"]]
        for entry in value.get("bonuses", []):
            prices += [entry["price"]] if "price" in entry else []
            for share in entry.get("funding", []):
                need(share["partner"] in programs.by_partner, here, "an unknown funder")
                prices.append(share["price"])
        key = (value["debtor"], value["creditor"], value["settlement"]["priceCurrency"])
        common[key] = math.lcm(common.get(key, 1), *[price["denominator"] for price in prices])
        need(common[key] <= RATE_LIMIT, here, "PriceDenominator")
