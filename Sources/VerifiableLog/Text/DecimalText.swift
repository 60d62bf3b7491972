/// Whole numbers in decimal ASCII without leading zeros, as every line format of this room writes
/// them.
enum DecimalText {
    /// The number of a text, or nil if the text is not its one spelling or exceeds 64 bits.
    static func parse(_ text: ArraySlice<UInt8>) -> UInt64? {
        guard let first = text.first, first != 0x30 || text.count == 1, text.count <= 20 else {
            return nil
        }
        var value: UInt64 = 0
        for byte in text {
            guard byte >= 0x30, byte <= 0x39 else { return nil }
            let (product, tooLarge) = value.multipliedReportingOverflow(by: 10)
            let (sum, tooLargeSum) = product.addingReportingOverflow(UInt64(byte - 0x30))
            guard !tooLarge, !tooLargeSum else { return nil }
            value = sum
        }
        return value
    }
}
