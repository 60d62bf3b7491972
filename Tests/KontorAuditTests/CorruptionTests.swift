import Foundation
import KontorAudit
import KontorStorage
import Ledger
import Signing
import Synchronization
import Testing
import TestSupport
import VerifiableLog

/// Every single changed byte of a small exported ledger is refused.
@Suite struct CorruptionTests {
    /// Flips one bit of each byte of every file of a tiles directory.
    @Test func tilesDirectory() throws {
        let ledger = try AuditedLedger.tiny()
        try Scratch.with { scratch in
            let store = try ledger.store()
            _ = try TilesExporter(store, directory: scratch.file("tiles")).export()
            let files = scratch.names(below: "tiles")
            #expect(
                files == ["checkpoint", "tile/0/000.p/8", "tile/entries/000.p/8"]
            )
            let contents = try files.map { try scratch.read("tiles/\($0)") }
            let survivors = Mutex<[String]>([])
            DispatchQueue.concurrentPerform(iterations: Self.lanes) { lane in
                do {
                    let lost = try Self.flip(ledger, files, contents, lane, scratch)
                    survivors.withLock { $0 += lost }
                } catch {
                    survivors.withLock { $0.append("\(error)") }
                }
            }
            #expect(survivors.withLock { $0 } == [])
        }
    }

    /// Flips one bit of each byte of the head of a bundle file, and of every third byte of its
    /// entries.
    @Test func bundleFile() throws {
        let ledger = try AuditedLedger.tiny()
        try Scratch.with { scratch in
            _ = try BundleExporter(ledger.store(), path: scratch.file("bundle")).export()
            let bytes = try scratch.read("bundle")
            let survivors = Mutex<[String]>([])
            DispatchQueue.concurrentPerform(iterations: Self.lanes) { lane in
                for offset in stride(from: lane, to: bytes.count, by: Self.lanes)
                where offset < 256 || offset % 3 == 0 {
                    var changed = bytes
                    changed[offset] ^= 1 << UInt8(offset % 8)
                    let verdict = Self.verdict(ledger) {
                        try scratch.write(changed, to: "bundle-\(lane)")
                        return try BundleSource(path: scratch.file("bundle-\(lane)"))
                    }
                    if verdict == nil { survivors.withLock { $0.append("byte \(offset)") } }
                }
            }
            #expect(survivors.withLock { $0 } == [])
        }
    }

    /// Flips a bit in every part that a store keeps of every entry.
    @Test func storedParts() throws {
        let ledger = try AuditedLedger.tiny()
        var survivors: [String] = []
        func check(_ name: String, _ change: (inout StoredEntry) -> Void) throws {
            for index in ledger.entries.indices {
                let store = try ledger.store { if $0.index == UInt64(index) { change(&$0) } }
                let verdict = Self.verdict(ledger) { StoreSource(store, place: "memory") }
                if verdict == nil { survivors.append("\(name) of entry \(index)") }
            }
        }
        try check("time") { $0.time.milliseconds += 1 }
        try check("submitter") { $0.submitter += "x" }
        try check("id") { $0.id ^= 1 << 40 }
        for step in [3, 7, 40] {
            try check("header \(step)") { $0.header[step % $0.header.count] ^= 1 }
            try check("payload \(step)") { $0.payload[$0.payload.count - 1 - step] ^= 1 }
            try check("signature \(step)") { $0.signature[step] ^= 1 }
        }
        #expect(survivors == [])
    }

    /// Files that are missing, cut or lengthened are named.
    @Test func filesOfWrongLength() throws {
        let ledger = try AuditedLedger.tiny()
        let cases: [(file: String, change: ([UInt8]) -> [UInt8]?, code: String)] = [
            ("tile/0/000.p/8", { _ in nil }, "fileMissing"),
            ("tile/0/000.p/8", { $0.dropLast() }, "tileLength"),
            ("tile/0/000.p/8", { $0 + [0] }, "tileLength"),
            ("tile/entries/000.p/8", { _ in nil }, "fileMissing"),
            ("tile/entries/000.p/8", { $0.dropLast() }, "bundleMalformed"),
            ("tile/entries/000.p/8", { $0 + [0] }, "bundleMalformed"),
            ("tile/entries/000.p/8", { $0 + [0, 0] }, "surplusBytes"),
            ("checkpoint", { $0 + [0x0a] }, "noteMalformed"),
            ("checkpoint", { _ in [] }, "noteMalformed"),
        ]
        for (file, change, code) in cases {
            try Scratch.with { scratch in
                let store = try ledger.store()
                _ = try TilesExporter(store, directory: scratch.file("tiles")).export()
                let name = "tiles/\(file)"
                if let bytes = change(try scratch.read(name)) {
                    try scratch.write(bytes, to: name)
                } else {
                    try FileManager.default.removeItem(atPath: scratch.file(name))
                }
                let source = TilesSource(directory: scratch.file("tiles"))
                let report = try Auditor().run(source, key: ledger.key)
                #expect(report.fault?.code == code, "\(file)")
            }
        }
    }

    /// Tiles above level 0 are compared as well.
    @Test func upperTiles() throws {
        let ledger = try AuditedLedger.network(transfers: 260)
        try Scratch.with { scratch in
            let store = try ledger.store()
            _ = try TilesExporter(store, directory: scratch.file("tiles")).export()
            var bytes = try scratch.read("tiles/tile/1/000.p/1")
            bytes[31] ^= 0x80
            try scratch.write(bytes, to: "tiles/tile/1/000.p/1")
            let source = TilesSource(directory: scratch.file("tiles"))
            let fault = try Auditor().run(source, key: ledger.key).fault
            #expect(fault?.code == AuditFault.Code.tileMismatch.rawValue)
            #expect(fault?.place == "tile/1/000.p/1")
        }
    }

    private static let lanes = 4

    /// Flips the bytes of one lane in a copy of the directory; gives the places that were not
    /// noticed.
    private static func flip(
        _ ledger: AuditedLedger,
        _ files: [String],
        _ contents: [[UInt8]],
        _ lane: Int,
        _ scratch: Scratch
    ) throws -> [String] {
        let copy = "lane-\(lane)"
        try FileManager.default.copyItem(
            atPath: scratch.file("tiles"),
            toPath: scratch.file(copy)
        )
        var survivors: [String] = []
        // Signatures are left to the other tests: here every byte is caught by the hashes alone.
        let earlier = try EarlierCheckpoint(
            opening: ledger.note(),
            key: ledger.key,
            wasAudited: true
        )
        for (file, bytes) in zip(files, contents) {
            for offset in stride(from: lane, to: bytes.count, by: lanes) {
                var changed = bytes
                changed[offset] ^= 1 << UInt8(offset % 8)
                try scratch.write(changed, to: "\(copy)/\(file)")
                let source = TilesSource(directory: scratch.file(copy))
                let verdict = verdict(ledger, since: earlier) { source }
                if verdict == nil { survivors.append("\(file), byte \(offset)") }
            }
            try scratch.write(bytes, to: "\(copy)/\(file)")
        }
        let isClean = verdict(ledger) { TilesSource(directory: scratch.file(copy)) } == nil
        return isClean ? survivors : survivors + ["the unchanged directory is refused"]
    }

    /// What the audit says against a source, or nil if it finds nothing.
    static func verdict(
        _ ledger: AuditedLedger,
        since earlier: EarlierCheckpoint? = nil,
        _ source: () throws -> any EntrySource
    ) -> String? {
        do {
            let auditor = Auditor(workerCount: 1)
            return try auditor.run(source(), key: ledger.key, since: earlier).fault?.code
        } catch {
            return "\(error)"
        }
    }
}
