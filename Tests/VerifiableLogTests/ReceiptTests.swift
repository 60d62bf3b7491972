import Signing
import Testing
import VerifiableLog

/// Receipts of the worked log, and every way in which one can be false.
@Suite struct ReceiptTests {
    let worked = LogVectors.worked
    let logKey: VerifierKey
    let jws: [UInt8]
    let text: [UInt8]
    let heads: [Checkpoint]

    init() throws {
        logKey = try VerifierKey(parsing: worked["logVkey"]?.string ?? "")
        jws = worked["entries"]?.elements[1]["jws"]?.utf8 ?? []
        text = worked["receipt"]?.text ?? []
        heads = try (worked["heads"]?.elements ?? []).map {
            try Checkpoint(parsing: $0["text"]?.utf8 ?? [])
        }
    }

    func verify(
        _ receipt: Receipt,
        jws: [UInt8]? = nil,
        stored: [UInt8]? = nil,
        lastSeen: Checkpoint? = nil,
        consistency: [Digest]? = nil
    ) throws {
        try receipt.verify(
            jws: jws ?? self.jws,
            storedJWS: stored,
            logKey: logKey,
            lastSeen: lastSeen,
            consistency: consistency
        )
    }

    /// The worked receipt with one member replaced.
    func altered(_ name: String, _ value: JSONValue) throws -> Receipt {
        guard case .object(var members) = try JSONValue(parsing: text) else {
            return try Receipt(parsing: text)
        }
        for index in members.indices where members[index].name == name {
            members[index].value = value
        }
        return try Receipt(json: .object(members))
    }

    @Test func workedReceipt() throws {
        let receipt = try Receipt(parsing: text)
        #expect(receipt.text == text)
        try verify(receipt)
        let frame = try EntryFrame(parsing: worked["entries"]?.elements[1]["entry"]?.utf8 ?? [])
        #expect(try Receipt(for: frame, id: receipt.id, proof: receipt.proof) == receipt)
    }

    @Test func consistencyWithTheLastSeen() throws {
        let receipt = try Receipt(parsing: text)
        let proofs = worked["consistency"]?.elements ?? []
        let fromOne = proofs[1]["hashes"]?.digests
        try verify(receipt, lastSeen: heads[2])
        try verify(receipt, lastSeen: heads[0], consistency: fromOne)
        let empty = try Checkpoint(origin: logKey.name, size: 0, root: MerkleHash.empty)
        try verify(receipt, lastSeen: empty)
        expect(.checkpointFork) { try verify(receipt, lastSeen: heads[0]) }
        expect(.checkpointFork) { try verify(receipt, lastSeen: heads[1], consistency: fromOne) }
        let fork = try Checkpoint(origin: logKey.name, size: 3, root: heads[0].root)
        expect(.checkpointFork) { try verify(receipt, lastSeen: fork) }
        let stranger = try Checkpoint(origin: "x.example", size: 3, root: heads[2].root)
        expect(.checkpointOrigin) { try verify(receipt, lastSeen: stranger) }
        // A receipt may arrive after a later checkpoint was seen; the later one is remembered.
        let late = try olderReceipt()
        let newest = try late.verify(
            jws: jws,
            logKey: logKey,
            lastSeen: heads[2],
            consistency: proofs[2]["hashes"]?.digests
        )
        #expect(newest == heads[2])
        expect(.checkpointFork) { try verify(late, lastSeen: heads[2], consistency: []) }
    }

    /// The receipt of entry 1 against the checkpoint of size 2.
    func olderReceipt() throws -> Receipt {
        let receipt = try Receipt(parsing: text)
        let first = worked["entries"]?.elements[0]["leafHash"]?.digest ?? .zero
        let note = try SignedNote(parsing: worked["heads"]?.elements[1]["note"]?.utf8 ?? [])
        return try Receipt(
            index: 1,
            time: receipt.time,
            previous: receipt.previous,
            id: receipt.id,
            leafHash: receipt.leafHash,
            proof: TLogProof(index: 1, hashes: [first], checkpoint: note)
        )
    }

