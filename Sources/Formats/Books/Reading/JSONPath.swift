/// A JSON Pointer (RFC 6901): the names and positions that lead to a value.
struct JSONPath: Hashable {
    /// The steps, unescaped.
    let steps: [[UInt8]]

    /// The path of a text, which is empty or begins with a slash; nil for another one.
    init?(_ text: String) {
        var steps: [[UInt8]] = []
        let bytes = Array(text.utf8)
        guard bytes.isEmpty || bytes[0] == 0x2f else { return nil }
        for part in bytes.dropFirst().split(separator: 0x2f, omittingEmptySubsequences: false)
        where !bytes.isEmpty {
            var step: [UInt8] = []
            var isEscape = false
            for byte in part {
                if isEscape {
                    guard byte == 0x30 || byte == 0x31 else { return nil }
                    step.append(byte == 0x30 ? 0x7e : 0x2f)
                    isEscape = false
                } else if byte == 0x7e {
                    isEscape = true
                } else {
                    step.append(byte)
                }
            }
            guard !isEscape else { return nil }
            steps.append(step)
        }
        guard steps.count <= BookLimits.jsonDepth else { return nil }
        self.steps = steps
    }
}
