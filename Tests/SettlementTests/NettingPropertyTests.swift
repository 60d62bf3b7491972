import Money
import Settlement
import TestSupport
import Testing

/// Ten thousand random windows a property, against a naive twin.
@Suite struct NettingPropertyTests {
    private static let runs = 10_000

    private func check(
        seed: UInt64,
        model: SettlementModel?,
        _ property: (RandomWindow, Netting) throws -> Bool
    ) throws {
        var random = RandomSource(seed: seed)
        for run in 0..<Self.runs {
            let model = model ?? SettlementModel.allCases[run % 3]
            let window = try #require(RandomWindow(&random, model: model))
            let netting = try window.netting(model)
            guard try property(window, netting) else {
                Issue.record("seed \(seed), run \(run): \(window) gives \(netting)")
                return
            }
        }
    }

    @Test(arguments: SettlementModel.allCases)
    func agreesWithTheTwin(model: SettlementModel) throws {
        try check(seed: 31, model: model) { window, netting in
            let twin = NaiveNetting(window, model)
            let figures = netting.figures
            return NaiveNetting.outcomes(of: netting) == twin.outcomes
                && figures.gross == twin.gross && figures.bilateral == twin.bilateral
                && figures.multilateral == twin.multilateral
        }
    }

    @Test func netsSumToZero() throws {
        try check(seed: 32, model: nil) { _, netting in
            let figures = netting.figures
            let owed = figures.participants.reduce(0) { $0 + $1.receivable }
            let owing = figures.participants.reduce(0) { $0 + $1.payable }
            return figures.participants.reduce(0) { $0 + $1.net } == 0
                && owed == figures.gross && owing == figures.gross
        }
    }

    @Test func whatIsDueSumsToZeroWithTheFloat() throws {
        try check(seed: 33, model: .multilateral) { window, netting in
            let carried = window.carriedIn.reduce(0) { $0 + $1.minorUnits }
            let carriedOn = netting.carriedOut.reduce(0) { $0 + $1.minorUnits }
            return netting.lines.reduce(0) { $0 + $1.due } + netting.floatDue == 0
                && netting.dues.reduce(0) { $0 + $1.minorUnits } == 0
                && netting.floatCarriedIn == -carried && netting.floatCarriedOut == -carriedOn
        }
    }

    @Test func orderOfInputDoesNotMatter() throws {
        var random = RandomSource(seed: 34)
        try check(seed: 35, model: nil) { window, netting in
            var shuffled = window
            shuffled.obligations.shuffle(using: &random)
            shuffled.carriedIn.shuffle(using: &random)
            return try shuffled.netting(netting.model) == netting
        }
    }

    @Test func replayIsEqual() throws {
        try check(seed: 36, model: nil) { window, netting in
            let again = try window.netting(netting.model)
            let plan = try netting.payments(mode: .direct)
            return try again == netting && again.payments(mode: .direct) == plan
        }
    }

    /// Paying the plan leaves everyone with nothing due, in every mode.
    @Test(arguments: PaymentPlan.Mode.allCases)
    func paymentsSettleWhatIsDue(mode: PaymentPlan.Mode) throws {
        try check(seed: 37, model: nil) { _, netting in
            var rest: [String: Int128] = [:]
            for line in netting.lines {
                rest[line.participant, default: 0] += line.due
                if let other = line.counterparty { rest[other, default: 0] -= line.due }
            }
            for payment in try netting.payments(mode: mode).payments {
                guard payment.minorUnits > 0 else { return false }
                rest[payment.payer, default: 0] += payment.minorUnits
                rest[payment.payee, default: 0] -= payment.minorUnits
            }
            let accounts =
                (rest.removeValue(forKey: PaymentPlan.settlementAccount) ?? 0)
                + (rest.removeValue(forKey: PaymentPlan.floatAccount) ?? 0)
            return rest.values.allSatisfy { $0 == 0 } && accounts == -netting.floatDue
        }
    }
}
