/// Counts lines up to offsets that only grow.
struct LineCount {
    /// The line of the offset, from 1.
    private(set) var line = 1
    /// Where that line begins.
    private(set) var start = 0
    private var offset = 0

    /// Moves on to an offset that is not before the last one.
    ///
    /// Complexity: O(bytes passed).
    mutating func move(to end: Int, in bytes: [UInt8]) {
        while offset < min(end, bytes.count) {
            if bytes[offset] == 0x0a {
                line += 1
                start = offset + 1
            }
            offset += 1
        }
    }
}
