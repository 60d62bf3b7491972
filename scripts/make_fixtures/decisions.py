"""What the notes of single rows mean as terms: read by hand, one row at a time."""

FAR = "2036-01-01T00:00:00.000Z"
EXCLUDED = {
    174: "The source states no ratio.",
    182: "The source states no ratio.",
    **{row: "A cap without a ratio: the rate differs per card and is not in the source." for row in range(261, 268)},
}
# Which row each row replaces. The later one of the pair names the earlier one.
SUPERSEDES = {129: 137, 131: 138, 132: 139, 135: 140, 136: 141, 159: 160, 161: 162, 163: 164, 165: 166, 181: 180,
              46: 185, 223: 222, 224: 223, 230: 228, 231: 229, 238: 237, 240: 239, 281: 280, 35: 281, 288: 292,
              296: 295}
# Days that the source leaves open or tells in words.
DATES = {120: ("2026-04-01", None), 121: ("2026-04-01", None), 122: ("2026-04-01", None),
         143: ("2026-05-01", "2026-05-31"), 235: ("2013-01-01", None), 236: ("2013-01-01", None),
         242: ("2022-01-01", None), 296: ("2022-01-01", None)}
IRREVERSIBLE = (144, 209, 230, 294)
NOT_REFUNDABLE = (287,)


def percent(numerator, denominator, **more):
    """A bonus in per cent of the base."""
    return {"kind": "percentOfBase", "threshold": 0, "thresholdUnit": "source",
            "percent": {"numerator": numerator, "denominator": denominator}, "stack": "additive",
            "basis": "requested", "priced": True, **more}


def block(threshold, amount, **more):
    """A bonus for every full block of source units."""
    return {"kind": "perBlock", "threshold": threshold, "thresholdUnit": "source", "amount": amount,
            "stack": "additive", "basis": "requested", "priced": True, **more}


def once(threshold, amount, group, **more):
    """A bonus that a member has once."""
    return {**block(threshold, amount), "kind": "once", "group": group, **more}


def member_cap(amount, period, group):
    return {"amount": amount, "unit": "source", "period": period, "subject": "member", "group": group}


PREMIUM = {"products": ["strata-elite", "strata-premier", "prestige"]}
LIMITED = {"products": ["strata", "double-cash", "custom-cash", "thankyou-preferred"]}
CHARGE, OTHER = {"products": ["platinum-charge", "centurion"]}, {"products": ["other-cards"]}
PREMIUM_ROW = {"eligibility": PREMIUM, "facts": {"product": "strata-premier"}}
LIMITED_ROW = {"eligibility": LIMITED, "facts": {"product": "double-cash"}}
CHARGE_ROW = {"eligibility": CHARGE, "facts": {"product": "centurion"}}
OTHER_ROW = {"eligibility": OTHER, "facts": {"product": "other-cards"}}
SAME_NAME = {"eligibility": {"sameName": True}, "facts": {"sameName": True}}
AGED = {"eligibility": {"accountAgeDays": 90, "sameName": True}, "facts": {"sameName": True, "accountSince": "*-400"},
        "note": "identical name; both accounts at least 90 days old (stated for the Iberia side)"}
RENT_DAY = [percent(1, 4, stack="exclusive", eligibility={"tiers": ["blue"]}),
            percent(1, 2, stack="exclusive", eligibility={"tiers": ["platinum"]})]
SURVEY = {"steps": [{"amount": 2000, "credit": 275}, {"amount": 4000, "credit": 625},
                    {"amount": 6000, "credit": 1000}], "minimum": 2000,
          "note": "rows 191-193 are the steps of one schedule; each carries all of it"}
RELOAD = {"steps": [{"amount": 2500, "credit": 25}, {"amount": 5000, "credit": 75}, {"amount": 7500, "credit": 125},
                    {"amount": 10000, "credit": 200}], "minimum": 2500, "money": True,
          "note": "amounts in cents; rows 288 and 291 are steps of one schedule; each carries all of it"}
POSTED = {"stack": "exclusive", "basis": "posted", "thresholdUnit": "target"}

