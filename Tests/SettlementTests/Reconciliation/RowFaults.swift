import Money
import Settlement
import TestSupport

/// Faults of one row of the partner, each in another field, each explained in one way only.
struct RowFaults {
    typealias Entry = BookBuilder.Entry

    /// A fault as it is to be found.
    struct Planted {
        let type: BreakType
        let cause: BreakCause
    }

    /// A member that is linked and has no transfer.
    static let otherMember: UInt128 = 77

    private let original: Entry
    private let detail: LedgerDetail
    private(set) var planted: [Planted] = []
    private var fields: Set<String> = []
    /// Whether only the name of the transfer still finds the row.
    private(set) var needsName = false
    /// Whether the day is still the ledger's.
    private(set) var keepsDay = true
    var entry: Entry

    /// No fault yet.
    init(_ entry: Entry, _ detail: LedgerDetail) {
        original = entry
        self.entry = entry
        self.detail = detail
    }

    /// Plants one more fault in a field that has none, if it can be told from all others.
    mutating func plant(_ random: inout RandomSource) {
        let field = ["units", "money", "fee", "unit", "currency", "day", "status", "member"]
        guard let name = random.pick(field), !fields.contains(name) else { return }
        let excluded = ["currency": ["money", "fee"], "money": ["currency"], "fee": ["currency"]]
        if (excluded[name] ?? []).contains(where: fields.contains) { return }
        fields.insert(name)
        switch name {
        case "units": plantUnits(&random)
        case "money": plantMoney(&random)
        case "fee": plantFee(&random)
        case "unit":
            entry.unit = "nordwind/points"
            needsName = true
            note(.unit, .otherProgram)
        case "currency":
            entry.currency = "USD"
            note(.unit, .otherCurrency)
        case "day":
            let isAfterCut = random.chance(50)
            entry.day = isAfterCut ? 104 : 80
            keepsDay = false
            note(.date, isAfterCut ? .cutOff : .unknown)
        case "status":
            let isVoid = random.chance(50)
            entry.status = isVoid ? .void : .pending
            note(.status, isVoid ? .voided : .pending)
        default:
            let isUnknown = random.chance(50)
            entry.member = isUnknown ? original.member + 1 : Self.otherMember
            keepsDay = false
            note(.memberNotLinked, isUnknown ? .memberUnknown : .otherMember)
        }
    }

    private mutating func note(_ type: BreakType, _ cause: BreakCause) {
        planted.append(Planted(type: type, cause: cause))
    }

    private mutating func plantUnits(_ random: inout RandomSource) {
        let units = original.units
        let fee = original.fee ?? 0
        let old = detail.amount * 2 / 7
        var ways: [(Int64, BreakType, BreakCause)] = [
            (-units, .amount, .sign), (units + 1, .amount, .rounding),
            (units - 1, .amount, .rounding), (units * 100, .amount, .scale),
            (units - fee, .amount, .feeInUnits), (old, .rate, .oldRate),
            (Self.transposed(units), .amount, .transposedDigits),
        ]
        if detail.bonus > 0 {
            ways.append((units - detail.bonus, .amount, .bonusMissing))
            ways.append((units + detail.bonus, .amount, .bonusTwice))
            ways.append((old + detail.bonus, .rate, .oldRate))
        }
        ways.append((units + 2 + random.number(0...5_000), .amount, .unknown))
        guard let way = random.pick(ways), isOnly(way, of: ways, units) else { return }
        entry.units = way.0
        needsName = true
        note(way.1, way.2)
        if way.0 > 0, random.chance(30), !fields.contains("currency"), !fields.contains("money") {
            // The partner's money follows from its units: that is no fault of its own.
            fields.insert("money")
            let owed = (Int128(way.0) * 71).divided(by: 100, rounding: .halfEven)
            entry.money = Int64(owed)
        }
    }

    private mutating func plantMoney(_ random: inout RandomSource) {
        let money = original.money ?? 0
        let fee = original.fee ?? 0
        let old = Int64((Int128(detail.priced) * 64).divided(by: 100, rounding: .halfEven))
        let ways: [(Int64, BreakType, BreakCause)] = [
            (old, .rate, .oldRate), (money - fee, .amount, .feeNetted),
            (money + fee, .amount, .feeNetted), (money + 1, .amount, .rounding),
            (money * 10, .amount, .scale), (Self.transposed(money), .amount, .transposedDigits),
            (money + 2 + random.number(0...3_000), .amount, .unknown),
        ]
        guard let way = random.pick(ways), isOnly(way, of: ways, money) else { return }
        if entry.units != original.units {
            let more = abs(entry.units) - original.units
            let owed = (Int128(detail.priced + more) * 71).divided(by: 100, rounding: .halfEven)
            if Int128(way.0) == owed { return }
        }
        entry.money = way.0
        note(way.1, way.2)
    }

    private mutating func plantFee(_ random: inout RandomSource) {
        let fee = original.fee ?? 0
        let ways: [(Int64, BreakType, BreakCause)] = [
            (0, .fee, .feeOmitted), (2 * fee, .fee, .feeDoubled), (fee + 1, .fee, .rounding),
            (Self.transposed(fee), .fee, .transposedDigits), (fee * 10, .fee, .scale),
            (3 * fee + 7, .fee, .unknown),
        ]
        guard let way = random.pick(ways), isOnly(way, of: ways, fee) else { return }
        entry.fee = way.0
        note(way.1, way.2)
    }

    /// Whether a figure differs from the right one, and no other cause would explain it.
    private func isOnly(
        _ way: (Int64, BreakType, BreakCause),
        of ways: [(Int64, BreakType, BreakCause)],
        _ right: Int64
    ) -> Bool {
        if way.0 == right { return false }
        let others = ways.filter { $0.0 == way.0 && ($0.1 != way.1 || $0.2 != way.2) }
        if !others.isEmpty { return false }
        if way.2 != .transposedDigits, Self.areTransposed(way.0, right) { return false }
        if way.2 != .rounding, abs(abs(way.0) - right) == 1 { return false }
        return way.2 == .scale || !"\(way.0)".hasPrefix("\(right)")
    }

    /// The number with the first two neighbouring digits that differ exchanged.
    static func transposed(_ number: Int64) -> Int64 {
        var digits = Array("\(number)")
        for place in 1..<max(digits.count, 2) - 1 where digits[place] != digits[place + 1] {
            digits.swapAt(place, place + 1)
            return Int64(String(digits)) ?? number
        }
        return number
    }

    private static func areTransposed(_ left: Int64, _ right: Int64) -> Bool {
        let one = Array("\(left)")
        return one.indices.dropLast().contains { place in
            var other = one
            other.swapAt(place, place + 1)
            return left != right && String(other) == "\(right)"
        }
    }
}
