"""The programmes of the source: ids, home currencies, regions and values of a unit."""
from fractions import Fraction

# Minor units of a currency per US cent. Invented and fixed, so that files never change with a market.
RATES = {"USD": Fraction(1), "EUR": Fraction(9, 10), "GBP": Fraction(4, 5), "SGD": Fraction(13, 10),
         "AUD": Fraction(3, 2), "INR": Fraction(85)}
SETTLEMENT = ("USD", "EUR", "GBP", "SGD")
# US cents per unit where point-values.csv has no row. Invented.
DEFAULTS = {"bank": Fraction(1), "airline": Fraction(6, 5), "hotel": Fraction(3, 5), "shop": Fraction(1, 2),
            "status": Fraction(5)}
# Minor units of the home currency per unit, as the notes of the source tell.
TOLD = {"nectar/points": Fraction(1, 2), "payback/points": Fraction(1), "tesco-clubcard/points": Fraction(1)}
# Fixed offset of the civil clock of a region, in minutes.
OFFSETS = {"US": -300, "CA": -300, "MX": -360, "PA": -300, "CO": -300, "BR": -180, "GB": 0, "IE": 0, "PT": 0,
           "DE": 60, "FR": 60, "ES": 60, "BE": 60, "SE": 60, "GR": 120, "FI": 120, "TR": 180, "QA": 180,
           "AE": 240, "IN": 330, "TH": 420, "SG": 480, "HK": 480, "CN": 480, "MY": 480, "TW": 480,
           "JP": 540, "KR": 540, "AU": 600}

# id | currency | region | key of point-values.csv, or a default | names in the source, the first is the programme's
TABLE = """
accor/points|EUR|FR|accor|ALL Accor;Accor Live Limitless
aegean/miles|EUR|GR|aegean|AEGEAN Miles+Bonus
aer-lingus/avios|EUR|IE|aer_lingus|Aer Lingus AerClub
aeromexico/points|USD|MX|aeromexico|Aeromexico Rewards
aeroplan/points|USD|CA|aeroplan|Air Canada Aeroplan
air-china/miles|USD|CN|*airline|Air China PhoenixMiles
air-india/points|INR|IN|*airline|Air India Maharaja Club
airasia/points|USD|MY|*shop|AirAsia rewards
airline-programs-26/miles|USD|US|*airline|airline programs (26 partners)
airline-programs-and-amtrak/miles|USD|US|*airline|airline programs and Amtrak;airline programs
airline-programs-most/miles|USD|US|*airline|airline programs (most)
american-airlines/miles|USD|US|american|American Airlines AAdvantage
amex-au/points|AUD|AU|amex_membership_rewards|Amex Membership Rewards (AU)
amex-de/points|EUR|DE|amex_membership_rewards|Amex Membership Rewards (DE)
amex-sg/points|SGD|SG|amex_membership_rewards|Amex Membership Rewards (SG);Amex Membership Rewards (SG Platinum Charge/Centurion);Amex Membership Rewards (SG other cards)
amex-uk/points|GBP|GB|amex_membership_rewards|Amex Membership Rewards (UK)
amex-us/points|USD|US|amex_membership_rewards|Amex Membership Rewards (US)
ana/miles|USD|JP|ana|ANA Mileage Club
anz-rewards/points|AUD|AU|*bank|ANZ Rewards (AU)
asiana/miles|USD|KR|asiana|Asiana Club
atmos/points|USD|US|alaska|Atmos Rewards (Alaska + Hawaiian)
bank-points-bn-id-hk/points|USD|HK|*bank|bank points (BN/ID/HK)
bank-points-sg/points|SGD|SG|*bank|bank points (SG, any)
bilt/points|USD|US|bilt_rewards|Bilt Rewards (US)
boc-sg/points|SGD|SG|*bank|BOC Points (SG)
british-airways/avios|GBP|GB|avios|British Airways Executive Club
capital-one/miles|USD|US|capital_one|Capital One Miles (US)
cathay/miles|USD|HK|cathay|Cathay Pacific;Cathay Pacific Asia Miles
chase/points|USD|US|chase_ultimate_rewards|Chase Ultimate Rewards (US)
choice/points|USD|US|choice|Choice Privileges
citi-miles-sg/miles|SGD|SG|*bank|Citi Miles (SG)
citi-thankyou/points|USD|US|citi_thankyou|Citi ThankYou Points (US);Citi ThankYou Points (US, limited cards)
citi-thankyou-sg/points|SGD|SG|citi_thankyou|Citi ThankYou Points (SG)
copa/miles|USD|PA|*airline|Copa ConnectMiles
dbs/points|SGD|SG|*bank|DBS Points (SG)
delta/miles|USD|US|delta|Delta SkyMiles;Delta travel day (condition)
e-rewards/points|USD|US|*shop|e-Rewards opinion points
emirates/miles|USD|AE|emirates|Emirates Skywards
etihad/miles|USD|AE|etihad|Etihad Guest
eva-air/miles|USD|TW|*airline|EVA Air Infinity MileageLands
finnair/avios|EUR|FI|finnair|Finnair Plus
flybuys/points|AUD|AU|*shop|Flybuys (AU)
flying-blue/miles|EUR|FR|flying_blue|Air France/KLM Flying Blue
hawaiian/miles|USD|US|hawaiian|HawaiianMiles
hdfc-infinia/points|INR|IN|*bank|HDFC Infinia Reward Points
hdfc-regalia-gold/points|INR|IN|*bank|HDFC Regalia Gold Reward Points
hilton/points|USD|US|hilton|Hilton Honors
hsbc-sg/points|SGD|SG|*bank|HSBC Points (SG)
hyatt/points|USD|US|hyatt|World of Hyatt
i-prefer/points|USD|US|preferred_hotels|I Prefer Hotel Rewards
iberia/avios|EUR|ES|iberia|Iberia Plus
ihg/points|GBP|GB|ihg|IHG One Rewards;IHG Rewards;IHG One Rewards (other member)
japan-airlines/miles|USD|JP|jal|Japan Airlines Mileage Bank
jetblue/points|USD|US|jetblue|JetBlue TrueBlue
korean-air/miles|USD|KR|korean_air|Korean Air SKYPASS
kris-plus/krispay-miles|SGD|SG|singapore|KrisPay miles (Kris+)
krisflyer/miles|SGD|SG|singapore|Singapore KrisFlyer
leading-hotels/points|USD|US|leading_hotels|Leading Hotels of the World Leaders Club
lifemiles/miles|USD|CO|avianca|Avianca LifeMiles
marriott-bonvoy/points|USD|US|marriott|Marriott Bonvoy
maybank-sg/points|SGD|SG|*bank|Maybank TREATS (SG)
miles-and-more/miles|EUR|DE|lufthansa|Lufthansa Miles & More
miles-and-more/status-points|EUR|DE|*status|Miles & More Points + Qualifying Points
nectar/points|GBP|GB|*shop|Nectar (UK)
ocbc-90n/miles|SGD|SG|*bank|OCBC 90N Miles (SG)
ocbc-voyage/miles|SGD|SG|*bank|OCBC VOYAGE Miles (SG)
payback/points|EUR|DE|*shop|PAYBACK (DE)
qantas/points|AUD|AU|qantas|Qantas Frequent Flyer
qatar-airways/avios|USD|QA|avios|Qatar Airways Privilege Club;Qatar Airways Privilege Club (other member)
radisson/points|EUR|BE|radisson|Radisson Rewards;Club Carlson
rove/miles|USD|US|rove|Rove Miles
sas-eurobonus/points|EUR|SE|*airline|SAS EuroBonus
sc-360-tier-1/points|SGD|SG|*bank|SC 360 Rewards Points (SG tier 1)
sc-360-tier-2/points|SGD|SG|*bank|SC 360 Rewards Points (SG tier 2)
smiles/miles|USD|BR|*airline|Smiles (GOL)
southwest/points|USD|US|southwest|Southwest Rapid Rewards
spirit/points|USD|US|spirit|Spirit Free Spirit
starbucks/stars|USD|US|*shop|Starbucks Stars;Starbucks card reload (USD);Starbucks purchase (USD)
starwood/points|USD|US|*hotel|Starwood Preferred Guest
tap/miles|EUR|PT|*airline|TAP Miles&Go
tesco-clubcard/points|GBP|GB|*shop|Tesco Clubcard (UK)
thai-airways/miles|USD|TH|*airline|Thai Royal Orchid Plus
turkish-airlines/miles|USD|TR|turkish|Turkish Airlines Miles&Smiles
united/miles|USD|US|united|United MileagePlus
uob/uni-dollars|SGD|SG|*bank|UOB UNI$ (SG)
us-airline-programs-most/miles|USD|US|*airline|US airline programs (most)
velocity/points|AUD|AU|*airline|Velocity Frequent Flyer
virgin-atlantic/points|GBP|GB|virgin_atlantic|Virgin Atlantic Flying Club
virgin-points/points|GBP|GB|virgin_atlantic|Virgin Points
virgin-red/points|GBP|GB|virgin_atlantic|Virgin Red
wells-fargo/points|USD|US|wells_fargo|Wells Fargo Rewards (US)
wyndham/points|USD|US|wyndham|Wyndham Rewards
"""
PRICE_DENOMINATORS = (1, 2, 5, 10, 20, 25, 50, 100, 125, 200, 250, 500, 1000)