ROWS = {
    **{row: PREMIUM_ROW for row in (83, 92, 102, 105)},
    **{row: LIMITED_ROW for row in (282, 283, 284, 285)},
    115: {"bonuses": [percent(1, 5), percent(1, 10, eligibility={"products": ["aeroplan-visa"]})],
          "note": "20 %, and 10 % more for holders of the Aeroplan Visa"},
    142: SAME_NAME,
    143: {**SAME_NAME, "note": "up to 25 %, twice a year; the window is invented"},
    144: {"rounding": "exact", "caps": [member_cap(25000, "calendarYear", "status-exchange")],
          "lotFilter": {"origins": ["earned"], "maximumAgeYears": 1}, "facts": {"origin": "earned", "lotDate": "*0"},
          "note": "earned miles of this and last calendar year; fixed packages; once a year is only its cap"},
    171: {"eligibility": {"tiers": ["premier-silver", "premier-gold", "premier-platinum", "premier-1k",
                                    "global-services"]}, "facts": {"tier": "premier-gold"}},
    172: {"note": "bonus read as per full block; block or once per transaction is not verified", "hold": 63},
    183: {"lotFilter": {"origins": ["earned"]}, "facts": {"origin": "earned", "lotDate": "*0"}},
    187: {"note": "the source contradicts itself: blocks of 4,000 or 6,000; 4,000 taken"},
    190: SAME_NAME,
    **{row: SURVEY for row in (191, 192, 193)},
    209: {"eligibility": {"products": ["miles-points-linked"]}, "facts": {"product": "miles-points-linked"}},
    **{row: AGED for row in (212, 213)},
    **{row: SAME_NAME for row in (214, 215, 216, 217, 219)},
    221: {"bonuses": [once(1600, 500, "nectar-launch")]},
    226: {"channels": [("manual", None, "2023-06-13"), ("automatic", None, "2023-07-20")], "validTo": "2023-07-20",
          "note": "one change, two dates: the old rate ends for manual conversions first"},
    227: {"channels": [("manual", "2023-06-14", None), ("automatic", "2023-07-21", None)],
          "note": "one change, two dates; does not supersede row 226, whose automatic channel lasts five weeks longer"},
    234: {"bonuses": [percent(3, 20), percent(3, 20)], "note": "two additive bonuses of 15 % of the base"},
    **{row: CHARGE_ROW for row in (237, 238, 241)},
    **{row: OTHER_ROW for row in (239, 240)},
    246: {"yearly": 4360, "note": "the member pays per conversion or the yearly plan; both fees are stated"},
    255: {"yearly": 5000, "note": "the member pays per conversion or the yearly plan; both fees are stated"},
    256: {"bonuses": [percent(3, 25, threshold=10000, **POSTED), percent(3, 20, threshold=50000, **POSTED)],
          "hold": 28, "note": "12 % from 10,000 and 15 % from 50,000 target miles; must post in the window"},
    257: {"bonuses": [percent(3, 20, threshold=50000, **POSTED)], "hold": 28,
          "note": "second tier of row 256 alone; must post in the window"},
    258: {"bonuses": [percent(1, 5, threshold=10000)]},
    260: {"lotFilter": {"origins": ["transferred"], "maximumAgeDays": 21},
          "facts": {"origin": "transferred", "lotDate": "*-7"}},
    277: {**SAME_NAME, "note": "primary terms; other data sets say 2:1"},
    278: {"bonuses": RENT_DAY, "facts": {"tier": "blue"}, "note": "Rent Day; tiers of rows 278 and 279 together"},
    279: {"bonuses": RENT_DAY, "facts": {"tier": "platinum"}, "note": "Rent Day; tiers of rows 278 and 279 together"},
    281: {"note": "fee waived for 2020; refunds of fees already charged are entries, not terms"},
    287: {"note": "the member pays a cash price by amount, which the source does not state"},
    288: RELOAD, 291: RELOAD,
    292: {"money": True, "ratio": (1, 100), "note": "1 mile per USD; amounts in cents"},
    293: {"money": True, "ratio": (2, 100), "eligibility": {"products": ["travel-day"]},
          "facts": {"product": "travel-day"}, "note": "2 Stars per USD on a travel day; amounts in cents; Delta owes"},
}
CAP_GROUPS = {269: "hdfc-infinia-month", 277: "bilt-marriott-day", 210: "qatar-accor-year", 171: "united-marriott-year",
              286: "ihg-members-year", 287: "qatar-members-year"}
