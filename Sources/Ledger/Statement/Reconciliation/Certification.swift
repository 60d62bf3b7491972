public import Signing

/// A partner's signature under what it and another one find in a window: `reconciliation.certify`
/// (spec/29 §2, R-33).
public struct Certification: Sendable, Hashable {
    /// The other partner of the pair.
    public let with: String
    /// The slug of the calendar.
    public let calendar: String
    /// The number of the closed window.
    public let window: UInt64
    /// What the signer finds.
    public let figures: CertifiedFigures
    /// SHA-256 of the signer's own books file.
    public let books: Digest

    init(members: inout Members) throws(Fault) {
        with = try members.required("with", Read.slug)
        calendar = try members.required("calendar", Read.slug)
        window = UInt64(try members.required("window", Read.units(atLeast: 1)))
        figures = try CertifiedFigures(members: &members)
        books = try members.required("books", Read.digest)
    }
}
