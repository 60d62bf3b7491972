/// One page of the state projection: bytes that only their writer understands.
public struct ProjectionPage: Sendable, Hashable {
    /// Which table of the state the page belongs to.
    public var table: UInt8
    /// The page's number in its table.
    public var number: UInt32
    /// The contents.
    public var bytes: [UInt8]

    /// A page of these fields.
    public init(table: UInt8, number: UInt32, bytes: [UInt8]) {
        self.table = table
        self.number = number
        self.bytes = bytes
    }
}
