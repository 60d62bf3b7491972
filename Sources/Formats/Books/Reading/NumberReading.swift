/// Reads decimal numbers of one style exactly, into whole units of a scale (R-06, spec/26 §4).
struct NumberReading {
    let decimal: UInt8
    /// The bytes of the mark between groups, in the encoding of the file.
    let thousands: [UInt8]
    let sign: NumberStyle.Sign

    /// The style of numbers in JSON and XML.
    static let plain = NumberReading(decimal: 0x2e, thousands: [], sign: .leading)

    /// The number of a range that is not empty, in units of 10^−scale.
    ///
    /// Complexity: O(n).
    func units(
        _ bytes: [UInt8],
        _ start: Int,
        _ end: Int,
        scale: Int
    ) throws(CellFault) -> Int64 {
        var start = start
        var end = end
        let isNegative = passSign(bytes, &start, &end)
        var value: Int64 = 0
        var digits = 0
        var places = -1
        // Digits since the last mark between groups, or −1 while there was none.
        var group = -1
        var offset = start
        while offset < end {
            let byte = bytes[offset]
            let digit = byte &- 0x30
            if digit < 10 {
                if places >= scale {
                    guard digit == 0 else { throw CellFault(kind: .finer, offset: offset) }
                } else {
                    value = value &* 10 &+ Int64(digit)
                    if places >= 0 { places += 1 }
                    if value > 0 { digits += 1 }
                    guard digits <= BookLimits.digitCount else {
                        throw CellFault(kind: .range, offset: offset)
                    }
                    if group >= 0, places < 0 { group += 1 }
                }
                offset += 1
            } else if byte == decimal, places < 0 {
                guard group < 0 || group == 3 else {
                    throw CellFault(kind: .grouping, offset: offset)
                }
                guard offset + 1 < end else { throw CellFault(kind: .number, offset: offset) }
                places = 0
                offset += 1
            } else {
                offset = try passGroup(bytes, offset, start, end, places, &group)
            }
        }
        guard offset > start, group < 0 || group == 3 else {
            throw CellFault(kind: offset > start ? .grouping : .number)
        }
        return try scaled(isNegative ? -value : value, scale - max(places, 0))
    }

    /// Passes a mark between groups; what stands there instead is the fault.
    private func passGroup(
        _ bytes: [UInt8],
        _ offset: Int,
        _ start: Int,
        _ end: Int,
        _ places: Int,
        _ group: inout Int
    ) throws(CellFault) -> Int {
        guard places < 0, !thousands.isEmpty, offset + thousands.count <= end,
            thousands.indices.allSatisfy({ bytes[offset + $0] == thousands[$0] })
        else { throw CellFault(kind: .numberMark, offset: offset) }
        let isFirst = group < 0 && (1...3).contains(offset - start)
        guard isFirst || group == 3 else { throw CellFault(kind: .grouping, offset: offset) }
        group = 0
        return offset + thousands.count
    }

    private func passSign(_ bytes: [UInt8], _ start: inout Int, _ end: inout Int) -> Bool {
        guard start < end else { return false }
        switch sign {
        case .leading:
            let first = bytes[start]
            guard first == 0x2d || first == 0x2b else { return false }
            start += 1
            return first == 0x2d
        case .trailing:
            let last = bytes[end - 1]
            guard last == 0x2d || last == 0x2b else { return false }
            end -= 1
            return last == 0x2d
        case .parentheses:
            guard bytes[start] == 0x28, bytes[end - 1] == 0x29 else { return false }
            start += 1
            end -= 1
            return true
        }
    }

    private func scaled(_ value: Int64, _ exponent: Int) throws(CellFault) -> Int64 {
        guard exponent > 0 else { return value }
        var power: Int64 = 1
        for _ in 0..<exponent { power *= 10 }
        let (result, overflow) = value.multipliedReportingOverflow(by: power)
        guard !overflow, result.magnitude < 1_000_000_000_000_000_000 else {
            throw CellFault(kind: .range)
        }
        return result
    }
}
