import Foundation
import Money
import Settlement
import Signing
import TestSupport
import Testing

@testable import Ledger

/// Random nights of small networks against `NaiveNight`: nets sum to 0, legs and leaves agree,
/// exposures follow exactly, and a restored book is the same.
///
/// `KONTOR_SEEDS` sets how many networks are played.
@Suite struct NightPropertyTests {
    private static let seeds =
        UInt64(ProcessInfo.processInfo.environment["KONTOR_SEEDS"] ?? "") ?? 300
    private static let bases = Result { try (0..<6).map { try NightGame.base($0) } }

    @Test(arguments: 0..<4 as Range<UInt64>)
    func nights(_ part: UInt64) throws {
        let bases = try Self.bases.get()
        var count = NightGame.Count()
        for seed in stride(from: part, to: Self.seeds, by: 4) {
            var game = NightGame(bases[Int(seed / 4 % 6)], seed: seed)
            do {
                try game.play()
            } catch {
                Issue.record("seed \(seed): \(error)\n\(game.journal.joined(separator: "\n"))")
                return
            }
            count += game.count
        }
        guard Self.seeds >= 300 else { return }
        #expect(count.settled > Int(Self.seeds / 4))
        #expect(count.claims > 5 && count.aborts > 5 && count.objections > 5)
        #expect(count.carries > 5 && count.trueUps > 5 && count.setAside > 5)
    }
}
