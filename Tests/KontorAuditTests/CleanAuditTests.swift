import Foundation
import KontorAudit
import KontorStorage
import Ledger
import Signing
import Testing
import TestSupport
import VerifiableLog

/// What an honest log looks like, from every source.
@Suite struct CleanAuditTests {
    /// Every source of one ledger gives the same clean report.
    @Test func sourcesAgree() throws {
        let ledger = try AuditedLedger.network(transfers: 300)
        let store = try ledger.store()
        try Scratch.with { scratch in
            let tiles = scratch.file("tiles")
            let bundle = scratch.file("log.bundle")
            let outcome = try TilesExporter(store, directory: tiles).export()
            #expect(outcome.size == UInt64(ledger.entries.count))
            #expect(try BundleExporter(store, path: bundle).export() == outcome.size)
            let sqlite = try SQLiteLogStore(directory: scratch.file("data"), access: .create)
            try ledger.append(to: sqlite, from: 0, size: ledger.entries.count)
            try sqlite.close()
            let sources: [any EntrySource] = [
                StoreSource(store, place: "memory"),
                try StoreSource(directory: scratch.file("data")),
                TilesSource(directory: tiles),
                try BundleSource(path: bundle),
            ]
            let digest = try Self.stateDigest(of: ledger)
            for source in sources {
                let report = try Auditor(workerCount: 3).run(source, key: ledger.key)
                #expect(report.fault == nil)
                #expect(report.warnings.isEmpty)
                #expect(report.stateDigest == digest)
                #expect(report.entryCount == UInt64(ledger.entries.count))
                #expect(report.transferCount == 300)
                #expect(report.verifiedSignatureCount == report.entryCount)
                #expect(report.kinds.first { $0.kind == .transfersReverse }?.count == 30)
                #expect(report.times?.upperBound == ledger.entries.last?.time)
                #expect(report.notes.contains { $0.contains("P-19") })
            }
        }
    }

    /// An export that grows is, after every step, the same directory as a fresh one, and audits
    /// clean.
    @Test func exportGrows() throws {
        let ledger = try AuditedLedger.network(transfers: 460)
        try Scratch.with { scratch in
            let store = MemoryLogStore()
            var base = 0
            for size in [1, 200, 256, 257, 300, 511, 512, 540] {
                try ledger.append(to: store, from: base, size: size)
                base = size
                let exporter = TilesExporter(store, directory: scratch.file("grown"))
                #expect(try exporter.export().size == UInt64(size))
                let fresh = scratch.file("fresh-\(size)")
                _ = try TilesExporter(store, directory: fresh).export()
                let names = scratch.names(below: "grown")
                #expect(names == scratch.names(below: "fresh-\(size)"))
                for name in names {
                    #expect(
                        try scratch.read("grown/\(name)") == scratch.read("fresh-\(size)/\(name)")
                    )
                }
            }
            let source = TilesSource(directory: scratch.file("grown"))
            let report = try Auditor().run(source, key: ledger.key)
            #expect(report.fault == nil)
            #expect(report.warnings.isEmpty)
        }
    }

    /// What a crashed export left is warned of, and the next export clears it away.
    @Test func leftoversAreNamed() throws {
        let ledger = try AuditedLedger.tiny()
        let store = try ledger.store()
        try Scratch.with { scratch in
            let tiles = scratch.file("tiles")
            _ = try TilesExporter(store, directory: tiles).export()
            try scratch.write([1], to: "tiles/tile/0/000.p/5")
            try scratch.write([1], to: "tiles/tile/0/000.p/8.new")
            try scratch.write([1], to: "tiles/readme")
            let source = TilesSource(directory: tiles)
            let report = try Auditor().run(source, key: ledger.key)
            #expect(report.fault == nil)
            #expect(report.warnings.count == 3)
            _ = try TilesExporter(store, directory: tiles).export()
            #expect(try Auditor().run(source, key: ledger.key).warnings.count == 1)
        }
    }

    /// A directory of another log, or of a longer one, is left alone.
    @Test func exportRefusesForeignDirectory() throws {
        let ledger = try AuditedLedger.network(transfers: 20)
        let other = try AuditedLedger.tiny()
        try Scratch.with { scratch in
            let tiles = scratch.file("tiles")
            _ = try TilesExporter(ledger.store(size: 20), directory: tiles).export()
            for store in [try ledger.store(size: 19), try other.store()] {
                let error = #expect(throws: AuditError.self) {
                    try TilesExporter(store, directory: tiles).export()
                }
                #expect(error?.code == .conflict)
            }
            #expect(try scratch.read("tiles/checkpoint") == ledger.note(size: 20))
        }
    }

    /// The comparison holds also where the older checkpoint ends with a full tile.
    @Test func exportRefusesForkAtFullTile() throws {
        let ledger = try AuditedLedger.network(transfers: 250)
        var fork = ledger
        fork.entries[200].time.milliseconds += 1
        try Scratch.with { scratch in
            let tiles = scratch.file("tiles")
            _ = try TilesExporter(ledger.store(size: 256), directory: tiles).export()
            let error = #expect(throws: AuditError.self) {
                try TilesExporter(fork.store(size: 300), directory: tiles).export()
            }
            #expect(error?.code == .conflict)
            #expect(try scratch.read("tiles/checkpoint") == ledger.note(size: 256))
        }
    }

    /// A log that extends an earlier checkpoint says so; audited signatures are counted as skipped.
    @Test func sinceContinues() throws {
        let ledger = try AuditedLedger.network(transfers: 30)
        let source = StoreSource(try ledger.store(), place: "memory")
        for wasAudited in [false, true] {
            let earlier = try EarlierCheckpoint(
                opening: ledger.note(size: 25),
                key: ledger.key,
                wasAudited: wasAudited
            )
            let report = try Auditor().run(source, key: ledger.key, since: earlier)
            #expect(report.fault == nil)
            #expect(report.extendedSize == 25)
            #expect(report.skippedSignatureCount == (wasAudited ? 25 : 0))
            #expect(
                report.verifiedSignatureCount + report.skippedSignatureCount == report.entryCount
            )
        }
    }

    /// A checkpoint from before a change of the log's key opens by the key of that time, whichever
    /// of several that was.
    @Test func sinceOpensByAnEarlierKey() throws {
        let ledger = try AuditedLedger.network(transfers: 3)
        let note = try ledger.note(size: 10)
        let keys = try (0..<2).map { _ in
            let key = PrivateKey.generate(.ed25519)
            return try NoteSigner(name: ledger.key.name, key: key).verifier
        }
        let earlier = try EarlierCheckpoint(opening: note, keys: keys[0], [keys[1], ledger.key])
        #expect(earlier.checkpoint.size == 10)
        #expect(throws: LogError.self) {
            try EarlierCheckpoint(opening: note, keys: keys[0], [keys[1]])
        }
    }

    /// The state digest that a plain replay gives.
    private static func stateDigest(of ledger: AuditedLedger) throws -> Digest {
        var harness = LedgerHarness()
        for (text, time) in ledger.entries { _ = try harness.apply(text, at: time) }
        return harness.book.stateDigest()
    }
}
