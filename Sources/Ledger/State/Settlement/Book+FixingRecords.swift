internal import Money
internal import Settlement
internal import Signing

/// The records of fixings (spec/24 §7).
extension Book {
    func noteFixings(_ digest: inout StateDigest) {
        if let last = fixings.last {
            digest.note("fixing", "\(last.hash.base64URL) \(last.calendar) \(last.window)")
        }
        for program in fixings.pinned.sortedNames {
            let values = (fixings.pinned[program] ?? []).map { "\($0.millionths)" }
            digest.note("value/\(program)", values.joined(separator: ","))
        }
        for rates in fixings.agreements { note(rates, &digest) }
        for place in fixings.units.marks.indices {
            let (mark, last) = (fixings.units.marks[place], fixings.units.last[place])
            guard mark != 0 || last != 0 else { continue }
            digest.note("units/\(hash(of: Int32(place)))", "\(mark) \(last)")
        }
        for closed in fixings.units.closed {
            for line in closed.lines {
                let hash = hash(of: line.agreement)
                digest.note("weight/\(closed.calendar)/\(closed.window)/\(hash)", "\(line.units)")
            }
        }
    }

    private func note(_ rates: AgreementRates, _ digest: inout StateDigest) {
        let hash = hash(of: rates.agreement)
        let kept = rates.kept.filter { $0.until.map { $0 >= time } ?? true }
        for (number, line) in kept.enumerated() {
            let until = line.until?.description ?? "-"
            digest.note("fixed/\(hash)/\(number)", "\(Self.text(line.rates)) \(until)")
        }
        if let waiting = rates.waiting {
            let signed = waiting.signed.isEmpty ? "-" : waiting.signed.joined(separator: ",")
            digest.note("waiting/\(hash)", "\(Self.text(waiting.rates)) \(signed)")
        }
    }

    private func hash(of agreement: Int32) -> String {
        registry.agreements[Int(agreement)].hash.base64URL
    }

    private static func text(_ rates: FixedRates) -> String {
        "\(rates.fixing.base64URL) \(rateText(rates.ratio)) \(rateText(rates.price)) \(rates.cutoff)"
    }

    /// A rate as it is written, or `-` (spec/14 §1).
    static func rateText(_ rate: Rate?) -> String {
        rate.map { "\($0.numerator)/\($0.denominator)" } ?? "-"
    }
}