def rate(value):
    """A fraction as the object of spec/09 §2."""
    return {"numerator": value.numerator, "denominator": value.denominator}


def quantized(value):
    """The value with the first denominator of the list that holds it exactly, else in thousandths."""
    for denominator in PRICE_DENOMINATORS:
        scaled = value * denominator
        if scaled.denominator == 1 and scaled >= 1:
            return Fraction(scaled.numerator, denominator)
    return Fraction(max(1, int(value * 1000 + Fraction(1, 2))), 1000)


class Programs:
    """All programmes, by id and by any name of the source."""

    def __init__(self, point_values):
        floors = {row["key"]: Fraction(row["floor_usd_cents"]) for row in point_values}
        self.by_id, self.by_name = {}, {}
        for line in TABLE.strip().splitlines():
            identifier, currency, region, key, names = line.split("|")
            cents = DEFAULTS[key[1:]] if key.startswith("*") else floors[key]
            home = TOLD.get(identifier, cents * RATES[currency])
            names = names.split(";")
            entry = {"program": identifier, "partner": identifier.split("/")[0], "name": names[0],
                     "currency": currency, "scale": 0, "value": rate(home), "region": region}
            self.by_id[identifier] = entry
            for name in names:
                self.by_name[name] = entry
        self.by_partner = {}
        for entry in self.by_id.values():
            self.by_partner.setdefault(entry["partner"], entry)

    def price_currency(self, partner):
        """The creditor's home currency where the network settles it, else USD."""
        home = self.by_partner[partner]["currency"]
        return home if home in SETTLEMENT else "USD"

    def value(self, identifier, currency):
        """Minor units of a currency per unit of a programme."""
        entry = self.by_id[identifier]
        home = Fraction(entry["value"]["numerator"], entry["value"]["denominator"])
        return home / RATES[entry["currency"]] * RATES[currency]

    def price(self, identifier, currency):
        """80 % of the value, with a small denominator."""
        return quantized(self.value(identifier, currency) * Fraction(4, 5))

    def offset(self, partner):
        return OFFSETS[self.by_partner[partner]["region"]]
