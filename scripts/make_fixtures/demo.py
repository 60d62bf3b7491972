"""The demo network: terms of the rows, brought into force together, with invented promotions and redemptions."""
import copy
from datetime import datetime
from fractions import Fraction

from . import decisions
from .agreements import ORDER, dated, groups
from .decisions import block, once, percent
from .programs import quantized, rate

START, END = "2026-06-01T00:00:00.000Z", "2027-06-01T00:00:00.000Z"
FIRST_DAY = datetime(2026, 6, 1, 12)
AUTUMN, WINTER = "2026-09-01T00:00:00.000Z", "2026-12-01T00:00:00.000Z"
SUMMER = {"validFrom": START, "validTo": AUTUMN}
HALF = {"validFrom": START, "validTo": WINTER}

# Rows that another row of the same pair replaces, or that speak of the past.
LEFT_OUT = (23, 27, 176, 192, 193, 257, 291, 279)
# Promotions of the source that stand as bonuses of the base agreement of their pair.
MERGED = {115: 49, 116: 58, 117: 71, 118: 104, 119: 46, 120: 86, 121: 98, 143: 142, 221: 220, 278: 190}
# Promotions of pairs without base terms in the source: agreements of their own, for three months.
ALONE = (122, 234, 256, 258, 273, 274, 275)
RENT_DAY = {"validFrom": "2026-07-01T05:00:00.000Z", "validTo": "2026-07-02T05:00:00.000Z"}

# Invented bonuses with funders: row, bonus, funders (partner, share, budget in units, exhausted).
FUNDED = (
    (163, percent(1, 10, **HALF), (("amex-us", (1, 2), 5_000_000, "debtorPays"),)),
    (194, percent(1, 10, threshold=20_000, **SUMMER), (("dbs", (1, 1), 2_000_000, "stop"),)),
    (85, percent(3, 20, stack="exclusive", **SUMMER), (("accor", (1, 4), 3_000_000, "debtorPays"),)),
    (24, once(5_000, 2_500, "bilt-hyatt-welcome", eligibility={"memberCount": 5_000}),
     (("wells-fargo", (1, 2), 12_500_000, "stop"),)),
    (67, percent(1, 5, eligibility={"memberCount": 10_000}, group="capital-one-emirates"), ()),
    (233, percent(1, 5, **SUMMER),
     (("anz-rewards", (1, 3), 1_000_000, "stop"), ("amex-au", (1, 3), 800_000, "debtorPays"))),
    (230, percent(1, 10, stack="exclusive", **HALF), (("uob", (1, 2), 1_500_000, "debtorPays"),)),
    (210, block(45_000, 1_000, **HALF), (("citi-thankyou", (2, 5), 400_000, "debtorPays"),)),
    (125, percent(1, 20, basis="posted", **HALF), (("payback", (1, 2), 600_000, "stop"),)),
    (171, percent(1, 10, eligibility={"tiers": ["global-services"]}, **SUMMER), ()),
)
# Funders of bonuses of the source: row of the base agreement, place of the bonus.
CO_FUNDED = {(142, 0): (("amex-de", (2, 5), 4_000_000, "stop"),),
             (220, 0): (("amex-uk", (1, 2), 10_000_000, "debtorPays"),),
             (46, 0): (("starbucks", (1, 10), 1_000_000, "debtorPays"),)}
# Invented redemptions: program, shop, money or program received, units out and in, minimum, increment, commits.
REDEEMED = (
    ("bilt/points", "starbucks", "USD", 20, 11, 500, 1, False),
    ("delta/miles", "starbucks", "USD", 1, 1, 500, None, False),
    ("marriott-bonvoy/points", "delta", "USD", 2, 1, 5_000, 500, True),
    ("chase/points", "southwest", "USD", 1, 1, 1_000, None, False),
    ("capital-one/miles", "jetblue", "USD", 10, 7, 1_000, 10, False),
    ("hilton/points", "american-airlines", "USD", 3, 1, 10_000, None, True),
    ("british-airways/avios", "tesco-clubcard", "GBP", 3, 2, 250, 250, False),
    ("virgin-points/points", "nectar", "GBP", 2, 1, 1_000, None, False),
    ("amex-uk/points", "virgin-red", "GBP", 2, 1, 500, 500, False),
    ("miles-and-more/miles", "payback", "EUR", 3, 1, 1_500, 3, False),
    ("amex-de/points", "sas-eurobonus", "EUR", 5, 2, 1_000, 5, False),
    ("flying-blue/miles", "accor", "EUR", 5, 4, 2_000, None, True),
    ("krisflyer/miles", "kris-plus", "SGD", 1, 1, 10, None, False),
    ("dbs/points", "uob", "SGD", 4, 3, 100, 4, False),
    ("qantas/points", "airasia", "airasia/points", 2, 3, 1_000, 2, False),
    ("velocity/points", "flybuys", "flybuys/points", 1, 2, 500, None, False),
)


def pair(terms):
    """What may stand once in the network."""
    products = tuple(terms.get("eligibility", {}).get("products", ()))
    return (terms["debtor"], terms["creditor"], terms["kind"], terms["from"], terms["to"], products)


def finished(terms):
    return {name: terms[name] for name in ORDER if name in terms and terms[name] not in ([], None)}


