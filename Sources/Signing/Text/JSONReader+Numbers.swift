extension JSONReader {
    /// Reads an integer of magnitude at most 2^53 − 1, without fraction, exponent, leading zero or
    /// `-0`.
    public mutating func readInteger() throws(JSONError) -> Int64 {
        let start = offset
        let isNegative = consume(0x2d)
        var position = offset
        guard position < bytes.count, isDigit(bytes[position]) else {
            offset = start
            throw isNegative ? JSONError(.syntax, at: start) : typeFault(.notAnInteger)
        }
        var value: Int64 = 0
        while position < bytes.count, isDigit(bytes[position]) {
            value = value * 10 + Int64(bytes[position] &- 0x30)
            position += 1
            // Beyond the limit digits no longer count, so that a fraction or exponent is still
            // found.
            if value > Self.numberLimit { value = Self.numberLimit + 1 }
        }
        if bytes[offset] == 0x30, position > offset + 1 {
            throw JSONError(.leadingZero, at: start)
        }
        if position < bytes.count {
            switch bytes[position] {
            case 0x2e: throw JSONError(.fraction, at: start)
            case 0x65, 0x45: throw JSONError(.exponent, at: start)
            default: break
            }
        }
        guard value <= Self.numberLimit else { throw JSONError(.numberRange, at: start) }
        if isNegative && value == 0 { throw JSONError(.negativeZero, at: start) }
        offset = position
        return isNegative ? -value : value
    }

    @inline(__always)
    private func isDigit(_ byte: UInt8) -> Bool {
        byte &- 0x30 < 10
    }
}
