/// Which column of a file: by its name in the header, by its position, or by a path (spec/26 §3).
public enum BookColumn: Hashable, Sendable {
    /// A name of the header; a JSON Pointer (RFC 6901) into a row; a name of spec/26 §6.
    case name(String)
    /// A position from 1.
    case position(Int)
}

extension BookColumn: CustomStringConvertible {
    /// The column as people name it.
    public var description: String {
        switch self {
        case .name(let name): "\"\(name)\""
        case .position(let position): "\(position)"
        }
    }
}
