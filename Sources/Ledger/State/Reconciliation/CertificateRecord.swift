public import Signing

/// The certificate of a pair of partners for a window, complete or half (spec/29 §2).
public struct CertificateRecord: Sendable, Hashable, Codable {
    /// One partner's signature.
    public struct Signature: Sendable, Hashable, Codable {
        /// The entry that bears it.
        public let entry: UInt64
        /// Its ledger time.
        public let time: Timestamp
        /// SHA-256 of the signer's own books file.
        public let books: Digest
    }

    /// Which certificate it is.
    public struct Key: Sendable, Hashable, Codable, Comparable {
        /// The slug of the calendar.
        public let calendar: String
        /// The number of the window.
        public let window: UInt64
        /// The partner whose slug comes first.
        public let first: String
        /// The other partner.
        public let second: String

        init(calendar: String, window: UInt64, _ one: String, _ other: String) {
            self.calendar = calendar
            self.window = window
            let isInOrder = one.utf8.lexicographicallyPrecedes(other.utf8)
            (first, second) = isInOrder ? (one, other) : (other, one)
        }

        /// Orders certificates by calendar, window and partners.
        public static func < (left: Key, right: Key) -> Bool {
            (left.calendar, left.window, left.first, left.second)
                < (right.calendar, right.window, right.first, right.second)
        }
    }

    /// Which one it is.
    public let key: Key
    /// What was signed; where both signed, both signed this.
    public internal(set) var figures: CertifiedFigures
    /// The signature of the first partner, or nil.
    public internal(set) var first: Signature?
    /// The signature of the second partner, or nil.
    public internal(set) var second: Signature?

    /// Whether both signed.
    public var isComplete: Bool { first != nil && second != nil }

    /// The signature of the partner other than this one, or nil.
    func signature(against partner: String) -> Signature? {
        key.first.hasSameBytes(as: partner) ? second : first
    }

    /// Puts a partner's signature in, with what it signs.
    mutating func sign(_ figures: CertifiedFigures, _ signature: Signature, by partner: String) {
        self.figures = figures
        if key.first.hasSameBytes(as: partner) { first = signature } else { second = signature }
    }
}
