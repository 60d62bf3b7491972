"""The files as partners write them: one dialect each."""
from datetime import timedelta
from xml.sax.saxutils import escape

MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]


def decimal(units, scale, point=".", group="", minus="leading"):
    digits = str(abs(units)).rjust(scale + 1, "0")
    whole, rest = (digits[:-scale], digits[-scale:]) if scale else (digits, "")
    parts = []
    while group and len(whole) > 3:
        parts.insert(0, whole[-3:])
        whole = whole[:-3]
    text = group.join([whole] + parts) + (point + rest if scale else "")
    if units >= 0:
        return text
    return {"leading": "-" + text, "trailing": text + "-", "parentheses": f"({text})"}[minus]


def quoted(cell, delimiter):
    return '"' + cell.replace('"', '""') + '"' if delimiter in cell or '"' in cell or "\n" in cell else cell


def name(line):
    return f"{line['transfer']}/{line['item']}" if line.get("transfer") else ""


def separated(book, head, columns, rows, delimiter, ending="\r\n", foot=()):
    """Rows with their physical lines; short and long rows are planted faults."""
    lines = list(head) + ([delimiter.join(columns)] if columns else [])
    for line, cells in rows:
        book.numbers[id(line)] = len(lines) + 1
        if line.get("broken") == "short":
            cells = cells[:-2]
        if line.get("broken") == "long":
            cells = cells + ["?", "?"]
        lines.append(delimiter.join(quoted(cell, delimiter) for cell in cells))
    return ending.join(lines + list(foot)) + ending


def nordwind(book):
    """Semicolons, decimal comma, points between groups, UTF-8; one signed column."""
    words = {"posted": "gebucht", "pending": "vorgemerkt", "void": "storniert"}
    rows = []
    for line in book.lines:
        amount = decimal(line["units"], 0, ",", ".") if line.get("broken") != "amount" else "1.23,4"
        rows.append((line, [name(line), line["member"], line["reference"], line["otherReference"],
                            f"{line['day']:%d.%m.%Y}", "Umbuchung; Partner" if line["event"] == "posting" else "Storno",
                            amount, words[line["status"]]]))
    columns = ["Vorgang", "Mitglied", "Beleg", "Fremdbeleg", "Datum", "Art", "Meilen", "Status"]
    return separated(book, [], columns, rows, ";").encode()


def skylark(book):
    """Commas, days as month/day/year, commas between groups, negative in parentheses; program by a word."""
    words = {"skylark/miles": "Miles", "skylark/status": "Status"}
    rows = []
    for line in book.lines:
        day = f"{line['day']:%m/%d/%Y}" if line.get("broken") != "date" else "22/11/2026"
        rows.append((line, [day, name(line), line["event"].upper()[:3], decimal(line["units"], 0, ".", ",", "parentheses"),
                            words[line["program"]], line["reference"], decimal(line["money"], 2, ".", ","),
                            line["currency"], decimal(line["fee"], 2)]))
    columns = ["Posting Date", "Transfer ID", "Type", "Miles", "Unit", "Our Ref", "Settlement Value", "CCY", "Fee"]
    return separated(book, [], columns, rows, ",", "\n").encode()


def hanse(book):
    """Windows-1252, debit and credit columns with one decimal, lines before the header, a footer with totals."""
    rows, debit, credit = [], 0, 0
    for line in book.lines:
        units = line["units"]
        if units < 0:
            debit += -units
        else:
            credit += units
        rows.append((line, [f"{line['day']:%d.%m.%y}", line["reference"], name(line),
                            decimal(-units, 1, ",", ".") if units < 0 else "",
                            decimal(units, 1, ",", ".") if units >= 0 else "", decimal(line["fee"], 2, ","),
                            "Rückbuchung" if line["event"] == "reversal" else "Übertrag",
                            "€" if line["currency"] == "EUR" else line["currency"]]))
    book.closing = book.opening + sum(line["units"] for line in book.lines) + book.roll
    head = ['Hanse Punkte – Kontoauszug "Partner"', f"Auszug;2026-326;Anfangsbestand;{decimal(book.opening, 1, ',', '.')}"]
    foot = [f"Summe;;;{decimal(debit, 1, ',', '.')};{decimal(credit, 1, ',', '.')};;;",
            f"Zeilen;{len(rows) + book.count_error};Endbestand;{decimal(book.closing, 1, ',', '.')};;;;"]
    columns = ["Buchungstag", "Belegnr", "Transfer", "Soll", "Haben", "Gebühr", "Vorgang", "Währung"]
    return separated(book, head, columns, rows, ";", foot=foot).encode("cp1252")


