/// The one spelling of numbers that have no sign: digits, and no zero before others.
enum PlainNumber {
    /// Appends a number.
    static func append(_ number: UInt64, to text: inout [UInt8]) {
        if number < 10 {
            text.append(0x30 + UInt8(truncatingIfNeeded: number))
            return
        }
        var divisor: UInt64 = 10
        while number / divisor >= 10 { divisor *= 10 }
        while divisor > 0 {
            text.append(0x30 + UInt8(truncatingIfNeeded: number / divisor % 10))
            divisor /= 10
        }
    }

    /// A number up to a limit, or nil if it is written otherwise or is larger.
    static func read(_ text: ArraySlice<UInt8>, atMost limit: UInt64) -> UInt64? {
        guard let first = text.first, first != 0x30 || text.count == 1 else { return nil }
        var number: UInt64 = 0
        for byte in text {
            guard (0x30...0x39).contains(byte) else { return nil }
            let (shifted, isLarge) = number.multipliedReportingOverflow(by: 10)
            let (sum, isLarger) = shifted.addingReportingOverflow(UInt64(byte - 0x30))
            guard !isLarge, !isLarger, sum <= limit else { return nil }
            number = sum
        }
        return number
    }
}
