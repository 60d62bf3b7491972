import Signing
import Testing
import VerifiableLog

/// All of fixtures/vectors/tlog-vectors.json.
@Suite struct VectorTests {
    let vectors = LogVectors.tlog
    let leaves = LogVectors.leaves

    @Test func leafHashes() {
        let cases = vectors["leaf_hashes"]?.elements ?? []
        #expect(cases.count == 2)
        for value in cases {
            #expect(MerkleHash.leaf(value["entry"]?.utf8 ?? [1]) == value["leaf_hash"]?.digest)
        }
    }

    @Test func roots() {
        let cases = vectors["roots"]?.elements ?? []
        #expect(cases.count == 24)
        var range = CompactRange()
        var tree = TileTree()
        for value in cases {
            while range.size < value["size"]?.number ?? 0 {
                _ = tree.append(leaves[Int(range.size)])
                range.append(leaves[Int(range.size)])
            }
            #expect(range.root == value["root"]?.digest)
            #expect(tree.root == value["root"]?.digest)
        }
    }

    @Test func inclusion() throws {
        let cases = vectors["inclusion"]?.elements ?? []
        #expect(cases.count == 10)
        let world = TileWorld(leaves)
        for value in cases {
            let (index, size) = (value["index"]?.number ?? 0, value["size"]?.number ?? 0)
            let proof = try world.tree.inclusionProof(of: index, in: size, fullTile: world.tile)
            #expect(proof.hashes == value["proof"]?.digests)
            let root = try world.tree.root(at: size, fullTile: world.tile)
            try proof.verify(leaf: leaves[Int(index)], root: root)
        }
    }

    @Test func consistency() throws {
        let cases = vectors["consistency"]?.elements ?? []
        #expect(cases.count == 11)
        let world = TileWorld(leaves)
        for value in cases {
            let (old, new) = (value["old"]?.number ?? 0, value["new"]?.number ?? 0)
            let proof = try world.tree.consistencyProof(from: old, to: new, fullTile: world.tile)
            #expect(proof.hashes == value["proof"]?.digests)
            try proof.verify(
                oldRoot: try world.tree.root(at: old, fullTile: world.tile),
                newRoot: try world.tree.root(at: new, fullTile: world.tile)
            )
        }
    }

    @Test func paths() throws {
        let cases = vectors["paths"]?.elements ?? []
        #expect(cases.count == 13)
        for value in cases {
            let text = value["path"]?.string ?? ""
            let path = try TilePath(parsing: text)
            #expect(path.index == value["index"]?.number)
            #expect(path.width == Int(value["width"]?.number ?? 0))
            #expect(path.description == text)
            let level = value["level"] == "entries" ? nil : Int(value["level"]?.number ?? 0)
            #expect(path.level == level)
            let made =
                try level.map { level in
                    try TilePath(level: level, index: path.index, width: path.width)
                } ?? TilePath(bundle: path.index, width: path.width)
            #expect(made == path)
        }
    }

    @Test func partialTiles() {
        let cases = vectors["partial_tiles"]?.elements ?? []
        #expect(cases.count == 24)
        for value in cases {
            let layout = TileLayout(size: value["size"]?.number ?? 0)
            let paths = value["partial_tiles"]?.elements.map(\.string)
            #expect(layout.partialTiles.map(\.description) == paths)
        }
    }

    @Test func entryBundle() throws {
        let bundle = try #require(vectors["entry_bundle_hex"])
        let entries = bundle["entries"]?.elements.map(\.utf8) ?? []
        var bytes: [UInt8] = []
        for entry in entries { try EntryBundle.append(entry, to: &bytes) }
        #expect(bytes == bundle["hex"]?.hex)
        #expect(try EntryBundle.entries(in: bytes, count: 3) == entries)
    }

