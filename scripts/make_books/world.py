"""The table of transfers that the ledger and all books are made from."""
import base64
import hashlib
import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from fractions import Fraction

SEED = 20261122
LEDGER = base64.urlsafe_b64encode(hashlib.sha256(b"fixtures/reconciliation").digest()).decode().rstrip("=")
DAY = date(2026, 11, 22)
MINOR = {"EUR": 2, "USD": 2, "CHF": 2}


@dataclass
class Partner:
    slug: str
    program: str
    scale: int = 0

    @property
    def id(self):
        return f"{self.slug}/{self.program}"


PARTNERS = [
    Partner("nordwind", "miles"), Partner("skylark", "miles"), Partner("hanse", "punkte", 1), Partner("cafe-luna", "beans"),
    Partner("hotel-meer", "stars"), Partner("bank-sud", "points"), Partner("grand-magasin", "etoiles", 2),
    Partner("airport-plus", "coins"), Partner("bahn-vorteil", "taler"),
]
BY_ID = {partner.id: partner for partner in PARTNERS}

# debtor, creditor, kind, source, target, rate, earlier rates, price in minor units, earlier prices, currency, fee
AGREEMENTS = [
    ("nordwind", "hotel-meer", "exchange", (1, 2), [(2, 3)], (71, 100), [], "EUR", 0),
    ("hotel-meer", "nordwind", "exchange", (3, 2), [(5, 3)], (98, 100), [(95, 100)], "EUR", 0),
    ("skylark", "airport-plus", "exchange", (1, 4), [(1, 5)], (113, 100), [], "USD", 25),
    ("airport-plus", "skylark", "exchange", (3, 1), [], (105, 100), [], "USD", 0),
    ("hanse", "cafe-luna", "exchange", (1, 10), [(1, 8)], (5, 2), [], "EUR", 10),
    ("cafe-luna", "bank-sud", "exchange", (4, 1), [(5, 1)], (62, 100), [], "EUR", 0),
    ("bank-sud", "grand-magasin", "exchange", (25, 1), [(20, 1)], (1, 100), [], "EUR", 0),
    ("grand-magasin", "hanse", "redeem", (1, 5), [], (3, 100), [(2, 100)], "CHF", 0),
    ("bahn-vorteil", "nordwind", "exchange", (2, 1), [(9, 4)], (66, 100), [], "EUR", 0),
    ("bank-sud", "bahn-vorteil", "exchange", (1, 3), [], (4, 5), [], "EUR", 15),
    ("hotel-meer", "skylark", "exchange", (1, 1), [], (9, 10), [], "USD", 0),
    ("airport-plus", "bahn-vorteil", "exchange", (2, 5), [(1, 2)], (7, 8), [], "EUR", 0),
]


def rate(pair):
    return {"numerator": pair[0], "denominator": pair[1]}


def half_even(value):
    return round(value)