    @Test func falseReceipts() throws {
        let entries = worked["entries"]?.elements ?? []
        let otherProof = worked["proofs"]?.elements[2]["file"] ?? .null
        expect(.receiptLeaf) { try verify(altered("time", "2026-11-22T10:15:30.124Z")) }
        expect(.receiptLeaf) { try verify(altered("index", 2)) }
        expect(.receiptLeaf) { try verify(altered("prev", entries[2]["prev"] ?? .null)) }
        expect(.receiptLeaf) { try verify(altered("leafHash", entries[2]["leafHash"] ?? .null)) }
        expect(.receiptID) { try verify(altered("id", entries[2]["id"] ?? .null)) }
        expect(.receiptIndex) { try verify(altered("proof", otherProof)) }
        // Another client's submission, with a receipt and proof that are valid for this one.
        let foreign = entries[2]["jws"]?.utf8 ?? []
        expect(.receiptID) { try verify(Receipt(parsing: text), jws: foreign) }
        // A valid proof of another leaf under the index of this one.
        let proof = try TLogProof(parsing: otherProof.utf8)
        let moved = TLogProof(index: 1, hashes: proof.hashes, checkpoint: proof.checkpoint)
        expect(.proofLength) {
            try verify(altered("proof", .string(String(decoding: moved.bytes, as: UTF8.self))))
        }
        let receipt = try Receipt(parsing: text)
        var hashes = receipt.proof.hashes
        hashes[0] = hashes[0].flipped(byte: 1)
        let forged = TLogProof(index: 1, hashes: hashes, checkpoint: receipt.proof.checkpoint)
        expect(.proofRoot) {
            try verify(altered("proof", .string(String(decoding: forged.bytes, as: UTF8.self))))
        }
        let unsigned = String(decoding: receipt.proof.bytes, as: UTF8.self)
            .replacing("\n3\n", with: "\n4\n")
        expect(.noteSignature) { try verify(altered("proof", .string(unsigned))) }
    }

    @Test func submissions() throws {
        let receipt = try Receipt(parsing: text)
        expect(.receiptSubmission) { try verify(receipt, jws: Array("a.b.c".utf8)) }
        let key = try PrivateKey(algorithm: .ed25519, seed: [UInt8](repeating: 12, count: 32))
        let noJSON = JWS(signing: [0x7b], type: JWS.entryType, with: key)
        expect(.receiptSubmission) { try verify(receipt, jws: noJSON.compact) }
        // A retry of the same payload under another spelling of the algorithm: other bytes, same
        // submission.
        let submitted = try JWS(parsing: jws)
        let header: JSONValue = [
            "alg": "EdDSA", "kid": .string(submitted.keyID.base64URL), "typ": "kontor+jws",
        ]
        let retry = try JWS(
            header: header.text,
            payload: submitted.payload,
            signature: submitted.signature
        )
        expect(.receiptLeaf) { try verify(receipt, jws: retry.compact) }
        try verify(receipt, jws: retry.compact, stored: jws)
        let other = worked["entries"]?.elements[2]["jws"]?.utf8 ?? []
        expect(.receiptSubmission) { try verify(receipt, stored: other) }
    }

    @Test func textsThatAreRefused() throws {
        let good = String(decoding: text, as: UTF8.self)
        let table: [(String, String)] = [
            ("{", "["), ("\"index\":1", "\"index\":-1"), ("\"index\":1", "\"index\":\"1\""),
            ("\"index\":1", "\"index\":1.0"), ("\"index\":1", "\"index\":1,\"index\":1"),
            ("\"index\":1,", ""), ("\"index\"", "\"Index\""), ("123Z\"", "123z\""),
            ("\"prev\":\"", "\"prev\":\"="), ("7000-8000", "4000-8000"),
            ("\"leafHash\":\"", "\"leafHash\":\"A"),
            ("\"index\":1", "\"index\":1,\"extra\":1"), ("\"time\":", "\"time\":1,\"x\":"),
        ]
        for (old, new) in table {
            let altered = good.replacing(old, with: new, maxReplacements: 1)
            #expect(altered != good, "\(old) does not occur")
            expect(.receiptMalformed, "\(old) as \(new)") {
                _ = try Receipt(parsing: Array(altered.utf8))
            }
        }
        let receipt = try Receipt(parsing: text)
        expect(.receiptMalformed) {
            _ = try Receipt(
                index: 1 << 53,
                time: receipt.time,
                previous: receipt.previous,
                id: receipt.id,
                leafHash: receipt.leafHash,
                proof: receipt.proof
            )
        }
        expect(.receiptMalformed) {
            _ = try Receipt(parsing: [UInt8](repeating: 0x20, count: 4_000_001))
        }
        expect(.receiptMalformed) { _ = try Receipt(json: "text") }
    }
}
