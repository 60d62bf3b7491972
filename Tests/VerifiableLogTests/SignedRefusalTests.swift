import Signing
import Testing
import VerifiableLog

/// The worked refusal of spec/07 §7, and every way in which one can be false.
@Suite struct SignedRefusalTests {
    let vector = LogVectors.load("signed-refusal.json")
    let logKey: VerifierKey
    let ledger: Digest
    let submission: [UInt8]

    init() throws {
        logKey = try VerifierKey(parsing: vector["logVkey"]?.string ?? "")
        ledger = Digest(vector["ledger"]?.string ?? "", as: .url) ?? .zero
        submission = vector["submission"]?.utf8 ?? []
    }

    func verify(_ text: String, submission: [UInt8]? = nil) throws -> SignedRefusal {
        try SignedRefusal(
            verifying: text,
            logKey: logKey,
            ledger: ledger,
            submission: submission ?? self.submission
        )
    }

    /// A refusal by the log's key whose payload is any text.
    func signed(_ payload: String, type: String = SignedRefusal.type) throws -> String {
        let signer = try NoteSigner(parsing: vector["logSkey"]?.string ?? "")
        let jws = signer.jws(signing: Array(payload.utf8), type: type)
        return String(decoding: jws.compact, as: UTF8.self)
    }

    @Test func workedRefusal() throws {
        let text = vector["refusal"]?.string ?? ""
        let refusal = try verify(text)
        #expect(refusal.size == 1_000)
        #expect(refusal.time.description == "2026-11-22T10:15:30.123Z")
        #expect(refusal.faults.map(\.code) == ["CapExceeded", "WrongCredit"])
        #expect(refusal.faults[0].place == "items[3].amount")
        #expect(refusal.payload == vector["payload"]?.utf8)
        // The same bytes, made here: another language signed the vector.
        let signer = try NoteSigner(parsing: vector["logSkey"]?.string ?? "")
        #expect(refusal.signed(by: signer) == text)
        let jws = try JWS(parsing: Array(text.utf8))
        #expect(jws.keyID.base64URL == vector["kid"]?.string)
    }

    @Test func refusalsThatAreForgedOrAboutSomethingElse() throws {
        let good = vector["refusal"]?.string ?? ""
        expect(.refusalSubmission) { _ = try verify(good, submission: submission + [0x0a]) }
        expect(.refusalLedger) {
            _ = try SignedRefusal(
                verifying: good,
                logKey: logKey,
                ledger: .zero,
                submission: submission
            )
        }
        let stranger = try NoteSigner(
            name: logKey.name,
            key: PrivateKey(algorithm: .ed25519, seed: [UInt8](repeating: 9, count: 32))
        )
        let forged = try verify(good).signed(by: stranger)
        expect(.refusalSignature) { _ = try verify(forged) }
        let payload = vector["payload"]?.string ?? ""
        expect(.refusalSignature, "another typ") {
            _ = try verify(signed(payload, type: "kontor+jws"))
        }
        for place in stride(from: 0, to: good.utf8.count, by: 7) {
            var bytes = Array(good.utf8)
            bytes[place] = bytes[place] == 0x41 ? 0x42 : 0x41
            let changed = String(decoding: bytes, as: UTF8.self)
            expect(.refusalSignature, "byte \(place)") { _ = try verify(changed) }
        }
        let witness = try VerifierKey(parsing: LogVectors.worked["witnessVkey"]?.string ?? "")
        expect(.keyUnsupported) {
            _ = try SignedRefusal(
                verifying: good,
                logKey: witness,
                ledger: ledger,
                submission: submission
            )
        }
    }

    @Test func payloadsThatAreRefused() throws {
        let good = vector["payload"]?.string ?? ""
        let table: [(String, String)] = [
            ("{\"ledger\"", "[\"ledger\""), ("\"size\":1000", "\"size\":-1"),
            ("\"size\":1000", "\"size\":\"1000\""), ("\"size\":1000,", ""),
            ("\"size\":1000", "\"size\":1000,\"extra\":1"), ("\"ledger\":\"", "\"ledger\":\"="),
            ("\"submission\":\"", "\"submission\":\"="), ("123Z\"", "123z\""),
            ("\"faults\":[", "\"faults\":[[],"), ("\"faults\"", "\"Faults\""),
            ("\"place\":\"items[3].amount\",", ""),
            ("\"place\":\"items[3].amount\"", "\"place\":3"),
            ("\"code\":\"CapExceeded\"", "\"code\":\"CapExceeded\",\"hint\":\"\""),
        ]
        for (old, new) in table {
            let altered = good.replacing(old, with: new, maxReplacements: 1)
            #expect(altered != good, "\(old) does not occur")
            expect(.refusalMalformed, "\(old) as \(new)") { _ = try verify(signed(altered)) }
        }
        let start = good.firstRange(of: "\"faults\":")?.upperBound ?? good.endIndex
        expect(.refusalMalformed, "no fault") { _ = try verify(signed(good[..<start] + "[]}")) }
    }

    @Test func faultsAreCutToWhatAClientReads() throws {
        let text = String(repeating: "é\u{1}", count: 30_000)
        let fault = SignedRefusal.Fault(code: "A", place: text, reason: text, wayOut: "wait")
        let kept = SignedRefusal.fitting(Array(repeating: fault, count: 200))
        #expect(!kept.isEmpty && kept.count < 200)
        for fault in kept {
            #expect(fault.place.utf8.count <= 1_000 && fault.reason.utf8.count <= 1_000)
            #expect(text.hasPrefix(fault.place))
        }
        let signer = try NoteSigner(parsing: vector["logSkey"]?.string ?? "")
        let refusal = SignedRefusal(
            ledger: ledger,
            submission: DigestBuilder.digest(submission),
            size: 7,
            time: .earliest,
            faults: kept
        )
        #expect(try verify(refusal.signed(by: signer)) == refusal)
        // What is short stays as it is.
        let short = SignedRefusal.Fault(code: "A", place: "", reason: "b", wayOut: "c")
        let two = [short, short]
        #expect(SignedRefusal.fitting(two) == two)
    }
}
