import KontorEngine
import KontorStorage
import Ledger
import Signing
import TestSupport
import Testing
import VerifiableLog

/// Refusals that the log signs: a client verifies them with the log's key alone.
struct RefusalTests {
    private func verify(_ log: LongLog, _ text: [UInt8]) throws -> SignedRefusal {
        guard case .refused(let refusal)? = try log.engine.submitAndWait([text]).first else {
            throw EngineError(.corrupt, "the text was not refused")
        }
        let signed = log.engine.signedRefusal(of: text, refusal)
        let found = try SignedRefusal(
            verifying: signed,
            logKey: log.signer.verifier,
            ledger: log.network.ledger,
            submission: text
        )
        #expect(found.faults.map(\.code) == refusal.faults.map(\.code))
        #expect(found.faults.map(\.reason) == refusal.faults.map(\.reason))
        return found
    }

    @Test func itSaysWhereTheLogStood() throws {
        var log = try LongLog()
        let size = UInt64(log.entries.count)
        log.clock.advance(byMilliseconds: 5_000)
        let twice = log.network.define("nordwind/points")
        let refusal = try verify(log, twice)
        #expect(refusal.size == size)
        #expect(refusal.time == log.clock.now())
        #expect(refusal.faults.map(\.code) == ["NameTaken"])
        let unreadable = try verify(log, Array("no jws".utf8))
        #expect(unreadable.size == size)
        #expect(unreadable.faults.first?.code.hasPrefix("MalformedJWS") == true)
    }

    /// The rules are asked after the entries before it in the same group.
    @Test func itIsJudgedAtItsOwnPlaceInAGroup() throws {
        var log = try LongLog()
        let size = UInt64(log.entries.count)
        let good = log.texts(2)
        let bad = log.network.define("nordwind/points")
        let answers = try log.engine.submitAndWait([good[0], bad, good[1], bad])
        let places = answers.compactMap { answer -> UInt64? in
            if case .refused(let refusal) = answer { refusal.judgedAt?.index } else { nil }
        }
        #expect(places == [size + 1, size + 2])
    }

    @Test func anotherSubmissionIsNotWhatWasRefused() throws {
        var log = try LongLog()
        let text = log.network.define("nordwind/points")
        guard case .refused(let refusal)? = try log.engine.submitAndWait([text]).first else {
            Issue.record("a name given twice")
            return
        }
        let signed = log.engine.signedRefusal(of: text, refusal)
        #expect(throws: LogError.self) {
            try SignedRefusal(
                verifying: signed,
                logKey: log.signer.verifier,
                ledger: log.network.ledger,
                submission: log.texts[0]
            )
        }
    }

    @Test func beforeTheGenesisTheLedgerIsZero() throws {
        var network = Network(seed: 3)
        let engine = try Engine(
            store: MemoryLogStore(),
            signer: network.logSigner,
            clock: ManualClock(network.now)
        )
        let text = network.define("nordwind/points")
        guard case .refused(let refusal)? = try engine.submitAndWait([text]).first else {
            Issue.record("an entry before the genesis")
            return
        }
        let found = try SignedRefusal(
            verifying: engine.signedRefusal(of: text, refusal),
            logKey: network.logSigner.verifier,
            ledger: .zero,
            submission: text
        )
        #expect(found.size == 0)
        #expect(found.faults.first?.code == "UnknownKey")
    }
}
