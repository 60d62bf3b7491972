import Foundation
import KontorAPI
import Signing
import Testing

/// What spec/19 shows as examples, made again by our code and read by it.
@Suite("Vectors of spec/19")
struct HTTPVectorTests {
    /// The seed of spec/03 §2.
    private static let partnerSeed: [UInt8] = [
        0x3e, 0x56, 0x88, 0x81, 0xbe, 0x63, 0x5e, 0xec, 0xfc, 0x0b, 0xe5, 0x61, 0x3d, 0xb3, 0x32,
        0xab, 0xce, 0xe2, 0x20, 0x1e, 0x06, 0xcc, 0xef, 0x7e, 0xc9, 0xfa, 0x2e, 0x42, 0x2f, 0x80,
        0x10, 0x44,
    ]

    private let vectors: HTTPVectors
    private let partner: PrivateKey
    private let log: PrivateKey

    init() throws {
        vectors = try HTTPVectors.load()
        partner = try PrivateKey(algorithm: .ed25519, seed: Self.partnerSeed)
        log = try PrivateKey(algorithm: .ed25519, seed: [UInt8](repeating: 1, count: 32))
    }

    @Test("a login is made as in the example, and serves from 30 s before it to 30 s after it")
    func token() throws {
        let token = try AccessToken(payload: Array(vectors.token.payload.utf8))
        #expect(token.signed(by: partner) == vectors.token.text)
        #expect(vectors.token.typ == AccessToken.type)
        let moments: [(Int64, ProblemCode?)] = [
            (1_795_342_499, .tokenNotYetValid), (1_795_342_500, nil), (1_795_342_859, nil),
            (1_795_342_860, .tokenExpired),
        ]
        for (now, code) in moments {
            #expect(Self.code { try token.check(ledger: token.ledger, now: now) } == code)
        }
        let other = DigestBuilder.digest([])
        #expect(Self.code { try token.check(ledger: other, now: 1_795_342_600) } == .tokenAudience)
    }

    @Test("a delivery is signed by the log's key over its payload")
    func delivery() throws {
        let jws = try JWS(parsing: Array(vectors.delivery.text.utf8), type: vectors.delivery.typ)
        try jws.verify(with: log.publicKey)
        #expect(try vectors.delivery.publicKey() == log.publicKey)
        #expect(log.publicKey.thumbprint.base64URL == vectors.logThumbprint)
        #expect(jws.payload == Array(vectors.delivery.payload.utf8))
        let made = JWS(signing: jws.payload, type: vectors.delivery.typ, with: log)
        #expect(made.compact == Array(vectors.delivery.text.utf8))
    }

    private static func code(_ body: () throws -> Void) -> ProblemCode? {
        do {
            try body()
            return nil
        } catch {
            return (error as? Problem).flatMap { ProblemCode(rawValue: $0.code) }
        }
    }
}