class World:
    """Agreements, and the events of the ledger in its order."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        programs = {partner.slug: partner.id for partner in PARTNERS}
        self.agreements = []
        for number, row in enumerate(AGREEMENTS):
            debtor, creditor, kind, ratio, earlier, price, earlier_prices, currency, fee = row
            name = hashlib.sha256(f"agreement {number}".encode()).digest()
            self.agreements.append({
                "name": base64.urlsafe_b64encode(name).decode().rstrip("="), "debtor": debtor, "creditor": creditor,
                "kind": kind, "source": programs[debtor], "target": programs[creditor], "rate": rate(ratio),
                "earlierRates": [rate(pair) for pair in earlier], "price": rate(price),
                "earlierPrices": [rate(pair) for pair in earlier_prices], "currency": currency, "rounding": "halfEven",
                "fee": fee, "feePayer": debtor if fee else None, "feePayee": creditor if fee else None})
        self.members = {}
        self.events = []
        for number in range(len(AGREEMENTS)):
            self.entry(number, 6, "earlier", DAY - timedelta(days=2))
            for _ in range(2):
                self.entry(number, 5 + number % 2, "compared", DAY - timedelta(days=self.random.randrange(2)))
            self.entry(number, 1, "later", DAY + timedelta(days=1))
        self.reversals()
        self.twins()

    def pseudonym(self):
        return base64.urlsafe_b64encode(self.random.randbytes(16)).decode().rstrip("=")

    def linked(self):
        """Every pseudonym that is linked, sorted."""
        return sorted(name for pair in self.members.values() for pair_names in pair for name in pair_names)

    def member(self, agreement):
        pairs = self.members.setdefault((agreement["debtor"], agreement["creditor"]), [])
        if len(pairs) < 8:
            pairs.append((self.pseudonym(), self.pseudonym()))
            return pairs[-1]
        return self.random.choice(pairs)

    def uuid(self, day):
        moment = datetime(day.year, day.month, day.day, 9, tzinfo=timezone.utc)
        milliseconds = int(moment.timestamp() * 1000) + self.random.randrange(36_000_000)
        value = milliseconds << 80 | 0x7 << 76 | self.random.getrandbits(12) << 64 | 0b10 << 62 | self.random.getrandbits(62)
        text = f"{value:032x}"
        return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))

    def entry(self, number, count, window, day):
        agreement = self.agreements[number]
        transfer, index = self.uuid(day), 1_000 + len(self.events)
        status = "pending" if window == "compared" and number % 4 == 3 and self.random.random() < .3 else "posted"
        for item in range(count):
            numerator, denominator = agreement["rate"]["numerator"], agreement["rate"]["denominator"]
            steps = self.random.randrange(20, 400)
            amount = steps * denominator * (10 if denominator < 10 else 1)
            base = amount * numerator // denominator
            bonus = base // 4 if self.random.random() < .35 else 0
            source, target = self.member(agreement)
            self.add(agreement, number, transfer, index, item, "posting", status, window, day, amount, amount, base,
                     bonus, source, target, f"{agreement['debtor'][:2].upper()}-{day:%m%d}-{index}-{item}")

    def add(self, agreement, number, transfer, index, item, event, status, window, day, amount, debit, base, bonus,
            source, target, ref):
        priced = debit if agreement["kind"] == "redeem" else base + bonus
        price = Fraction(agreement["price"]["numerator"], agreement["price"]["denominator"])
        self.events.append({
            "index": index, "item": item, "transfer": transfer, "event": event, "status": status, "window": window,
            "day": day.isoformat(), "agreement": number, "source": agreement["source"], "target": agreement["target"],
            "member": source, "to": target, "amount": amount, "debit": debit, "base": base, "bonus": bonus,
            "priced": priced, "ref": ref, "otherRef": f"{agreement['creditor'][:2].upper()}{index}{item:02}",
            "batch": f"B{index}", "currency": agreement["currency"], "money": half_even(price * priced), "fee": agreement["fee"]})

    def reversals(self):
        """One whole reversal an agreement of two, of an item of the same window."""
        for number in range(0, len(self.agreements), 2):
            first = [e for e in self.events
                     if e["agreement"] == number and e["window"] == "compared" and e["status"] == "posted"]
            for victim in first[1:9:5]:
                event = dict(victim)
                event.update(event="reversal", index=1_000 + len(self.events), day=DAY.isoformat())
                self.events.append(event)

    def twins(self):
        """An item that is equal to another one in all but its names: no book without names can tell them apart."""
        number = 8
        reversed_items = {(e["transfer"], e["item"]) for e in self.events if e["event"] == "reversal"}
        first = next(e for e in self.events
                     if e["agreement"] == number and e["window"] == "compared" and e["status"] == "posted"
                     and (e["transfer"], e["item"]) not in reversed_items)
        day = date.fromisoformat(first["day"])
        second = dict(first, index=1_000 + len(self.events), item=0, transfer=self.uuid(day))
        second.update(ref=f"BA-{day:%m%d}-{second['index']}-0", otherRef=f"NO{second['index']}00")
        self.events.append(second)
        self.pair = [(e["transfer"], e["item"]) for e in (first, second)]

    def terms(self):
        return {"currency": "EUR", "cutDay": DAY.isoformat(), "asOf": (DAY + timedelta(days=1)).isoformat(),
                "daysBefore": 1, "daysAfter": 1, "linkedMembers": self.linked(),
                "quotes": [{"currency": "USD", "numerator": 10000, "denominator": 11357},
                           {"currency": "CHF", "numerator": 10000, "denominator": 9421}]}
