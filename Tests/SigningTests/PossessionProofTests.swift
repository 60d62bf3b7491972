import Signing
import Testing

@Suite struct PossessionProofTests {
    private struct ProofVectors: Decodable {
        struct Proof: Decodable {
            var name: String
            var text: String
            var jwk: [String: String]
            var ledger: String?
            var origin: String?
            var partner: String
            var id: String
            var code: String?
            var member: String
        }

        var possession: [Proof]
    }

    private func place(_ vector: ProofVectors.Proof) throws -> PossessionProof.Place {
        if let origin = vector.origin { return .origin(origin) }
        return .ledger(try #require(Digest(vector.ledger ?? "", as: .url)))
    }

    private func member(of error: PossessionError?) -> String {
        switch error {
        case .jws(let error): error.member
        case .memberUnknown(let name), .memberMissing(let name), .memberMismatch(let name): name
        case .payload, nil: ""
        }
    }

    @Test func vectorsAreTakenOrRefused() throws {
        let vectors: ProofVectors = try Vectors.load("jws")
        for vector in vectors.possession {
            let key = try PublicKey(jwk: jwkValue(vector.jwk))
            let id = try #require(UUIDv7(vector.id))
            let place = try place(vector)
            var found: PossessionError?
            do {
                try PossessionProof.check(
                    Array(vector.text.utf8),
                    key: key,
                    ledger: place,
                    partner: vector.partner,
                    id: id
                )
            } catch {
                found = error
            }
            #expect(found?.code == vector.code, "\(vector.name)")
            #expect(member(of: found) == vector.member, "\(vector.name)")
            if let found { #expect("\(found)".hasPrefix("proof of possession")) }
        }
    }

    @Test(arguments: KeyAlgorithm.allCases)
    func whatIsMadeIsTakenOnlyInItsPlace(algorithm: KeyAlgorithm) throws {
        let key = PrivateKey.generate(algorithm)
        let id = try #require(UUIDv7("019ab0c5-91ab-7000-8000-00000000002a"))
        let places: [PossessionProof.Place] = [
            .ledger(.zero), .ledger(DigestBuilder.digest([])), .origin("a.example"),
            .origin("b.example"),
        ]
        for made in places {
            let text = PossessionProof.make(
                with: key,
                ledger: made,
                partner: "nordwind",
                id: id
            )
            for asked in places {
                let taken: Bool
                do {
                    try PossessionProof.check(
                        text,
                        key: key.publicKey,
                        ledger: asked,
                        partner: "nordwind",
                        id: id
                    )
                    taken = true
                } catch {
                    taken = false
                }
                #expect(taken == (asked == made))
            }
        }
    }
}
