public import Signing

/// A refusal that its receiver can show to others: what the log key signed about a submission
/// (spec/19 §5).
///
/// The payload is an object of `ledger`, `submission` (SHA-256 of the text as it was sent), `size`
/// (entries in the tree that the rules were judged against), `time`, and `faults`, each with
/// `code`, `place`, `reason`, `wayOut`. The reason states the limit values that were used.
public struct SignedRefusal: Sendable, Hashable {
    /// The `typ` of a refusal.
    public static let type = "kontor-refusal+jws"

    /// The id of the ledger.
    public let ledger: Digest
    /// SHA-256 of the submission as it was sent.
    public let submission: Digest
    /// How many entries the log had.
    public let size: UInt64
    /// When it was judged, on the ledger's clock.
    public let time: Timestamp
    /// The faults, at least one.
    public let faults: [Problem.Fault]

    /// A refusal of its parts.
    public init(
        ledger: Digest,
        submission: Digest,
        size: UInt64,
        time: Timestamp,
        faults: [Problem.Fault]
    ) {
        self.ledger = ledger
        self.submission = submission
        self.size = size
        self.time = time
        self.faults = faults
    }

    /// The payload.
    public var payload: [UInt8] {
        let value: JSONValue = [
            "ledger": .string(ledger.base64URL), "submission": .string(submission.base64URL),
            "size": .integer(Int64(truncatingIfNeeded: size)),
            "time": .string(time.description), "faults": .array(faults.map(\.json)),
        ]
        return value.text
    }

    /// The refusal as a compact JWS.
    public func signed(by key: PrivateKey) -> String {
        let jws = JWS(signing: payload, type: Self.type, with: key)
        return String(decoding: jws.compact, as: UTF8.self)
    }

    /// Requires that the log key signed this text about a submission to a ledger.
    public init(
        verifying text: String,
        logKey: PublicKey,
        ledger: Digest,
        submission: [UInt8]
    ) throws(APIError) {
        let jws: JWS
        do {
            jws = try JWS(parsing: Array(text.utf8), type: Self.type)
            try jws.verify(with: logKey)
        } catch {
            throw APIError(at: "refusal", "\(error)")
        }
        let reader = try APIObject(
            parsing: jws.payload,
            members: ["ledger", "submission", "size", "time", "faults"]
        )
        guard try reader.string("ledger") == ledger.base64URL else {
            throw APIError(at: "refusal, ledger", "it is about another ledger")
        }
        let digest = DigestBuilder.digest(submission)
        guard try reader.string("submission") == digest.base64URL else {
            throw APIError(at: "refusal, submission", "it is about another submission")
        }
        guard let size = UInt64(exactly: try reader.integer("size")),
            let time = Timestamp(try reader.string("time"))
        else { throw APIError(at: "refusal, size and time", "they cannot be read") }
        let faults = try reader.list("faults") { (value) throws(APIError) in
            try Problem.Fault(json: value)
        }
        guard let faults, !faults.isEmpty else {
            throw APIError(at: "refusal, faults", "there is at least one")
        }
        self.init(
            ledger: ledger,
            submission: digest,
            size: size,
            time: time,
            faults: faults
        )
    }
}
