import Foundation
import KontorEngine
import Ledger
import TestSupport
import Testing
import VerifiableLog

@testable import KontorCLI

/// The files behind a statement's page.
@Suite struct NightPageTests {
    /// Each link leads to a receipt that proves the entry that it names.
    @Test func linksLeadToReceipts() throws {
        let world = try NightWorld()
        try world.publishRates([("2026-03-06", "1.10")])
        let deal = try world.deal("nordwind", "harbour", price: (1, 3))
        let sent = [try world.send(deal, 1_000), try world.send(deal, 500)]
        try world.send(try world.deal("harbour", "cafe"), 1_100)
        try world.evening(out: "night")
        let folder = world.path("night/network/1/multilateral-EUR-1.0")
        let page = try String(contentsOfFile: folder + "/nordwind.html", encoding: .utf8)
        let links = page.matches(of: /href="\.\/(receipts\/([0-9]+)\.json)"/)
        let calculated = try world.record("network/1/multilateral/EUR/1").calculatedAt
        #expect(links.compactMap { UInt64($0.2) } == sent + [calculated])
        for link in links {
            let bytes = try #require(FileManager.default.contents(atPath: "\(folder)/\(link.1)"))
            let receipt = try Receipt(parsing: [UInt8](bytes))
            let index = try #require(UInt64(link.2))
            let stored = try #require(try world.engine.storedText(at: index))
            try receipt.verify(
                jws: stored,
                logKey: world.network.logSigner.verifier,
                lastSeen: nil,
                consistency: nil
            )
            #expect(receipt.index == index)
        }
        // Only what this partner's page and the others' show.
        let receipts = try FileManager.default.contentsOfDirectory(atPath: folder + "/receipts")
        #expect(receipts.count == 4)
    }
}
