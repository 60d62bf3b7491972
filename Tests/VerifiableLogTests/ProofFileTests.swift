import Signing
import Testing
import VerifiableLog

/// `.tlog-proof` files, requests to witnesses, and trust policies.
@Suite struct ProofFileTests {
    let worked = LogVectors.worked

    @Test func workedProofs() throws {
        let logKey = try VerifierKey(parsing: worked["logVkey"]?.string ?? "")
        let entries = worked["entries"]?.elements ?? []
        for value in worked["proofs"]?.elements ?? [] {
            let file = value["file"]?.utf8 ?? []
            let proof = try TLogProof(parsing: file)
            #expect(proof.bytes == file)
            #expect(proof.hashes == value["hashes"]?.digests)
            let entry = entries[Int(proof.index)]["entry"]?.utf8 ?? []
            try proof.verify(leaf: MerkleHash.leaf(entry), logKey: logKey)
            for other in entries where other["index"] != value["index"] {
                expect(.proofRoot) {
                    try proof.verify(leaf: other["leafHash"]?.digest ?? .zero, logKey: logKey)
                }
            }
        }
    }

    @Test func filesThatAreRefused() throws {
        let good = worked["proofs"]?.elements[1]["file"]?.string ?? ""
        let hash = MerkleHash.empty.base64
        let table: [(String, String)] = [
            ("", ""), ("@v1", "@v2"), ("index 1", "index 01"), ("index 1", "index"),
            ("index 1\n", ""), ("index 1", "Index 1"), ("index 1", "extra !\nindex 1"),
            ("index 1", "extra aGk=\nextra aGk=\nindex 1"), ("index 1", "index 1\nextra aGk="),
            ("index 1\n", "index 1\nnonsense\n"), ("\n\n", "\n"),
            ("index 1\n", "index 1\n" + String(repeating: hash + "\n", count: 64)),
        ]
        for (old, new) in table {
            let text = old.isEmpty ? "" : good.replacing(old, with: new, maxReplacements: 1)
            #expect(throws: LogError.self, "\(old) for \(new)") {
                try TLogProof(parsing: Array(text.utf8))
            }
        }
        expect(.proofFileMalformed) { _ = try TLogProof(parsing: []) }
        expect(.noteMalformed) { _ = try TLogProof(parsing: Array(good.dropLast().utf8)) }
        expect(.proofFileMalformed) {
            _ = try TLogProof(parsing: [UInt8](repeating: 0x61, count: 2_000_001))
        }
    }

    @Test func requestsThatAreRefused() throws {
        let note = worked["heads"]?.elements[2]["note"]?.string ?? ""
        let hash = MerkleHash.empty.base64
        for text in [
            "", "old\n\n\(note)", "old 01\n\n\(note)", "old 1\n\(note)", "old 1\nxx\n\n\(note)",
            "old 1\n" + String(repeating: hash + "\n", count: 64) + "\n" + note, "old 1\n",
        ] {
            expect(.requestMalformed, text) { _ = try WitnessRequest(parsing: Array(text.utf8)) }
        }
        let most = "old 1\n" + String(repeating: hash + "\n", count: 63) + "\n" + note
        #expect(try WitnessRequest(parsing: Array(most.utf8)).hashes.count == 63)
        let parsed = try SignedNote(parsing: Array(note.utf8))
        expect(.requestMalformed) {
            let hashes = [Digest](repeating: .zero, count: 64)
            _ = try WitnessRequest(oldSize: 1, hashes: hashes, checkpoint: parsed)
        }
    }

    @Test func workedPolicy() throws {
        let policy = try TrustPolicy(parsing: worked["policy"]?.utf8 ?? [])
        #expect(policy.logs.first?.url == Array("https://ledger.example/kontor/".utf8))
        #expect(policy.witnesses.map(\.name) == [Array("w1".utf8)])
        let head = try #require(worked["heads"]?.elements[2])
        let cosigned = try SignedNote(parsing: head["cosigned"]?.utf8 ?? [])
        #expect(try policy.open(cosigned).size == 3)
        let signed = try SignedNote(parsing: head["note"]?.utf8 ?? [])
        expect(.quorumMissing) { _ = try policy.open(signed) }
        let witnessOnly = try SignedNote(
            text: cosigned.text,
            signatures: Array(cosigned.signatures.suffix(1))
        )
        expect(.checkpointOrigin) { _ = try policy.open(witnessOnly) }
        let proof = try TLogProof(parsing: worked["proofs"]?.elements[0]["file"]?.utf8 ?? [])
        let full = TLogProof(index: proof.index, hashes: proof.hashes, checkpoint: cosigned)
        let leaf = worked["entries"]?.elements[0]["leafHash"]?.digest ?? .zero
        try full.verify(leaf: leaf, policy: policy)
        expect(.quorumMissing) { try proof.verify(leaf: leaf, policy: policy) }
    }

    /// Six witnesses in two groups, as the policy specification describes it.
    @Test func quorums() throws {
        var text = "\t# a comment\n\n  log \(try vkey("log", 1, false))  \n"
        for number in 1...6 {
            text +=
                "witness w\(number)\t\(try vkey("w", UInt8(number + 10), true)) https://c2sp.org\n"
        }
        let groups = "group x 2 w1 w2 w3\ngroup y any w4 w5 w6\ngroup all-of all x y\n"
        let policy = try TrustPolicy(parsing: Array((text + groups + "quorum all-of\n").utf8))
        let table: [([Int], Bool)] = [
            ([], false), ([0, 1], false), ([0, 3], false), ([0, 1, 3], true), ([1, 2, 5], true),
            ([3, 4, 5], false), ([0, 1, 2, 3, 4, 5], true),
        ]
        for (cosigners, due) in table { #expect(policy.isQuorum(cosigners) == due) }
        let none = try TrustPolicy(parsing: Array("quorum none\n".utf8))
        #expect(none.isQuorum([]))
        let single = try TrustPolicy(parsing: Array((text + "quorum w2\n").utf8))
        #expect(single.isQuorum([1]) && !single.isQuorum([0, 2]))
        let refused = [
            "", "quorum none", "quorum x\n", "quorum none\nquorum none\n", "quorum\n",
            "quorum none none\n", "group g all none\nquorum none\n", "log\nquorum none\n",
            "log x\nquorum none\n", "frob\nquorum none\n", "quorum none\u{7f}\n", "quorum none\r\n",
            text, text + text + "quorum none\n", text + "group g 0 w1\nquorum g\n",
            text + "group g 2 w1\nquorum g\n", text + "group g any\nquorum none\n",
            text + "group g any w1 w1\nquorum g\n", text + "group w1 any w2\nquorum none\n",
            text + "group none any w2\nquorum none\n", text + "group g any g\nquorum none\n",
            text + "group g 01 w1\nquorum g\n", "quorum w1\n" + text,
            text + "group g any w1\ngroup h any w1\nquorum h\n",
            text + "witness again \(try vkey("z", 11, true))\nquorum none\n",
            text + "log \(try vkey("z", 1, false))\nquorum none\n",
            "log \(try vkey("z", 1, true))\nquorum none\n",
            "witness z \(try vkey("z", 1, false))\nquorum none\n",
        ]
        for text in refused {
            expect(.policyMalformed, text) { _ = try TrustPolicy(parsing: Array(text.utf8)) }
        }
    }

    @Test func namesAreOctets() throws {
        let line =
            Array("witness ".utf8) + [0xff, 0xfe] + Array(" \(try vkey("w", 3, true))\n".utf8)
        let policy = try TrustPolicy(parsing: line + Array("quorum ".utf8) + [0xff, 0xfe, 0x0a])
        #expect(policy.witnesses.map(\.name) == [[0xff, 0xfe]])
    }

    private func vkey(_ name: String, _ seed: UInt8, _ isWitness: Bool) throws -> String {
        let key = try PrivateKey(algorithm: .ed25519, seed: [UInt8](repeating: seed, count: 32))
        return isWitness
            ? try Cosigner(name: name, key: key).verifier.text
            : try NoteSigner(name: name, key: key).verifier.text
    }
}
