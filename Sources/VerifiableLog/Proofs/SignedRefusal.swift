public import Signing

/// A refusal that its receiver can show to others: what the log's key signed about a submission
/// (spec/07 §7).
///
/// A compact JWS of `typ` `kontor-refusal+jws` whose `kid` is the thumbprint of the log's Ed25519
/// key. Its payload is an object of exactly `ledger`, `submission`, `size`, `time` and `faults`:
/// whoever replays the log to this size and applies the same bytes at this time must meet the same
/// faults.
public struct SignedRefusal: Sendable, Hashable {
    /// One fault of a refused submission.
    public struct Fault: Sendable, Hashable {
        /// The stable code, such as `CapExceeded` or `MalformedJSON.duplicateMember`.
        public let code: String
        /// The member at fault, such as `items[3].credit`; empty for the submission as a whole.
        public let place: String
        /// What is wrong, with the limit values that were used.
        public let reason: String
        /// What to do about it.
        public let wayOut: String

        /// A fault of its parts.
        public init(code: String, place: String, reason: String, wayOut: String) {
            self.code = code
            self.place = place
            self.reason = reason
            self.wayOut = wayOut
        }
    }

    /// The `typ` of a refusal.
    public static let type = "kontor-refusal+jws"

    /// The id of the ledger; zero before its genesis.
    public let ledger: Digest
    /// SHA-256 of the submission as it was sent.
    public let submission: Digest
    /// The number of entries before it: the index that it would have got, at most 2^53 − 1.
    public let size: UInt64
    /// When it was judged, on the ledger's clock.
    public let time: Timestamp
    /// The faults, at least one.
    public let faults: [Fault]

    /// A refusal of its parts.
    public init(
        ledger: Digest,
        submission: Digest,
        size: UInt64,
        time: Timestamp,
        faults: [Fault]
    ) {
        self.ledger = ledger
        self.submission = submission
        self.size = size
        self.time = time
        self.faults = faults
    }

    /// The first of some faults, so many that a refusal of them stays short enough to be read.
    ///
    /// Place and reason may repeat what a stranger sent; each is cut after 1,000 bytes. The first
    /// fault is always kept.
    public static func fitting(_ faults: [Fault]) -> [Fault] {
        var rest = LogLimits.refusalFaultsByteCount
        var kept: [Fault] = []
        for fault in faults {
            let fault = Fault(
                code: fault.code,
                place: cut(fault.place),
                reason: cut(fault.reason),
                wayOut: fault.wayOut
            )
            rest -= fault.json.text.count + 1
            guard rest >= 0 || kept.isEmpty else { break }
            kept.append(fault)
        }
        return kept
    }

    /// The longest start of a text that has whole characters and at most 1,000 bytes.
    private static func cut(_ text: String) -> String {
        guard text.utf8.count > LogLimits.refusalTextByteCount else { return text }
        var result = ""
        var rest = LogLimits.refusalTextByteCount
        for scalar in text.unicodeScalars {
            rest -= UTF8.width(scalar)
            guard rest >= 0 else { break }
            result.unicodeScalars.append(scalar)
        }
        return result
    }

    /// The refusal as a compact JWS by the log's key.
    ///
    /// Complexity: one signature.
    public func signed(by signer: NoteSigner) -> String {
        String(decoding: signer.jws(signing: payload, type: Self.type).compact, as: UTF8.self)
    }

    /// Requires that the log's key signed this text about a submission to a ledger.
    ///
    /// Throws `keyUnsupported` for a key that is not of type 0x01; `refusalSignature`;
    /// `refusalMalformed` with the member at fault; `refusalLedger`, `refusalSubmission`.
    ///
    /// Complexity: O(n), one verification.
    public init(
        verifying text: String,
        logKey: VerifierKey,
        ledger: Digest,
        submission: [UInt8]
    ) throws(LogError) {
        guard case .signature(let key) = logKey.kind else {
            throw LogError(
                .keyUnsupported,
                at: "key \(logKey.name)",
                "a log signs its refusals with a key of type 1"
            )
        }
        let jws: JWS
        do {
            jws = try JWS(parsing: Array(text.utf8), type: Self.type)
            try jws.verify(with: key)
        } catch {
            throw LogError(
                .refusalSignature,
                at: "refusal",
                "the log did not sign this: \(error); do not believe the refusal, ask again"
            )
        }
        let refusal = try SignedRefusal(payload: jws.payload)
        guard refusal.ledger == ledger else {
            throw LogError(
                .refusalLedger,
                at: "refusal, ledger",
                "it is about the ledger \(refusal.ledger.base64URL); ask again"
            )
        }
        guard refusal.submission == DigestBuilder.digest(submission) else {
            throw LogError(
                .refusalSubmission,
                at: "refusal, submission",
                "it is about other bytes than were sent; ask again"
            )
        }
        self = refusal
    }
}
