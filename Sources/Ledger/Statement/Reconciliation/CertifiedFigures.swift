public import Signing

/// What both partners of a pair find in a window, each in its own books (spec/29 §2, R-33).
public struct CertifiedFigures: Sendable, Hashable, Codable {
    /// The root over the leaves of all transfers of the pair in the window.
    public let root: Digest
    /// How many leaves there are.
    public let count: Int64
    /// Sums by program, ordered by program, at most 64.
    public let sums: [CertifiedSum]

    init(members: inout Members) throws(Fault) {
        root = try members.required("root", Read.digest)
        count = try members.required("count", Read.units())
        sums = try members.required(
            "sums",
            Members.list(0...Limits.certifiedSums, CertifiedSum.init(reading:))
        )
        for index in sums.indices.dropFirst()
        where !sums[index - 1].program.utf8.lexicographicallyPrecedes(sums[index].program.utf8) {
            throw Fault(
                .invalidValue,
                at: "sums[\(index)].program",
                "sums are sorted by program, each once"
            )
        }
    }

    /// The first member in which two statements differ, or nil if they are equal.
    func firstDifference(from other: CertifiedFigures) -> String? {
        if root != other.root { return "root" }
        if count != other.count { return "count" }
        return sums == other.sums ? nil : "sums"
    }
}