    @Test func keys() throws {
        let cases = vectors["keys"]?.elements ?? []
        #expect(cases.count == 3)
        for value in cases {
            let key = try VerifierKey(parsing: value["vkey"]?.string ?? "")
            #expect(key.name == value["name"]?.string)
            #expect(key.text == value["vkey"]?.string)
            let id = value["key_id_hex"]?.hex.reduce(0 as UInt32) { $0 << 8 | UInt32($1) }
            #expect(key.keyID == id)
            let secret = value["skey"]?.string ?? ""
            switch value["type"]?.number {
            case 1:
                let signer = try NoteSigner(parsing: secret)
                #expect(signer.verifier == key)
                #expect(signer.secretText == secret)
            case 4:
                let cosigner = try Cosigner(parsing: secret)
                #expect(cosigner.verifier == key)
                #expect(cosigner.secretText == secret)
            default:
                expect(.keyUnsupported) { _ = try NoteSigner(parsing: secret) }
                expect(.keyUnsupported) { _ = try Cosigner(parsing: secret) }
            }
        }
    }

    @Test func checkpoint() throws {
        let value = try #require(vectors["checkpoint"])
        let keys = vectors["keys"]?.elements ?? []
        let signer = try NoteSigner(parsing: keys[0]["skey"]?.string ?? "")
        let cosigner = try Cosigner(parsing: keys[1]["skey"]?.string ?? "")
        let bytes = value["signed_note"]?.utf8 ?? []
        let note = try SignedNote(parsing: bytes)
        #expect(note.bytes == bytes)
        #expect(note.text == value["text"]?.utf8)
        let seconds = value["cosign_time"]?.number ?? 0
        let message = Cosignature.message(for: note.text, seconds: seconds)
        #expect(message == value["ed25519_cosigned_message"]?.utf8)

        let checkpoint = try Checkpoint(opening: note, logKey: signer.verifier)
        #expect(checkpoint.size == 1_000)
        let made = try checkpoint.signed(by: signer).adding([
            cosigner.cosignature(for: checkpoint.text, seconds: seconds)
        ])
        #expect(made.bytes == bytes)
        let verified = try note.verify(with: [signer.verifier, cosigner.verifier])
        #expect(verified.map(\.seconds) == [nil, 1_700_000_000])
    }

    @Test func mldsaMessage() throws {
        let text = vectors["checkpoint"]?["text"]?.utf8 ?? []
        let message = try SubtreeMessage(
            cosigner: "witness.example/pq",
            seconds: 1_700_000_000,
            checkpoint: Checkpoint(parsing: text)
        )
        #expect(message.bytes == vectors["mldsa_cosigned_message_hex"]?.hex)
    }

    @Test func proofFiles() throws {
        let value = try #require(vectors["tlog_proof"])
        let logKey = try VerifierKey(
            parsing: vectors["keys"]?.elements.first?["vkey"]?.string ?? ""
        )
        let leaf = MerkleHash.leaf(value["entry"]?.utf8 ?? [])
        for (member, extra) in [("file", nil), ("file_with_extra", Array("hello".utf8))] {
            let bytes = value[member]?.utf8 ?? []
            let proof = try TLogProof(parsing: bytes)
            #expect(proof.bytes == bytes)
            #expect(proof.extra == extra)
            #expect(try proof.verify(leaf: leaf, logKey: logKey).size == 1_000)
            expect(.proofRoot) { try proof.verify(leaf: MerkleHash.leaf([]), logKey: logKey) }
        }
    }

    @Test func witnessRequest() throws {
        let bytes = vectors["add_checkpoint_request"]?.utf8 ?? []
        let request = try WitnessRequest(parsing: bytes)
        #expect(request.bytes == bytes)
        #expect(request.oldSize == 300)
        let head = try Checkpoint(parsing: request.checkpoint.text)
        let old = try Checkpoint(
            origin: head.origin,
            size: 300,
            root: TileWorld(Array(leaves[..<300])).tree.root
        )
        try head.requireConsistency(with: old, proof: request.hashes)
    }
}
