import Foundation
import Settlement
import TestSupport
import Testing

/// Faults that are planted are found: each once, with its type, its cause and its rows, and nothing
/// else.
@Suite struct PlantedFaultTests {
    private static let seeds = ProcessInfo.processInfo.environment["KONTOR_SEEDS"].flatMap(Int.init)

    private func found(_ result: Reconciliation) -> [PlantedBooks.Expected] {
        result.breaks.map { item in
            PlantedBooks.Expected(
                type: item.type,
                cause: item.cause,
                ledger: item.ledgerRows.map { result.ledger.rows[$0].place },
                partner: item.partnerRows.map { result.partner.rows[$0].place }
            )
        }
        .sorted()
    }

    @Test func everyPlantedFaultIsFoundAndNothingElse() throws {
        for seed in 1...UInt64(Self.seeds ?? 100) {
            let books = PlantedBooks(seed: seed, transfers: 60, faultPercent: 40)
            let found = found(try books.reconciliation(shuffledBy: nil))
            let expected = books.expected.sorted()
            guard found == expected else {
                let missed = expected.filter { !found.contains($0) }
                let invented = found.filter { !expected.contains($0) }
                Issue.record("seed \(seed): missed \(missed), invented \(invented)")
                return
            }
        }
    }

    @Test func booksWithoutFaultsAreClean() throws {
        for seed in 1...UInt64(Self.seeds ?? 60) {
            let books = PlantedBooks(seed: seed, transfers: 80, faultPercent: 0)
            let result = try books.reconciliation(shuffledBy: nil)
            #expect(result.breaks.isEmpty, "seed \(seed): \(found(result))")
            #expect(result.metrics.rows.part == result.metrics.rows.whole, "seed \(seed)")
        }
    }

    @Test func theOrderOfRowsDoesNotMatter() throws {
        for seed in 1...UInt64(Self.seeds ?? 40) {
            let books = PlantedBooks(seed: seed, transfers: 50, faultPercent: 50)
            let text = try books.reconciliation(shuffledBy: nil).text
            for order in 1...2 {
                let other = try books.reconciliation(shuffledBy: seed * 10 + UInt64(order)).text
                #expect(text == other, "seed \(seed), order \(order)")
            }
        }
    }
}
