import Money
import Settlement
import TestSupport

/// Small random windows, for the properties.
struct RandomWindow {
    let currency: Currency
    var obligations: [Obligation]
    var carriedIn: [Carry]
    let policy: NettingPolicy
    let closed: Set<String>

    static let day: Int64 = 86_400_000

    /// A window of a seeded source; nil only if EUR were no currency.
    init?(_ random: inout RandomSource, model: SettlementModel, carries: Bool = true) {
        guard let currency = Currency("EUR") else { return nil }
        self.currency = currency
        let count = Int(random.number(2...6))
        let names = (0..<count).map { "p\($0)" }
        func pair() -> (String, String) {
            let one = Int(random.number(0...Int64(count - 1)))
            let step = Int(random.number(1...Int64(count - 1)))
            return (names[one], names[(one + step) % count])
        }
        obligations = (0..<Int(random.number(0...10))).map { _ in
            let (debtor, creditor) = pair()
            return Obligation(
                debtor: debtor,
                creditor: creditor,
                currency: currency,
                minorUnits: Int128(random.number(-40...100))
            )
        }
        carriedIn = []
        var met: Set<[String]> = []
        for _ in 0..<(carries ? Int(random.number(0...3)) : 0) {
            let (one, other) = pair()
            let key: [String]
            switch model {
            case .multilateral: key = [one]
            case .bilateral: key = [min(one, other), max(one, other)]
            case .gross: key = [one, other]
            }
            guard met.insert(key).inserted else { continue }
            carriedIn.append(
                Carry(
                    participant: one,
                    counterparty: model == .multilateral ? nil : other,
                    minorUnits: Int128(random.number(-20...20)),
                    since: random.number(0...100) * Self.day
                )
            )
        }
        policy = NettingPolicy(
            minimumPayment: Int128(carries ? random.number(0...30) : 0),
            carryMaxDays: 90,
            cutoff: 120 * Self.day
        )
        closed = carries && random.chance(20) ? ["p0"] : []
    }

    func netting(_ model: SettlementModel) throws -> Netting {
        try Netting(
            model: model,
            currency: currency,
            obligations: obligations,
            carriedIn: carriedIn,
            policy: policy,
            closed: closed
        )
    }
}
