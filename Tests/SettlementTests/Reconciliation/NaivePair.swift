import Settlement

/// What two rows differ in, as spec/27 §3 and §7 write it; without agreements.
struct NaivePair {
    typealias Entry = BookBuilder.Entry

    let left: Entry
    let right: Entry

    init(_ left: Entry, _ right: Entry) {
        self.left = left
        self.right = right
    }

    private var areOfOneCurrency: Bool { left.currency != nil && left.currency == right.currency }

    /// How many of the fields that both state agree.
    var agreeing: Int {
        var fields: [Bool] = [
            left.event == right.event, left.unit == right.unit, left.units == right.units,
        ]
        if left.transfer != 0, right.transfer != 0 {
            let items = [left.item, right.item]
            fields.append(
                left.transfer == right.transfer
                    && (left.item == right.item || items.contains(BookRow.noItem))
            )
        }
        if left.currency != nil, right.currency != nil { fields.append(areOfOneCurrency) }
        if areOfOneCurrency, left.money != nil, right.money != nil {
            fields.append(left.money == right.money)
        }
        if areOfOneCurrency, left.fee != nil, right.fee != nil {
            fields.append(left.fee == right.fee)
        }
        if left.day != nil, right.day != nil { fields.append(left.day == right.day) }
        if left.status != .unstated, right.status != .unstated {
            fields.append(left.status == right.status)
        }
        if left.member != 0, right.member != 0 { fields.append(left.member == right.member) }
        if left.account != "", right.account != "" { fields.append(left.account == right.account) }
        let references = (NaiveMatching.references(left), NaiveMatching.references(right))
        if !references.0.isEmpty, !references.1.isEmpty {
            fields.append(!references.0.isDisjoint(with: references.1))
        }
        return fields.count { $0 }
    }

    /// The breaks of a matched pair, as `type cause`.
    func breaks(_ terms: ReconciliationTerms) -> [String] {
        var breaks: [String] = []
        if left.unit != right.unit { breaks.append("unit otherProgram") }
        if left.units != right.units { breaks.append("amount \(unitsCause)") }
        if let one = left.currency, let other = right.currency, one != other {
            breaks.append("unit otherCurrency")
        }
        if areOfOneCurrency {
            if let one = left.money, let other = right.money, one != other {
                let isFee = (left.fee ?? 0) > 0 && abs(one - other) == left.fee
                breaks.append("amount \(isFee ? "feeNetted" : figureCause(one, other))")
            }
            if let one = left.fee, let other = right.fee, one != other {
                let cause =
                    one > 0 && other == 0
                    ? "feeOmitted"
                    : one > 0 && other == 2 * one ? "feeDoubled" : figureCause(one, other)
                breaks.append("fee \(cause)")
            }
        }
        breaks.append(contentsOf: timeBreaks(terms))
        if left.member != 0, right.member != 0, left.member != right.member {
            let isUnknown = terms.linkedMembers?.contains(right.member) == false
            breaks.append("memberNotLinked \(isUnknown ? "memberUnknown" : "otherMember")")
        }
        return breaks
    }

    private func timeBreaks(_ terms: ReconciliationTerms) -> [String] {
        let areStated = left.status != .unstated && right.status != .unstated
        let isVoid = left.status == .void || right.status == .void
        let status =
            areStated && left.status != right.status
            ? ["status \(isVoid ? "voided" : "pending")"] : []
        switch left.window {
        case .earlier: return ["date cutOff"] + status
        case .later where left.status == .pending:
            return right.status == .pending ? [] : ["status pending"]
        case .later where left.status == .void:
            return right.status == .void ? [] : ["status voided"]
        case .later: return ["lateAfterCut cutOff"] + status
        case .compared:
            guard let day = left.day, let other = right.day, day != other,
                !(-terms.daysBefore...terms.daysAfter).contains(other - day)
            else { return status }
            return ["date \(other > terms.cutDay ? "cutOff" : "unknown")"] + status
        }
    }

    private var unitsCause: String {
        if right.units == -left.units { return "sign" }
        if right.units.signum() != left.units.signum() { return "unknown" }
        if let fee = left.fee, fee > 0, abs(right.units) == abs(left.units) - fee {
            return "feeInUnits"
        }
        return figureCause(abs(left.units), abs(right.units))
    }

    private func figureCause(_ expected: Int64, _ found: Int64) -> String {
        if abs(expected - found) == 1 { return "rounding" }
        let zeros = (1...6).map { String(repeating: "0", count: $0) }
        if expected != 0, found != 0,
            zeros.contains(where: {
                "\(expected)\($0)" == "\(found)" || "\(found)\($0)" == "\(expected)"
            })
        {
            return "scale"
        }
        let digits = Array("\(expected)")
        let isSwapped = digits.indices.dropLast().contains { place in
            var other = digits
            other.swapAt(place, place + 1)
            return String(other) == "\(found)"
        }
        return isSwapped ? "transposedDigits" : "unknown"
    }
}
