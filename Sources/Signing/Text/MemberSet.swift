/// Which of at most 64 members of an object were met, so that the second of one name is refused.
public struct MemberSet: Sendable {
    @usableFromInline var bits: UInt64 = 0

    /// No member yet.
    public init() {}

    /// Notes a member by a number from 0 to 63 that the caller gave its name; the second time it is
    /// refused.
    @inlinable
    public mutating func insert(_ number: Int, _ name: JSONName) throws(JSONError) {
        guard !contains(number) else { throw JSONError(.duplicateMember, at: name.offset) }
        bits |= 1 << UInt64(number)
    }

    /// Whether a member was met.
    @inlinable
    public func contains(_ number: Int) -> Bool {
        bits >> UInt64(number) & 1 == 1
    }
}