def shares(builder, terms, funders):
    """Funders pay nine tenths of the agreement's price."""
    fixed = terms["settlement"]["price"]["fixed"]
    price = rate(quantized(Fraction(fixed["numerator"], fixed["denominator"]) * Fraction(9, 10)))
    return [{"partner": partner, "share": {"numerator": share[0], "denominator": share[1]}, "price": price,
             "budget": budget, "exhausted": exhausted} for partner, share, budget, exhausted in funders]


def in_force(terms, end=END):
    """The same terms, from the first day of the demo."""
    terms = copy.deepcopy(terms)
    terms.update(validFrom=START, validTo=end)
    for bonus in terms.get("bonuses", []):
        if "validFrom" in bonus:
            bonus.update(validFrom=START, validTo=end)
    for entry in terms.get("channels", []):
        entry.pop("validTo", None)
        entry["validFrom"] = START if entry["channel"] == "manual" else "2026-07-21T00:00:00.000Z"
    for entry in terms.get("groups", []):
        entry["validTo"] = END
    return terms


def promoted(builder, base, promotions):
    """Adds bonuses of promotions of the source, and invented ones, to base terms."""
    terms = in_force(builder.terms(base))
    bonuses = terms.setdefault("bonuses", [])
    for number in promotions:
        window = RENT_DAY if number == 278 else SUMMER
        bonuses += [{**bonus, **window} for bonus in builder.terms(number)["bonuses"]]
    for (row, place), funders in CO_FUNDED.items():
        if row == base:
            bonuses[place]["funding"] = shares(builder, terms, funders)
    for row, bonus, funders in FUNDED:
        if row == base:
            bonus = dict(bonus)
            if funders:
                bonus["funding"] = shares(builder, terms, funders)
            bonuses.append(bonus)
    terms.update(groups({"bonuses": bonuses, "caps": terms.get("caps", []), "validTo": END}))
    return finished(terms)


def entry_of_row(builder, number, terms, promotions):
    line = builder.line(number)
    source = [number] + list(promotions)
    invented = any(row == number for row, _, _ in FUNDED) or any(row == number for row, _ in CO_FUNDED)
    entry = {"name": f"row-{number}", "rows": source, "invented": False, "inventedBonus": invented}
    for name in ("facts", "channel"):
        if name in line:
            entry[name] = line[name]
    if "facts" in entry:
        entry["facts"] = dated(decisions.ROWS[number]["facts"], FIRST_DAY)
    entry["terms"] = terms
    return entry


def redemption(builder, place):
    source, shop, received, units_out, units_in, minimum, increment, commits = REDEEMED[place]
    programs = builder.programs
    terms = {"kind": "redeem", "debtor": source.split("/")[0], "creditor": shop, "from": source, "to": received,
             "validFrom": START, "validTo": END, "noticePeriodDays": 60,
             "utcOffsetMinutes": programs.offset(shop), "bonuses": [], "caps": [],
             "conversion": {"ratio": {"fixed": rate(Fraction(units_in, units_out))}, "rounding": "keepRest",
                            "minimum": minimum},
             "finality": "creditor" if commits else "debtor", "reversalDays": 30}
    if increment:
        terms["conversion"]["increment"] = increment
    if commits:
        terms.update(holdExpirySeconds=14 * 86_400, postingDays=3)
    terms = builder.finished(terms, 300 + place)
    return {"name": f"redeem-{source.split('/')[0]}-{shop}", "rows": [], "invented": True, "inventedBonus": False,
            "terms": terms}


def network(builder):
    """Programmes and agreements of the demo."""
    merged = {}
    for promotion, base in MERGED.items():
        merged.setdefault(base, []).append(promotion)
    entries = []
    for number, row in builder.rows.items():
        if number in decisions.EXCLUDED or number in LEFT_OUT or number in MERGED:
            continue
        if number in ALONE:
            terms = finished(in_force(builder.terms(number), AUTUMN))
        elif row["kind"] in ("base", "step", "earn_step", "p2p") or number == 293:
            terms = promoted(builder, number, merged.get(number, []))
        else:
            continue
        entries.append(entry_of_row(builder, number, terms, merged.get(number, [])))
    entries += [redemption(builder, place) for place in range(len(REDEEMED))]
    used = {entry["terms"][end] for entry in entries for end in ("from", "to")}
    partners = {entry["terms"][end] for entry in entries for end in ("debtor", "creditor")}
    partners |= {share["partner"] for entry in entries for bonus in entry["terms"].get("bonuses", [])
                 for share in bonus.get("funding", [])}
    listed = [value for value in builder.programs.by_id.values()
              if value["program"] in used or value["partner"] in partners]
    return {"validFrom": START, "validTo": END, "settlementCurrencies": ["USD", "EUR", "GBP", "SGD"],
            "calendar": "network", "programs": listed, "agreements": entries}


def text(value, compact):
    """One programme or agreement per line."""
    parts = []
    for name, inner in value.items():
        if name in ("programs", "agreements"):
            body = "[\n" + ",\n".join(compact(entry) for entry in inner) + "\n]"
        else:
            body = compact(inner)
        parts.append(f"{compact(name)}:{body}")
    return "{\n" + ",\n".join(parts) + "\n}\n"
