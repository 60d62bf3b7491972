/// A place in a digest of books: the first half bytes of the keys that stand under it, none for the
/// whole (spec/28 §1.3).
public struct BookPrefix: Hashable, Sendable {
    /// The half bytes, at most 64.
    let nibbles: [UInt8]

    /// The whole tree.
    public static let whole = BookPrefix(nibbles: [])

    private init(nibbles: [UInt8]) {
        self.nibbles = nibbles
    }

    /// The prefix of a text of 1 to 64 lower-case hexadecimal digits, or `.` for the whole.
    init?(ascii text: ArraySlice<UInt8>) {
        if text.elementsEqual([0x2e]) {
            self = .whole
            return
        }
        guard (1...64).contains(text.count) else { return nil }
        var nibbles: [UInt8] = []
        for byte in text {
            switch byte {
            case 0x30...0x39: nibbles.append(byte - 0x30)
            case 0x61...0x66: nibbles.append(byte - 0x57)
            default: return nil
            }
        }
        self.init(nibbles: nibbles)
    }

    /// The place of one of its sixteen children.
    func child(_ nibble: UInt8) -> BookPrefix {
        BookPrefix(nibbles: nibbles + [nibble])
    }

    /// The text as ASCII.
    var ascii: [UInt8] {
        nibbles.isEmpty ? [0x2e] : nibbles.map { $0 < 10 ? 0x30 + $0 : 0x57 + $0 }
    }
}
