import Signing
import Testing
import VerifiableLog

/// Notes, keys, checkpoints and cosignatures.
@Suite struct NoteTests {
    static let logKey = LogVectors.worked["logVkey"]?.string ?? ""
    static let witnessKey = LogVectors.worked["witnessVkey"]?.string ?? ""

    @Test func casesOfTheVectors() throws {
        let cases = LogVectors.cases["notes"]?.elements ?? []
        let keys = [
            try VerifierKey(parsing: Self.logKey), try VerifierKey(parsing: Self.witnessKey),
        ]
        #expect(cases.count >= 30)
        for value in cases {
            let bytes = value["note"]?.utf8 ?? []
            let name = value["name"]?.string ?? ""
            if let code = value["code"]?.string {
                expect(try #require(LogError.Code(rawValue: code)), name) {
                    _ = try SignedNote(parsing: bytes).verify(with: keys)
                }
            } else {
                let note = try SignedNote(parsing: bytes)
                #expect(note.bytes == bytes)
                let verified = try note.verify(with: keys)
                #expect(verified.contains { $0.key == keys[0] }, "\(name)")
                #expect(try Checkpoint(opening: note, logKey: keys[0]).size == 3)
            }
        }
    }

    @Test func checkpointsOfTheVectors() throws {
        let cases = LogVectors.cases["checkpoints"]?.elements ?? []
        #expect(cases.count >= 15)
        for value in cases {
            let text = value["text"]?.utf8 ?? []
            if let code = value["code"]?.string {
                expect(try #require(LogError.Code(rawValue: code)), value["name"]?.string ?? "") {
                    _ = try Checkpoint(parsing: text)
                }
            } else {
                #expect(try Checkpoint(parsing: text).text == text)
            }
        }
    }

    /// The example of the signed-note specification.
    @Test func exampleOfTheSpecification() throws {
        let text = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
        let key = try VerifierKey(parsing: text)
        #expect(key.text == text)
        #expect(key.name == "example.com/foo")
    }

    @Test func textIsSplitAtTheLastEmptyLine() throws {
        let key = try PrivateKey(algorithm: .ed25519, seed: [UInt8](repeating: 9, count: 32))
        let signer = try NoteSigner(name: "a.example", key: key)
        let text = Array("one\n\n\u{2014} two\n\nthree\n".utf8)
        let note = try SignedNote(text: text, signatures: [signer.signature(for: text)])
        let parsed = try SignedNote(parsing: note.bytes)
        #expect(parsed == note)
        #expect(try parsed.verify(with: [signer.verifier]).count == 1)
    }

