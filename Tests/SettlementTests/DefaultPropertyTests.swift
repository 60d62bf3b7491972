import Money
import Settlement
import TestSupport
import Testing

/// Ten thousand random networks with one to three defaults, a property at a time (S-30).
@Suite struct DefaultPropertyTests {
    private struct Night {
        let book: ClaimBook
        let failed: [PaymentPlan.Due]
        let covers: [PaymentPlan.Due]
        let unable: Set<String>
        let waterfall: DefaultWaterfall
    }

    /// A random night with one to three debtors that fail; nil if nobody owes anything.
    private func night(_ random: inout RandomSource) throws -> Night? {
        let window = try #require(RandomWindow(&random, model: .multilateral))
        let netting = try window.netting(.multilateral)
        let book = try ClaimBook(obligations: window.obligations, netting: netting)
        let debtors = netting.lines.filter { $0.due < 0 }.shuffled(using: &random)
            .prefix(Int(random.number(1...3)))
        guard !debtors.isEmpty else { return nil }
        let failed = debtors.map { line in
            let part = random.chance(50) ? 0 : Int128(random.number(0...Int64(-line.due)))
            return PaymentPlan.Due(participant: line.participant, minorUnits: part)
        }
        let covers = book.names.filter { _ in random.chance(40) }.map {
            PaymentPlan.Due(participant: $0, minorUnits: Int128(random.number(0...60)))
        }
        let unable = Set(book.names.filter { _ in random.chance(60) })
        return Night(
            book: book,
            failed: failed,
            covers: covers,
            unable: unable,
            waterfall: try DefaultWaterfall(
                book: book,
                failed: failed,
                covers: covers,
                unableToRepay: unable
            )
        )
    }

    private func check(seed: UInt64, _ property: (Night) throws -> Bool) throws {
        var random = RandomSource(seed: seed)
        var runs = 0
        while runs < 10_000 {
            guard let night = try night(&random) else { continue }
            runs += 1
            guard try property(night) else {
                Issue.record("seed \(seed), run \(runs): \(night)")
                return
            }
        }
    }

    @Test func agreesWithTheTwin() throws {
        try check(seed: 51) { night in
            let twin = NaiveDefaults(
                night.book,
                failed: night.failed,
                covers: night.covers,
                unable: night.unable
            )
            let losses = night.waterfall.losses.reduce(into: [:]) {
                $0[NaiveDefaults.Key(creditor: $1.creditor, debtor: $1.debtor)] = $1.minorUnits
            }
            return losses == twin.losses
                && night.waterfall.parties.allSatisfy {
                    $0.failed == twin.failed.contains($0.participant)
                        && $0.uncovered == twin.uncovered[$0.participant] ?? 0
                }
        }
    }

    @Test func sumsAreExact() throws {
        try check(seed: 52) { night in
            let waterfall = night.waterfall
            let lost = waterfall.losses.reduce(0) { $0 + $1.minorUnits }
            return waterfall.parties.reduce(0) { $0 + $1.settled } == 0
                && lost == waterfall.uncovered
                && waterfall.parties.allSatisfy { party in
                    party.loss
                        == waterfall.losses.filter { $0.creditor == party.participant }
                        .reduce(0) { $0 + $1.minorUnits }
                        && party.uncovered
                            == waterfall.losses.filter { $0.debtor == party.participant }
                            .reduce(0) { $0 + $1.minorUnits }
                }
        }
    }

    /// Nobody without a claim bears anything, nobody more than its claim, and who failed gives all
    /// that it has paid and its whole cover before others bear anything.
    @Test func lossesStayWithinClaims() throws {
        try check(seed: 53) { night in
            let claims = night.book.claims
            let areWithin = night.waterfall.losses.allSatisfy { loss in
                let claim = claims.first {
                    $0.creditor == loss.creditor && $0.debtor == loss.debtor
                }
                return loss.minorUnits > 0 && loss.minorUnits <= loss.claim
                    && loss.claim <= claim?.minorUnits ?? 0
            }
            return areWithin
                && night.waterfall.parties.allSatisfy { party in
                    let cover = night.covers.first { $0.participant == party.participant }
                    let all = cover?.minorUnits ?? 0
                    return party.coverDrawn >= 0 && party.coverDrawn <= all
                        && (party.uncovered == 0 || party.coverDrawn == all)
                        && (party.failed || party.uncovered == 0 && party.coverDrawn == 0)
                }
        }
    }

    @Test func noOneIsLeftThatCannotRepay() throws {
        try check(seed: 54) { night in
            night.waterfall.parties.allSatisfy { party in
                party.failed || party.recall == 0 || !night.unable.contains(party.participant)
            }
        }
    }

    /// What the evening before says that one loses at most.
    @Test func lossIsAtMostTheExposure() throws {
        try check(seed: 55) { night in
            let statement = try ExposureStatement(book: night.book, covers: night.covers)
            let failed = night.waterfall.parties.filter(\.failed).map(\.participant)
            return night.waterfall.parties.allSatisfy { party in
                let most = failed.reduce(Int128(0)) {
                    $0 + statement.exposure(of: party.participant, to: $1)
                }
                return party.loss <= most
            } && statement.lines.allSatisfy { $0.exposure >= 0 && $0.coverShare >= 0 }
        }
    }

    @Test func recoveriesPayTheLossBack() throws {
        var random = RandomSource(seed: 56)
        try check(seed: 57) { night in
            guard let debtor = night.waterfall.losses.first?.debtor else { return true }
            var recovery = ClaimRecovery(debtor: debtor, losses: night.waterfall.losses)
            while recovery.outstanding > 0 {
                let amount = Int128(random.number(1...Int64(recovery.outstanding)))
                let paid = try recovery.recover(amount)
                guard paid.reduce(0, { $0 + $1.minorUnits }) == amount,
                    paid.allSatisfy({ $0.minorUnits > 0 })
                else { return false }
            }
            return recovery.recovered == recovery.losses.map(\.minorUnits)
        }
    }
}