def cafe_luna(book):
    """One JSON object a line, moments in UTC, amounts as numbers and texts."""
    out = []
    for number, line in enumerate(book.lines, 1):
        book.numbers[id(line)] = number
        moment = f"{line['day'] - timedelta(days=1)}T23:30:00.5Z" if number % 3 == 0 else f"{line['day']}T10:00:00.0Z"
        transfer = line["transfer"] if line.get("broken") != "transfer" else line["transfer"].replace("-7", "-4", 1)
        amount = f'"{line["units"]}"' if number % 4 == 0 else str(line["units"])
        out.append('{"event":{"type":"%s","at":"%s"},"transfer":{"id":"%s","item":%d},"points":{"value":%s},'
                   '"member":"%s","refs":["%s","%s"],"state":"%s","fee":%s.%02d}' % (
                       line["event"], moment, transfer, line["item"], amount, line["member"], line["reference"],
                       line["otherReference"], line["status"], line["fee"] // 100, line["fee"] % 100))
    return ("\n".join(out) + "\n").encode()


def hotel_meer(book):
    """Tabs, ISO-8859-15, apostrophes between groups; a positive number with the word for the way."""
    rows = []
    for line in book.lines:
        word = ("A" if line["units"] < 0 else "E") if line.get("broken") != "word" else "Z"
        kind = "Rückgabe" if line["event"] == "reversal" else "Bewegung"
        rows.append((line, [f"{line['day'].day}-{MONTHS[line['day'].month - 1]}-{line['day'].year}",
                            name(line).upper(), word, decimal(abs(line["units"]), 0, ".", "'"), line["member"], kind,
                            f"{line['reference']} €"]))
    columns = ["Tag", "Transfer", "E/A", "Sterne", "Gast", "Art", "Referenz"]
    return separated(book, [], columns, rows, "\t", "\n").encode("iso8859-15")


def grand_magasin(book):
    """ISO-8859-1, no-break spaces between groups, two decimals, the balance behind each line, inverted sign."""
    words = {"grand-magasin/etoiles": "ET", "grand-magasin/prime": "PR"}
    rows, balance = [], book.opening
    for place, line in enumerate(book.lines):
        if line["program"] == book.partner.id:
            balance += line["units"]
        if place == len(book.lines) // 2:
            balance += book.roll
        rows.append((line, [f"{line['day']:%d/%m/%Y}", name(line), words[line["program"]],
                            decimal(-line["units"], 2, ",", "\xa0"), decimal(line["money"], 2, ",", "\xa0"),
                            decimal(balance, 2, ",", "\xa0") if line["program"] == book.partner.id else "",
                            "Annulation" if line["event"] == "reversal" else "Échange", line["reference"],
                            line["currency"]]))
    book.closing = balance
    columns = ["Date", "N° transfert", "Unité", "Étoiles cédées", "Contre-valeur", "Solde", "Opération", "Référence",
               "Devise"]
    return separated(book, [], columns, rows, ";").encode("latin-1")


def bank_sud(book):
    """camt.053 that was an MT940 once: references in the remittance text, broken every 27 characters."""
    out = ['<?xml version="1.0" encoding="UTF-8"?>',
           '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02">', "<BkToCstmrStmt>",
           "<GrpHdr><MsgId>MT940-20261122</MsgId><CreDtTm>2026-11-22T23:00:00</CreDtTm></GrpHdr>", "<Stmt>",
           "<Id>00326</Id><ElctrncSeqNb>326</ElctrncSeqNb><FrToDt><FrDtTm>2026-11-21T00:00:00</FrDtTm>"
           "<ToDtTm>2026-11-22T23:59:59</ToDtTm></FrToDt>",
           "<Acct><Id><Othr><Id>BANKSUD-POINTS-1</Id></Othr></Id><Ccy>XBS</Ccy></Acct>"]
    book.closing = book.opening + sum(line["units"] for line in book.lines) + book.roll
    for code, value in (("OPBD", book.opening), ("CLBD", book.closing)):
        out.append(f'<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy="XBS">{abs(value)}.00</Amt>'
                   f"<CdtDbtInd>{'CRDT' if value >= 0 else 'DBIT'}</CdtDbtInd><Dt><Dt>2026-11-22</Dt></Dt></Bal>")
    for line in book.lines:
        book.numbers[id(line)] = len(out) + 1
        texts = [f"EREF+{line['transfer'].replace('-', '')}/{line['item']}", f"KREF+{line['reference']}",
                 f"SVWZ+PUNKTETRANSFER {'RUECK' if line['event'] == 'reversal' else 'BUCHUNG'} & CO"]
        pieces = "".join(f"<Ustrd>{escape(text[at:at + 27])}</Ustrd>" for text in texts for at in range(0, len(text), 27))
        status = {"posted": "BOOK", "pending": "PDNG", "void": "INFO"}[line["status"]]
        out.append(f'<Ntry><Amt Ccy="XBS">{abs(line["units"])},00</Amt>'.replace(",", ".")
                   + f"<CdtDbtInd>{'CRDT' if line['units'] >= 0 else 'DBIT'}</CdtDbtInd>"
                   + ("<RvslInd>true</RvslInd>" if line["event"] == "reversal" else "")
                   + f"<Sts>{status}</Sts><BookgDt><Dt>{line['day']}</Dt></BookgDt>"
                   + "<BkTxCd><Prtry><Cd>NTRF</Cd></Prtry></BkTxCd>"
                   + f"<NtryDtls><TxDtls><RmtInf>{pieces}</RmtInf></TxDtls></NtryDtls></Ntry>")
    return ("\n".join(out + ["</Stmt>", "</BkToCstmrStmt>", "</Document>"]) + "\n").encode()


def airport_plus(book):
    """One JSON document with balances; a line has both programs' amounts, reversals with the sign of the posting."""
    book.closing = book.opening + sum(line["units"] for line in book.lines) + book.roll
    head = ('{"statement":{"id":"AP-326","sequence":326,"owner":"airport-plus","opening":%d,"closing":%d,"rows":%d},'
            '"entries":[' % (book.opening, book.closing, len(book.lines)))
    out = [head]
    for line in book.lines:
        book.numbers[id(line)] = len(out) + 1
        flip = -1 if line["event"] == "reversal" else 1
        out.append('{"tx":"%s","kind":"%s","date":"%s","coins":%d,"partner":{"program":"%s","points":"%s"},'
                   '"value":%s,"currency":"%s","ref":"%s"}%s' % (
                       name(line), line["event"], line["day"].strftime("%Y%m%d"), flip * line["units"],
                       line["other"].split("/")[0], decimal(flip * line["otherUnits"], 0),
                       decimal(line["money"], 2), line["currency"], line["reference"],
                       "," if line is not book.lines[-1] else ""))
    return ("\n".join(out + ["]}"]) + "\n").encode()


def bahn_vorteil(book):
    """Bars, no header, no ids of transfers, minus behind the number; batches as one line."""
    rows = []
    for line in book.lines:
        is_sum, is_bare = line.get("sum"), line.get("bare")
        rows.append((line, [f"{line['day']:%Y%m%d}", "S" if line["event"] == "reversal" else "B",
                            decimal(line["units"], 0, ",", "", "trailing"), "" if is_sum or is_bare else line["reference"],
                            "" if is_sum or is_bare else line["otherReference"], "" if is_sum else line["member"],
                            line["batch"] if is_sum else ""]))
    return separated(book, [], [], rows, "|", "\n").encode()


WRITERS = {"nordwind": nordwind, "skylark": skylark, "hanse": hanse, "cafe-luna": cafe_luna, "hotel-meer": hotel_meer,
           "bank-sud": bank_sud, "grand-magasin": grand_magasin, "airport-plus": airport_plus, "bahn-vorteil": bahn_vorteil}


def write(partner, book):
    return WRITERS[partner.slug](book)