    @Test func limits() throws {
        let line = try NoteSignature(name: "a", keyID: 1, signature: [1])
        let text = Array("t\n".utf8)
        let full = try SignedNote(text: text, signatures: Array(repeating: line, count: 100))
        #expect(try SignedNote(parsing: full.bytes).signatures.count == 100)
        expect(.noteTooLong) { _ = try full.adding([line]) }
        expect(.noteTooLong) { _ = try SignedNote(parsing: full.bytes + line.line + [0x0a]) }
        let lines = line.line.count + 2
        let long = [UInt8](repeating: 0x61, count: 1_000_000 - lines - 1) + [0x0a]
        let largest = try SignedNote(text: long, signatures: [line])
        #expect(largest.bytes.count == 1_000_000)
        #expect(try SignedNote(parsing: largest.bytes) == largest)
        expect(.noteTooLong) { _ = try SignedNote(text: [0x61] + long, signatures: [line]) }
        expect(.noteTooLong) { _ = try SignedNote(parsing: [0x61] + largest.bytes) }
        // Four cosignatures of ML-DSA-44 fit easily.
        let heavy = try NoteSignature(
            name: "q",
            keyID: 2,
            signature: [UInt8](repeating: 3, count: 2_428)
        )
        #expect(
            try SignedNote(
                parsing: SignedNote(text: text, signatures: [heavy, heavy, heavy, heavy]).bytes
            ).signatures.count == 4
        )
    }

    @Test func bytesThatAreNoText() {
        let tail = Array("\n\n\u{2014} a AAAAAAA=\n".utf8)
        expect(.noteMalformed) { _ = try SignedNote(parsing: [0xff] + tail) }
        expect(.noteMalformed) { _ = try SignedNote(parsing: [0xc0, 0x80] + tail) }
        expect(.noteMalformed) { _ = try SignedNote(parsing: [0xed, 0xa0, 0x80] + tail) }
        expect(.noteMalformed) { _ = try SignedNote(text: [], signatures: []) }
        expect(.noteMalformed) { _ = try SignedNote(text: [0x0a], signatures: []) }
        expect(.noteMalformed) { _ = try NoteSignature(name: "a+b", keyID: 1, signature: [1]) }
    }

    @Test func keysThatAreRefused() throws {
        let good = Self.logKey
        let parts = good.split(separator: "+", maxSplits: 2).map(String.init)
        let malformed = [
            "", "a", "a+b", "+\(parts[1])+\(parts[2])", "a b+\(parts[1])+\(parts[2])",
            "\(parts[0])+00000000+\(parts[2])", "\(parts[0])+\(parts[1].dropLast())+\(parts[2])",
            "\(parts[0])+\(parts[1].uppercased())+\(parts[2])", "\(parts[0])+\(parts[1])+",
            "\(parts[0])+\(parts[1])+AQ==", good + "=", good + "\n", "other" + good,
            "a+00000000+Bg==",
        ]
        for text in malformed {
            expect(.keyMalformed, text) { _ = try VerifierKey(parsing: text) }
        }
        let other = Base64.standard.encode([0x02] + [UInt8](repeating: 1, count: 32))
        expect(.keyUnsupported) { _ = try VerifierKey(parsing: "a+00000000+\(other)") }
        let p256 = PrivateKey.generate(.es256)
        expect(.keyUnsupported) { _ = try NoteSigner(name: "a", key: p256) }
        expect(.keyUnsupported) { _ = try Cosigner(name: "a", key: p256) }
        // A point of small order.
        let weak = Base64.standard.encode([0x01, 0x01] + [UInt8](repeating: 0, count: 31))
        expect(.keyMalformed) { _ = try VerifierKey(parsing: "a+00000000+\(weak)") }
        let secret = LogVectors.worked["logSkey"]?.string ?? ""
        expect(.keyMalformed) { _ = try NoteSigner(parsing: String(secret.dropFirst())) }
        expect(.keyMalformed) { _ = try NoteSigner(parsing: secret.replacing("kontor", with: "x")) }
        expect(.keyMalformed) {
            _ = try NoteSigner(parsing: "PRIVATE+KEY+a+00000000+AQE=")
        }
        expect(.keyUnsupported) { _ = try Cosigner(parsing: secret) }
    }

    @Test func ambiguousKeysAndWrongUse() throws {
        let note = try SignedNote(
            parsing: LogVectors.worked["heads"]?.elements.last?["cosigned"]?.utf8 ?? []
        )
        let log = try VerifierKey(parsing: Self.logKey)
        let witness = try VerifierKey(parsing: Self.witnessKey)
        #expect(try note.verify(with: [log, log, witness]).count == 2)
        #expect(try note.verify(with: [witness]).first?.seconds == 1_795_342_532)
        expect(.keyUnsupported) { _ = try Checkpoint(opening: note, logKey: witness) }
        // The type byte keeps two uses of a key apart.
        let key = try PrivateKey(algorithm: .ed25519, seed: [UInt8](repeating: 1, count: 32))
        #expect(try Cosigner(name: log.name, key: key).verifier.keyID != log.keyID)
    }

    /// Seeds that were searched for: both keys have the id fedf4729 under this name.
    @Test func twoKeysWithOneID() throws {
        let signers = try [869, 35_414].map { (number: UInt16) in
            let tail = [UInt8(number >> 8), UInt8(number & 0xff)]
            let seed = [UInt8](repeating: 0, count: 30) + tail
            let key = try PrivateKey(algorithm: .ed25519, seed: seed)
            return try NoteSigner(name: "log.example", key: key)
        }
        #expect(signers.map(\.verifier.keyID) == [0xfedf_4729, 0xfedf_4729])
        let text = Array("text\n".utf8)
        let note = try SignedNote(text: text, signatures: [signers[0].signature(for: text)])
        expect(.keyAmbiguous) { _ = try note.verify(with: signers.map(\.verifier)) }
        expect(.noteSignature) { _ = try note.verify(with: [signers[1].verifier]) }
        expect(.noteUnsigned) { _ = try note.verify(with: []) }
        #expect(try note.verify(with: [signers[0].verifier]).count == 1)
    }

    @Test func checkpointsOfOthers() throws {
        let key = try PrivateKey(algorithm: .ed25519, seed: [UInt8](repeating: 4, count: 32))
        let signer = try NoteSigner(name: "a.example/x", key: key)
        let root = MerkleHash.leaf([1])
        let other = try Checkpoint(origin: "b.example", size: 1, root: root)
        expect(.checkpointOrigin) { _ = try other.signed(by: signer) }
        let line = signer.signature(for: other.text)
        let note = try SignedNote(text: other.text, signatures: [line])
        expect(.checkpointOrigin) { _ = try Checkpoint(opening: note, logKey: signer.verifier) }
        for origin in ["", "a b", "a+b", "a\nb", String(repeating: "o", count: 256)] {
            expect(.checkpointMalformed) {
                _ = try Checkpoint(origin: origin, size: 1, root: root)
            }
        }
        expect(.checkpointMalformed) {
            _ = try Checkpoint(origin: "a", size: 1 << 63, root: root)
        }
        expect(.checkpointRoot) { _ = try Checkpoint(origin: "a", size: 0, root: root) }
    }

    @Test func cosignatures() throws {
        expect(.cosignatureMalformed) { _ = try Cosignature(parsing: []) }
        expect(.cosignatureMalformed) {
            _ = try Cosignature(parsing: [UInt8](repeating: 0, count: 71))
        }
        expect(.cosignatureMalformed) {
            _ = try Cosignature(parsing: [0x80] + [UInt8](repeating: 0, count: 71))
        }
        let bytes = [UInt8](repeating: 1, count: 2_428)
        #expect(try Cosignature(parsing: bytes).bytes == bytes)
        let key = try PrivateKey(algorithm: .ed25519, seed: [UInt8](repeating: 4, count: 32))
        let cosigner = try Cosigner(name: "w", key: key)
        expect(.checkpointMalformed) { _ = try cosigner.cosignature(for: [0x61], seconds: 1) }
        let checkpoint = try Checkpoint(origin: "a", size: 0, root: MerkleHash.empty)
        expect(.cosignatureMalformed) {
            _ = try cosigner.cosignature(for: checkpoint.text, seconds: 1 << 63)
        }
        expect(.cosignatureMalformed) {
            _ = try SubtreeMessage(
                cosigner: String(repeating: "w", count: 256),
                seconds: 1,
                checkpoint: checkpoint
            )
        }
    }
}
