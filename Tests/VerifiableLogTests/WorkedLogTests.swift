import Signing
import Testing
import VerifiableLog

/// The log of three entries that the chapters of the specification show.
@Suite struct WorkedLogTests {
    let worked = LogVectors.worked

    @Test func everythingIsRebuilt() throws {
        let signer = try NoteSigner(parsing: worked["logSkey"]?.string ?? "")
        let cosigner = try Cosigner(parsing: worked["witnessSkey"]?.string ?? "")
        var chain = EntryChain()
        let world = TileWorld([])
        let heads = worked["heads"]?.elements ?? []
        var bundle: [UInt8] = []
        for (value, head) in zip(worked["entries"]?.elements ?? [], heads) {
            let clock = try #require(Timestamp(value["time"]?.string ?? ""))
            let frame = try chain.frame(jws: value["jws"]?.utf8 ?? [], clock: clock)
            #expect(frame.bytes == value["entry"]?.utf8)
            #expect(frame.leafHash == value["leafHash"]?.digest)
            #expect(UInt64(frame.bytes.count) == value["byteCount"]?.number)
            try EntryBundle.append(frame.bytes, to: &bundle)
            _ = world.tree.append(try chain.append(frame))
            let checkpoint = try Checkpoint(
                origin: worked["origin"]?.string ?? "",
                size: world.tree.size,
                root: world.tree.root
            )
            #expect(try checkpoint.signed(by: signer).bytes == head["note"]?.utf8)
        }
        #expect(chain.size == 3)
        let text = heads[2]["text"]?.utf8 ?? []
        let seconds = worked["cosignSeconds"]?.number ?? 0
        #expect(
            Cosignature.message(for: text, seconds: seconds) == heads[2]["cosignedMessage"]?.utf8
        )
        let cosigned = try SignedNote(text: text, signatures: [signer.signature(for: text)])
            .adding([cosigner.cosignature(for: text, seconds: seconds)])
        #expect(cosigned.bytes == heads[2]["cosigned"]?.utf8)
        let tiles = worked["tiles"]?.elements ?? []
        #expect(world.served.first?.key.description == tiles[0]["path"]?.string)
        #expect(world.served.first?.value == tiles[0]["hex"]?.hex)
        #expect(DigestBuilder.digest(bundle).bytes == tiles[1]["sha256"]?.hex)
        for value in worked["consistency"]?.elements ?? [] {
            let proof = try world.tree.consistencyProof(
                from: value["old"]?.number ?? 0,
                to: value["new"]?.number ?? 0,
                fullTile: world.tile
            )
            #expect(proof.hashes == value["hashes"]?.digests)
        }
    }
}
