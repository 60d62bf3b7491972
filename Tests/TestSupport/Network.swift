public import Ledger
public import Signing
public import VerifiableLog

/// A network of partners that signs what a test tells it to, with keys, ids and a clock that follow
/// from a seed.
///
///     var network = Network(seed: 1)
///     let genesis = network.genesis()
///     let invitation = network.invite("nordwind")
///
/// Every function that names a kind of entry returns the text of a compact JWS. Whether the ledger
/// takes it is another matter: a network signs nonsense as willingly as sense.
public struct Network: Sendable {
    /// The name of the log.
    public let origin: String
    /// The clock: the time of ids and the usual ledger time.
    public var now: Timestamp
    /// The id of the ledger; the genesis sets it.
    public var ledger = Digest.zero
    /// Which key a partner or an operator signs entries with, where it is not the one of its own
    /// name.
    public var signers: [String: String] = [:]
    /// Whether entries carry real signatures; possession proofs always do.
    public var signs = true
    /// Where pseudonyms and tokens come from.
    public var random: RandomSource
    private let seed: UInt64
    private var submissions: UInt64 = 0

    /// A network of a seed; its clock starts on a Monday morning.
    public init(seed: UInt64 = 1, now: Timestamp = Network.start) {
        self.seed = seed
        self.now = now
        origin = "log.example/network-\(seed)"
        random = RandomSource(seed: seed)
    }

    /// 2026-03-02, a Monday, 08:00 UTC.
    public static let start = Timestamp(milliseconds: 1_772_438_400_000)

    /// The Ed25519 key of a name.
    ///
    /// A partner's entries key has its slug as name, its recovery key `slug#recovery`.
    public func key(_ name: String) -> PrivateKey {
        let seed = DigestBuilder.digest(Array("\(seed) \(name)".utf8)).bytes
        guard let key = try? PrivateKey(algorithm: .ed25519, seed: seed) else {
            Invariant.failed("32 bytes are the seed of an Ed25519 key")
        }
        return key
    }

    /// The signer of the log's checkpoints.
    public var logSigner: NoteSigner {
        guard let signer = try? NoteSigner(name: origin, key: key("log")) else {
            Invariant.failed("the origin is the name of a key")
        }
        return signer
    }

    /// The verifier key of the log, in its C2SP text.
    public var logKey: String { logSigner.verifier.text }

    /// Lets time pass.
    public mutating func advance(
        days: Int64 = 0,
        hours: Int64 = 0,
        minutes: Int64 = 0,
        seconds: Int64 = 0,
        milliseconds: Int64 = 0
    ) {
        let total = ((days * 24 + hours) * 60 + minutes) * 60 + seconds
        now = now.advanced(byMilliseconds: total * 1_000 + milliseconds)
    }

    /// A new id at the clock's time.
    public mutating func nextID() -> UUIDv7 {
        submissions += 1
        guard let id = UUIDv7(timestamp: now, high: 0, low: submissions) else {
            Invariant.failed("the clock of a test lies after 1970")
        }
        return id
    }

    /// A new pseudonym or token, 22 characters.
    public mutating func pseudonym() -> String {
        (UInt128(random.next()) << 64 | UInt128(random.next())).base64URL
    }

    /// Signs an entry of a kind with the members that are its own.
    public mutating func sign(
        _ kind: Kind,
        by signer: String,
        _ members: JSONValue,
        id: UUIDv7? = nil,
        key: String? = nil
    ) -> [UInt8] {
        var place = JSONMember(name: "ledger", value: .string(ledger.base64URL))
        if kind == .genesis { place = JSONMember(name: "origin", value: .string(origin)) }
        var payload = [
            place,
            JSONMember(name: "kind", value: .string(kind.rawValue)),
            JSONMember(name: "partner", value: .string(signer)),
            JSONMember(name: "id", value: .string((id ?? nextID()).description)),
        ]
        if case .object(let own) = members { payload += own }
        return sign(payload: JSONValue.object(payload).text, with: key ?? signers[signer] ?? signer)
    }

    /// Signs payload bytes, whatever they say, with the key of a name.
    public func sign(payload: [UInt8], with name: String) -> [UInt8] {
        let key = key(name)
        if signs { return JWS(signing: payload, type: JWS.entryType, with: key).compact }
        let header: JSONValue = [
            "alg": "Ed25519", "kid": .string(key.publicKey.thumbprint.base64URL),
            "typ": .string(JWS.entryType),
        ]
        let parts = [header.text, payload, [UInt8](repeating: 1, count: 64)]
        return Array(parts.map { Base64.url.encode($0) }.joined(separator: ".").utf8)
    }

    /// A key as an entry offers it, with its proof of possession.
    public func offer(_ name: String, use: KeyUse, for owner: String, id: UUIDv7) -> JSONValue {
        offer(name, use: use, for: owner, id: id, place: .ledger(ledger))
    }

    func offer(
        _ name: String,
        use: KeyUse,
        for owner: String,
        id: UUIDv7,
        place: PossessionProof.Place
    ) -> JSONValue {
        let key = key(name)
        let proof = PossessionProof.make(with: key, ledger: place, partner: owner, id: id)
        return [
            "use": .string(use.rawValue), "key": key.publicKey.jwk,
            "proof": .string(String(decoding: proof, as: UTF8.self)),
        ]
    }

    /// SHA-256 of the payload of a JWS text: the terms hash of a proposal, the name of a member
    /// proposal.
    public static func payloadDigest(_ text: [UInt8]) -> Digest {
        guard let jws = try? JWS(parsing: text) else { return .zero }
        return DigestBuilder.digest(jws.payload)
    }
}
