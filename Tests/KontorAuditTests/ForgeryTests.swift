import KontorAudit
import KontorStorage
import Ledger
import Signing
import Testing
import TestSupport
import VerifiableLog

/// What an operator may try, without and with the key of the log.
@Suite struct ForgeryTests {
    /// Entries that are swapped, dropped, repeated or cut off under an honest checkpoint.
    @Test func rearrangedEntries() throws {
        let ledger = try AuditedLedger.tiny()
        let entries = try ledger.frames().map(\.bytes)
        let note = try ledger.note()
        let cases: [(name: String, entries: [[UInt8]], index: UInt64?, code: String)] = [
            ("swap", Self.swap(entries, 3, 4), 3, "chainIndex"),
            ("drop", Self.drop(entries, 3), 3, "chainIndex"),
            ("drop last", Self.drop(entries, 7), 7, "entryMissing"),
            ("repeat", entries[..<4] + [entries[3]] + entries[4...], 4, "chainIndex"),
            ("append", entries + [entries[7]], 7, "surplusBytes"),
            ("none", [], 0, "entryMissing"),
        ]
        for (name, entries, index, code) in cases {
            let report = try Self.report(ledger, note: note, entries: entries)
            #expect(report.fault?.code == code, "\(name)")
            #expect(report.fault?.index == index, "\(name)")
        }
    }

    /// Without the key of the log, a checkpoint cannot be bent to another size.
    @Test func checkpointOfAnotherSize() throws {
        let ledger = try AuditedLedger.tiny()
        let entries = try ledger.frames().map(\.bytes)
        let note = try SignedNote(parsing: ledger.note())
        let cut = try SignedNote(parsing: ledger.note(size: 6))
        let forged = try SignedNote(text: cut.text, signatures: note.signatures)
        let report = try Self.report(ledger, note: forged.bytes, entries: Array(entries.prefix(6)))
        #expect(report.fault?.code == "noteSignature")
        #expect(report.checkpoint == nil)
    }

    /// With the key of the log a shorter or another history can be signed; an earlier checkpoint
    /// shows it.
    @Test func forkIsSeenSinceAnEarlierCheckpoint() throws {
        let ledger = try AuditedLedger.tiny()
        var fork = ledger
        fork.entries.removeLast()
        fork.network.advance(minutes: 1)
        fork.entries.append(
            (fork.network.define("nordwind/tickets"), fork.network.now)
        )
        let earlier = try EarlierCheckpoint(opening: ledger.note(), key: ledger.key)
        for (ledger, size) in [(ledger, 7), (fork, 8)] {
            let source = StoreSource(try ledger.store(size: size), place: "memory")
            #expect(try Auditor().run(source, key: ledger.key).fault == nil)
            let report = try Auditor().run(source, key: ledger.key, since: earlier)
            #expect(report.fault?.code == "checkpointFork")
        }
        var longer = fork
        longer.entries.append((longer.network.define("nordwind/stars"), longer.network.now))
        let source = StoreSource(try longer.store(), place: "memory")
        let fault = try Auditor().run(source, key: ledger.key, since: earlier).fault
        #expect(fault?.code == "checkpointFork")
        #expect(fault?.index == 7)
    }

    /// A changed amount under new hashes and a new signature of the log: the partner's signature
    /// does not fit.
    @Test func changedAmountIsNotSigned() throws {
        var ledger = try AuditedLedger.tiny()
        let jws = try JWS(parsing: ledger.entries[7].text)
        let payload = String(decoding: jws.payload, as: UTF8.self)
        let changed = payload.split(separator: "\"amount\":40").joined(separator: "\"amount\":41")
        #expect(changed != payload)
        let forged = try JWS(
            header: jws.header,
            payload: Array(changed.utf8),
            signature: jws.signature
        )
        ledger.entries[7].text = forged.compact
        let fault = try Self.fault(ledger)
        #expect(fault?.index == 7)
        #expect(fault?.code == "MalformedJWS.signatureInvalid")
    }

