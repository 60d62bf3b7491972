internal import Money
internal import Settlement
internal import Signing

extension ExplainFile {
    /// A sheet of rates, or nil if it is absent.
    static func sheet(
        _ name: String,
        of sheets: CaseObject?
    ) throws(CaseFault) -> SettlementCase.Sheet? {
        guard let sheets, let value = sheets[name] else { return nil }
        let sheet = try CaseObject(
            value,
            at: sheets.place(of: name),
            members: ["source", "date", "base", "rates"]
        )
        let source = try sheet.text("source") ?? ""
        let day = try day(of: sheet)
        guard let base = try sheet.currency("base") else {
            throw sheet.fault("base", "it is missing; name the currency of which 1 is quoted")
        }
        let quotes = try quotes(of: sheet, base: base, source: source, day: day)
        do {
            return SettlementCase.Sheet(
                source: source,
                day: day,
                quotes: try MoneySheet(quotes)
            )
        } catch {
            throw sheet.fault("rates", error.description)
        }
    }

    private static func day(of sheet: CaseObject) throws(CaseFault) -> Int32 {
        guard let text = try sheet.text("date") else {
            throw sheet.fault("date", "it is missing; write it as 2025-04-25")
        }
        guard let day = CivilDate(text).flatMap({ Int32(exactly: $0.days) }) else {
            throw sheet.fault("date", "\"\(text)\" is no day; write it as 2025-04-25")
        }
        return day
    }

    private static func quotes(
        of sheet: CaseObject,
        base: Currency,
        source: String,
        day: Int32
    ) throws(CaseFault) -> [MoneyQuote] {
        guard case .object(let members)? = sheet["rates"] else {
            throw sheet.fault("rates", "an object is due, as {\"USD\": \"1.1357\"}")
        }
        var quotes: [MoneyQuote] = []
        for member in members {
            let place = "rates.\(member.name)"
            guard let currency = Currency(member.name) else {
                throw sheet.fault(place, "it is no currency; write three capital letters")
            }
            guard case .string(let text) = member.value,
                let rate = Quotient(decimal: text).flatMap({ Rate($0) })
            else {
                throw sheet.fault(
                    place,
                    "a rate is a decimal string above 0, as \"1.1357\", with parts below 2^31"
                )
            }
            quotes.append(
                MoneyQuote(base: base, currency: currency, rate: rate, source: source, day: day)
            )
        }
        return quotes
    }
}
