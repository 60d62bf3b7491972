public import Signing

/// What a partner signs when its books of a window agree with the other partner's: the members of a
/// `reconciliation.certify` entry (spec/28 §3, spec/29 §2, R-33).
///
/// Nothing in it depends on members: hashes, counts and sums of programs alone (P-06).
public struct BookCertificate: Hashable, Sendable {
    /// The other partner.
    public let with: Slug
    /// The ledger, pair and window.
    public let scope: BookScope
    /// The root of the digest.
    public let root: Digest
    /// How many transfers there are.
    public let count: UInt64
    /// The sums of each program, in the order of their names.
    public let sums: [BookSum]
    /// The SHA-256 of the signer's own books file.
    public let books: Digest

    /// The certificate of a digest, to be signed by one of its two partners.
    ///
    /// Throws `identifier` for a third one, and `number` if a sum is above 2^53 − 1 or there are
    /// more than 64 programs.
    public init(_ digest: BookDigest, signer: Slug, books: Digest) throws(FormatError) {
        guard let other = digest.scope.counterparty(of: signer) else {
            throw Self.fault(.identifier, "\(signer) is neither of the two partners")
        }
        let largest = Int128(JSONReader.numberLimit)
        for sum in digest.sums
        where [sum.debit, sum.credit, sum.reversedDebit, sum.reversedCredit].contains(where: {
            $0 > largest
        }) {
            throw Self.fault(.number, "the sums of \(sum.program) are above 2^53 − 1")
        }
        guard digest.sums.count <= FormatLimits.exchangeProgramCount else {
            throw Self.fault(.number, "there are more than 64 programs")
        }
        with = other
        scope = digest.scope
        root = digest.root
        count = UInt64(digest.count)
        sums = digest.sums
        self.books = books
    }

    /// The members of the entry, beside its envelope.
    public var members: JSONValue {
        [
            "with": .string(with.text), "calendar": .string(scope.calendar.text),
            "window": .integer(Int64(clamping: scope.window)), "root": .string(root.base64URL),
            "count": .integer(Int64(clamping: count)),
            "sums": .array(
                sums.map {
                    [
                        "program": .string($0.program),
                        "debit": .integer(Int64(clamping: $0.debit)),
                        "credit": .integer(Int64(clamping: $0.credit)),
                        "reversedDebit": .integer(Int64(clamping: $0.reversedDebit)),
                        "reversedCredit": .integer(Int64(clamping: $0.reversedCredit)),
                    ]
                }
            ),
            "books": .string(books.base64URL),
        ]
    }

    private static func fault(_ code: FormatError.Code, _ reason: String) -> FormatError {
        FormatError(code, in: "certificate", reason, wayOut: "certify another pair or window")
    }
}