    /// Even with the partner's own signature, what the terms do not give is refused by rule.
    @Test func signedNonsenseBreaksARule() throws {
        var ledger = try AuditedLedger.tiny()
        let jws = try JWS(parsing: ledger.entries[7].text)
        let payload = String(decoding: jws.payload, as: UTF8.self)
        let changed = payload.split(separator: "\"credit\":40").joined(separator: "\"credit\":41")
        #expect(changed != payload)
        ledger.entries[7].text = ledger.network.sign(
            payload: Array(changed.utf8),
            with: "nordwind"
        )
        let fault = try Self.fault(ledger)
        #expect(fault?.index == 7)
        #expect(fault?.code == Rejection.wrongCredit.rawValue)
        #expect(fault?.place == "items[0].credit")
    }

    /// One id of one signer stands twice, each time signed.
    @Test func repeatedIdentifier() throws {
        var ledger = try AuditedLedger.tiny()
        let statement = try SignedStatement(parsing: ledger.entries[7].text).statement
        let text = ledger.network.sign(
            .programDefine,
            by: "nordwind",
            ["program": "nordwind/tickets", "scale": 0],
            id: statement.id
        )
        ledger.entries.append((text, ledger.network.now))
        let fault = try Self.fault(ledger)
        #expect(fault?.index == 8)
        #expect(fault?.code == Rejection.idReused.rawValue)
        // A later fault does not hide it.
        ledger.entries.append((ledger.network.define("nordwind/tickets"), ledger.network.now))
        #expect(try Self.fault(ledger) == fault)
    }

    /// A key that the chain never registered signs the checkpoint.
    @Test func foreignLogKey() throws {
        var ledger = try AuditedLedger.tiny()
        let own = ledger.key
        ledger.logSigner = try NoteSigner(
            name: own.name,
            key: ledger.network.key("another key of the log")
        )
        let source = StoreSource(try ledger.store(), place: "memory")
        #expect(try Auditor().run(source, key: own).fault?.code == "noteUnsigned")
        #expect(
            try Auditor().run(source, key: ledger.key).fault?.code
                == AuditFault.Code.logKeyNotRegistered.rawValue
        )
    }

    /// An unknown kind is no fault of the log; the audit stops and says so.
    @Test func unknownKindStops() throws {
        var ledger = try AuditedLedger.tiny()
        let payload: JSONValue = [
            "ledger": .string(ledger.network.ledger.base64URL), "kind": "settlement.open",
            "partner": "operator-a", "id": .string(ledger.network.nextID().description),
        ]
        let text = ledger.network.sign(payload: payload.text, with: "operator-a")
        ledger.entries.append((text, ledger.network.now))
        let fault = try Self.fault(ledger)
        #expect(fault?.index == 8)
        #expect(fault?.isUnsupported == true)
    }

    /// A source that shows other bytes the second time is blamed, not the entry that asked.
    @Test func secondReadingIsHeldToTheFirst() throws {
        let ledger = try AuditedLedger.network(transfers: 10)
        let source = FickleSource(StoreSource(try ledger.store(), place: "memory"))
        let fault = try Auditor().run(source, key: ledger.key).fault
        #expect(fault?.code == AuditFault.Code.pastEntryChanged.rawValue)
    }

    private static func fault(_ ledger: AuditedLedger) throws -> AuditFault? {
        let entries = try ledger.frames().map(\.bytes)
        return try report(ledger, note: ledger.note(), entries: entries).fault
    }

    private static func report(
        _ ledger: AuditedLedger,
        note: [UInt8],
        entries: [[UInt8]]
    ) throws -> AuditReport {
        var report = AuditReport?.none
        try Scratch.with { scratch in
            let bytes = try AuditedLedger.bundle(note: note, entries: entries)
            try scratch.write(bytes, to: "bundle")
            let source = try BundleSource(path: scratch.file("bundle"))
            report = try Auditor(workerCount: 2).run(source, key: ledger.key)
        }
        return try #require(report)
    }

    private static func swap(_ entries: [[UInt8]], _ left: Int, _ right: Int) -> [[UInt8]] {
        var entries = entries
        entries.swapAt(left, right)
        return entries
    }

    private static func drop(_ entries: [[UInt8]], _ index: Int) -> [[UInt8]] {
        var entries = entries
        entries.remove(at: index)
        return entries
    }
}
