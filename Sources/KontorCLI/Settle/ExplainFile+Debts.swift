internal import Money
internal import Settlement
internal import Signing

extension ExplainFile {
    /// An obligation, in one of its three forms.
    static func debt(
        _ value: JSONValue,
        at place: String,
        in settlementCurrency: Currency
    ) throws(CaseFault) -> SettlementCase.Debt {
        let entry = try CaseObject(
            value,
            at: place,
            members: [
                "note", "agreement", "debtor", "creditor", "units", "price", "exact",
                "minorUnits", "currency", "rounding", "items",
            ]
        )
        _ = try entry.text("note")
        let currency = try entry.currency("currency") ?? settlementCurrency
        let lines = try lines(of: entry)
        let (amount, price) = try amount(of: entry, currency, lines)
        let debt = ExactDebt(
            agreement: try entry.text("agreement") ?? "",
            debtor: try entry.name("debtor"),
            creditor: try entry.name("creditor"),
            currency: currency,
            amount: amount,
            rounding: try rounding(of: entry),
            purpose: .units
        )
        guard debt.debtor != debt.creditor else {
            throw entry.fault("creditor", "it is the debtor; name another creditor")
        }
        return SettlementCase.Debt(debt, price: price, lines: lines)
    }

    private static func rounding(of entry: CaseObject) throws(CaseFault) -> Rounding {
        let rounding: Rounding = try entry.choice("rounding") ?? .halfEven
        guard rounding == .halfEven || rounding == .halfUp else {
            throw entry.fault("rounding", "money is rounded halfEven or halfUp")
        }
        return rounding
    }

    /// Minor units of the currency, and those of a unit.
    private static func amount(
        of entry: CaseObject,
        _ currency: Currency,
        _ lines: [SettlementCase.Line]
    ) throws(CaseFault) -> (amount: Quotient, price: Quotient) {
        let hasUnits = entry.has("units") || !lines.isEmpty
        let forms = [hasUnits || entry.has("price"), entry.has("exact"), entry.has("minorUnits")]
        guard forms.count(where: { $0 }) == 1 else {
            throw CaseFault(
                entry.place,
                "state exactly one of units (or items) with price, exact, and minorUnits"
            )
        }
        if let exact = try entry.quotient("exact") { return (exact, .one) }
        if let minorUnits = try entry.integer("minorUnits") {
            guard let amount = Quotient(minorUnits, 1) else {
                throw entry.fault("minorUnits", "it is out of range")
            }
            return (amount, .one)
        }
        guard let price = try price(of: entry, currency), hasUnits else {
            throw CaseFault(entry.place, "units and price go together; state both")
        }
        let sum = lines.reduce(Int128(0)) { $0 + Int128($1.units) }
        let units = try entry.small("units").map { Int128($0) } ?? sum
        guard lines.isEmpty || units == sum else {
            throw entry.fault("units", "the items have \(sum) units; correct either")
        }
        do throws(QuotientError) {
            guard let number = Quotient(units, 1) else { throw .overflow }
            return (try number.multiplied(by: price), price)
        } catch {
            throw entry.fault("price", "units × price is out of range; use smaller numbers")
        }
    }

    /// Minor units per unit: an exact number of them, or a decimal text of major units.
    private static func price(
        of entry: CaseObject,
        _ currency: Currency
    ) throws(CaseFault) -> Quotient? {
        guard let value = entry["price"] else { return nil }
        var price: Quotient?
        if case .string(let text) = value {
            guard let major = Quotient(decimal: text) else {
                throw entry.fault("price", "\"\(text)\" is no decimal; write it as \"0.0071\"")
            }
            let coins = (0..<currency.scale).reduce(Int64(1)) { coins, _ in coins * 10 }
            do { price = try major.multiplied(by: Quotient(coins)) } catch { price = nil }
        } else {
            price = try entry.quotient("price")
        }
        guard let price, price > .zero else {
            throw entry.fault("price", "it is above 0: minor units per unit, or a decimal string")
        }
        return price
    }

    private static func lines(of entry: CaseObject) throws(CaseFault) -> [SettlementCase.Line] {
        var lines: [SettlementCase.Line] = []
        for (place, value) in try entry.list("items") ?? [] {
            let line = try CaseObject(value, at: place, members: ["index", "item", "units"])
            guard let units = try line.small("units") else {
                throw line.fault("units", "it is missing; state the units of the item")
            }
            let index = try line.small("index") ?? Int64(lines.count)
            guard index >= 0 else { throw line.fault("index", "it is from 0") }
            guard let item = Int32(exactly: try line.small("item") ?? 0), item >= 0 else {
                throw line.fault("item", "it is from 0 to 2147483647")
            }
            let key = LineShare.Key(index: UInt64(index), item: item)
            lines.append(SettlementCase.Line(key: key, units: units))
        }
        let keys = lines.map(\.key).sorted()
        for (key, next) in zip(keys, keys.dropFirst()) where key == next {
            throw entry.fault("items", "item \(key.item) of entry \(key.index) stands twice")
        }
        return lines
    }
}
