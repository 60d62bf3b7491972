"""The mappings by which the books are read (spec/26)."""
from .world import LEDGER


def csv(delimiter=",", encoding="UTF-8", **more):
    return {"type": "csv", "encoding": encoding, "delimiter": delimiter, **more}


EVENTS = {"posting": "posting", "reversal": "reversal"}
MAPPINGS = {
    "nordwind": lambda id: {
        "file": csv(";"), "numbers": {"decimal": ",", "thousands": "."},
        "dates": {"pattern": "DD.MM.YYYY", "utcOffsetMinutes": 60},
        "columns": {"transfer": "Vorgang", "reference": "Beleg", "otherReference": "Fremdbeleg", "member": "Mitglied",
                    "day": "Datum", "status": "Status", "event": "Art"},
        "status": {"gebucht": "posted", "vorgemerkt": "pending", "storniert": "void"},
        "events": {"Umbuchung; Partner": "posting", "Storno": "reversal"},
        "amounts": [{"program": id, "column": "Meilen"}]},
    "skylark": lambda id: {
        "file": csv(), "numbers": {"thousands": ",", "sign": "parentheses"}, "dates": {"pattern": "MM/DD/YYYY"},
        "columns": {"transfer": "Transfer ID", "reference": "Our Ref", "day": "Posting Date", "event": "Type",
                    "money": "Settlement Value", "fee": "Fee"},
        "events": {"POS": "posting", "REV": "reversal"},
        "currency": {"column": "CCY", "words": {"EUR": "EUR", "USD": "USD", "CHF": "CHF"}},
        "amounts": [{"program": {"column": "Unit", "words": {"Miles": id, "Status": "skylark/status"}}, "column": "Miles"}]},
    "hanse": lambda id: {
        "file": csv(";", "Windows-1252", skip=2, footer=2), "numbers": {"decimal": ",", "thousands": "."},
        "dates": {"pattern": "DD.MM.YY", "utcOffsetMinutes": 60},
        "columns": {"transfer": "Transfer", "reference": "Belegnr", "day": "Buchungstag", "event": "Vorgang",
                    "fee": "Gebühr"},
        "events": {"Übertrag": "posting", "Rückbuchung": "reversal"},
        "currency": {"column": "Währung", "words": {"€": "EUR", "CHF": "CHF"}},
        "amounts": [{"program": id, "scale": 1, "debit": "Soll", "credit": "Haben"}],
        "control": {"marks": [{"text": "Auszug", "at": {"head": 2, "cell": 1}}, {"text": "Summe", "at": {"foot": 1, "cell": 1}}],
                    "count": {"foot": 2, "cell": 2},
                    "sums": [{"of": "Soll", "at": {"foot": 1, "cell": 4}}, {"of": "Haben", "at": {"foot": 1, "cell": 5}}],
                    "statement": {"head": 2, "cell": 2},
                    "balances": [{"program": id, "opening": {"head": 2, "cell": 4}, "closing": {"foot": 2, "cell": 4}}]}},
    "cafe-luna": lambda id: {
        "file": {"type": "ndjson"}, "dates": {"pattern": "YYYY-MM-DDThh:mm:ss.fZ", "dayOffsetMinutes": 60},
        "columns": {"transfer": "/transfer/id", "item": "/transfer/item", "reference": "/refs/0", "otherReference": "/refs/1",
                    "member": "/member", "day": "/event/at", "status": "/state", "event": "/event/type", "fee": "/fee"},
        "status": {"posted": "posted", "pending": "pending", "void": "void"}, "events": EVENTS, "currency": "EUR",
        "amounts": [{"program": id, "column": "/points/value"}]},
    "hotel-meer": lambda id: {
        "file": csv("\t", "ISO-8859-15", quote=""), "numbers": {"thousands": "'"}, "dates": {"pattern": "D-MMM-YYYY"},
        "columns": {"transfer": "Transfer", "reference": "Referenz", "member": "Gast", "day": "Tag", "event": "Art"},
        "events": {"Bewegung": "posting", "Rückgabe": "reversal"},
        "amounts": [{"program": id, "column": "Sterne", "sign": {"column": "E/A", "debit": ["A"], "credit": ["E"]}}]},
    "bank-sud": lambda id: {
        "file": {"type": "camt"}, "dates": {"pattern": "YYYY-MM-DD", "utcOffsetMinutes": 60},
        "columns": {"transfer": "EREF", "reference": "KREF", "day": "BookgDt", "status": "Sts", "event": "RvslInd"},
        "status": {"BOOK": "posted", "PDNG": "pending"}, "events": {"false": "posting", "true": "reversal"},
        "amounts": [{"program": id, "column": "Amt", "sign": {"column": "CdtDbtInd", "debit": ["DBIT"], "credit": ["CRDT"]}}],
        "control": {"marks": [{"text": "BANKSUD-POINTS-1", "at": "Acct"}], "statement": "StmtId", "sequence": "ElctrncSeqNb",
                    "balances": [{"program": id, "opening": "OPBD", "closing": "CLBD"}]}},
    "grand-magasin": lambda id: {
        "file": csv(";", "ISO-8859-1"), "numbers": {"decimal": ",", "thousands": "\xa0"},
        "dates": {"pattern": "DD/MM/YYYY", "utcOffsetMinutes": 60},
        "columns": {"transfer": "N° transfert", "reference": "Référence", "day": "Date", "event": "Opération",
                    "money": "Contre-valeur"},
        "events": {"Échange": "posting", "Annulation": "reversal"},
        "currency": {"column": "Devise", "words": {"EUR": "EUR", "CHF": "CHF"}},
        "amounts": [{"program": {"column": "Unité", "words": {"ET": id, "PR": "grand-magasin/prime"}}, "scale": 2,
                     "column": "Étoiles cédées", "sign": "inverted"}],
        "control": {"balances": [{"program": id, "running": "Solde"}]}},
    "airport-plus": lambda id: {
        "file": {"type": "json", "rows": "/entries"}, "dates": {"pattern": "YYYYMMDD"},
        "columns": {"transfer": "/tx", "reference": "/ref", "day": "/date", "event": "/kind", "money": "/value"},
        "events": EVENTS, "reversals": "flipped",
        "currency": {"column": "/currency", "words": {"EUR": "EUR", "USD": "USD"}},
        "amounts": [{"program": id, "column": "/coins"},
                    {"program": {"column": "/partner/program",
                                 "words": {"skylark": "skylark/miles", "bahn-vorteil": "bahn-vorteil/taler"}},
                     "column": "/partner/points"}],
        "control": {"marks": [{"text": "airport-plus", "at": "/statement/owner"}], "count": "/statement/rows",
                    "statement": "/statement/id", "sequence": "/statement/sequence",
                    "balances": [{"program": id, "opening": "/statement/opening", "closing": "/statement/closing"}]}},
    "bahn-vorteil": lambda id: {
        "file": csv("|", header=False, quote=""), "numbers": {"sign": "trailing"}, "dates": {"pattern": "YYYYMMDD"},
        "columns": {"reference": 4, "otherReference": 5, "member": 6, "batch": 7, "day": 1, "event": 2},
        "events": {"B": "posting", "S": "reversal"}, "amounts": [{"program": id, "column": 3}]},
}


def mapping(table, partner):
    return {"format": "kontor-mapping/1", "ledger": LEDGER, "partner": partner.slug, "version": 1,
            **MAPPINGS[partner.slug](partner.id)}
