"""Chapter 10 of the specification, exactly, for a member who has used nothing."""
from datetime import date, datetime, timedelta, timezone

LIMIT = 2**53 - 1


class Refused(Exception):
    """An amount or a member that the terms do not allow; the argument is the code."""


def ceiling(numerator, denominator):
    return -(-numerator // denominator)


def base(conversion, amount):
    """(debit, credit) of an offered amount, §1."""
    if not 1 <= amount <= LIMIT:
        raise Refused("AmountRange")
    increment = conversion.get("increment")
    least = conversion.get("minimum", increment or 1)
    if amount < least:
        raise Refused("BelowMinimum")
    if increment and (amount - least) % increment:
        raise Refused("OffIncrement")
    if "steps" in conversion:
        reached = [step for step in conversion["steps"] if step["amount"] <= amount]
        if not reached:
            raise Refused("BelowOneUnit")
        exclusive = conversion["stepMode"] == "exclusive"
        credit = reached[-1]["credit"] if exclusive else sum(step["credit"] for step in reached)
        kept, is_exact = reached[-1]["amount"], reached[-1]["amount"] == amount
    else:
        n, d = (conversion["ratio"]["fixed"][name] for name in ("numerator", "denominator"))
        credit = amount * n // d
        if credit == 0:
            raise Refused("BelowOneUnit")
        kept, is_exact = ceiling(credit * d, n), credit * d == amount * n
    if conversion["rounding"] == "exact" and not is_exact:
        raise Refused("InexactAmount")
    return (kept if conversion["rounding"] == "keepRest" else amount), credit


def applies(bonus, amount, credit, time, facts):
    measured = amount if bonus["thresholdUnit"] == "source" else credit
    who = bonus.get("eligibility", {})
    return (bonus.get("validFrom", "") <= time and time < bonus.get("validTo", "~")
            and ("tiers" not in who or facts.get("tier") in who["tiers"])
            and ("products" not in who or facts.get("product") in who["products"])
            and measured >= bonus["threshold"])


def units(bonus, amount, credit):
    if bonus["kind"] == "once":
        return bonus["amount"]
    if bonus["kind"] == "percentOfBase":
        return credit * bonus["percent"]["numerator"] // bonus["percent"]["denominator"]
    return (amount if bonus["thresholdUnit"] == "source" else credit) // bonus["threshold"] * bonus["amount"]


def bonus_units(terms, amount, credit, time, facts):
    """Bonus of an item whose member and funders have used nothing, §2."""
    total, largest = 0, 0
    for bonus in terms.get("bonuses", []):
        if not applies(bonus, amount, credit, time, facts):
            continue
        granted = units(bonus, amount, credit)
        for share in bonus.get("funding", []):
            funded = granted * share["share"]["numerator"] // share["share"]["denominator"]
            if funded > share["budget"] and share["exhausted"] == "stop":
                granted = 0
        if bonus["stack"] == "additive":
            total += granted
        else:
            largest = max(largest, granted)
    return total + largest


def local_day(time, offset):
    moment = datetime.strptime(time, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=timezone.utc)
    return (moment + timedelta(minutes=offset)).date()


def check_member(terms, time, facts):
    """Eligibility and lots: what the signer attests must fit the terms."""
    who, today = terms.get("eligibility", {}), local_day(time, terms["utcOffsetMinutes"])
    since = date.fromisoformat(facts["accountSince"]) if "accountSince" in facts else today
    if ("tiers" in who and facts.get("tier") not in who["tiers"]
            or "products" in who and facts.get("product") not in who["products"]
            or who.get("sameName") and facts.get("sameName") is not True
            or (today - since).days < who.get("accountAgeDays", 0)):
        raise Refused("NotEligible")
    if "lotFilter" in terms:
        lots = terms["lotFilter"]
        lot = date.fromisoformat(facts["lotDate"]) if "lotDate" in facts else date.min
        if (facts.get("origin") not in lots["origins"]
                or (today - lot).days > lots.get("maximumAgeDays", 10**6)
                or today.year - lot.year > lots.get("maximumAgeYears", 10**4)):
            raise Refused("LotNotAllowed")


def check_time(terms, time, channel):
    if not terms["validFrom"] <= time < terms.get("validTo", "~"):
        raise Refused("NotUsable")
    if "channels" in terms:
        named = [entry for entry in terms["channels"] if entry["channel"] == channel]
        if not named or not named[0]["validFrom"] <= time < named[0].get("validTo", "~"):
            raise Refused("ChannelNotUsable")


def quote(terms, amount, time, facts, channel=None):
    """(debit, credit, bonus) of an amount at a time; period caps are not judged."""
    check_time(terms, time, channel)
    check_member(terms, time, facts)
    debit, credit = base(terms["conversion"], amount)
    return debit, credit, bonus_units(terms, amount, credit, time, facts)
