import Signing

/// Debts, added up, and the three limits.
extension NaiveLedger {
    /// What one owes another, in parts of a minor unit.
    func sum(_ pair: String) -> (posted: Int128, held: Int128) {
        var sum: (posted: Int128, held: Int128) = (0, 0)
        for debt in debts where debt.pair == pair { sum.posted += debt.numerator }
        for line in lines where !line.isGone {
            for charge in line.charges where charge.pair == pair {
                if line.isHeld {
                    sum.held += charge.numerator
                } else {
                    sum.posted += charge.numerator
                }
            }
        }
        return sum
    }

    private static func ceiling(_ sum: (posted: Int128, held: Int128)) -> Int128 {
        let total = sum.posted + sum.held
        return total / parts + (total % parts > 0 ? 1 : 0)
    }

    func checkLimits(_ line: Line) throws(Fault) {
        guard let settlement = line.terms["settlement"] else { return }
        let currency = settlement.text("priceCurrency")
        var counted = Self.ceiling(sum("\(line.debtor)>\(line.creditor) \(currency)"))
        if settlement.flag("offsets") {
            counted -= sum("\(line.creditor)>\(line.debtor) \(currency)").posted / Self.parts
        }
        guard counted <= Int128(settlement.number("creditLine") ?? 0) else {
            throw Fault("CreditLine")
        }
        let name = "\(line.debtor) \(currency)"
        guard let limit = limits[name] else { return }
        let net = netDebit(of: line.debtor, currency)
        if let cap = limit.cap, net > Int128(cap) { throw Fault("NetDebitCap") }
        if let percent = limit.percent, net * 100 > Int128(covers[name] ?? 0) * Int128(percent) {
            throw Fault("CoverInsufficient")
        }
    }

    private func netDebit(of partner: String, _ currency: String) -> Int128 {
        var net: Int128 = 0
        for other in partners.keys.sorted() + ["operator"] where other != partner {
            net += Self.ceiling(sum("\(partner)>\(other) \(currency)"))
            net -= sum("\(other)>\(partner) \(currency)").posted / Self.parts
        }
        return net
    }
}
