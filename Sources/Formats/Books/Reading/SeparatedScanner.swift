/// Cuts separated values into rows and cells (RFC 4180, spec/26 §2).
struct SeparatedScanner {
    /// Why the structure of a file is broken, and where.
    struct Fault: Error {
        enum Kind {
            case control(UInt8), quoteOpen, afterQuote, tooManyColumns
        }

        var kind: Kind
        var offset: Int
    }

    private static let plain: UInt8 = 0
    private static let delimiterClass: UInt8 = 1
    private static let lineClass: UInt8 = 2
    private static let quoteClass: UInt8 = 3
    private static let controlClass: UInt8 = 4
    private static let highClass: UInt8 = 5

    private let quote: UInt8?
    /// What each byte is outside of quotes.
    private let classes: [UInt8]
    /// The line of the next row, from 1.
    var line = 1
    /// Whether the row that was cut last has bytes from 0x80.
    private(set) var hasHighBytes = false
    /// How many lines the row that was cut last has.
    private var lineCount = 0

    init(_ shape: SeparatedShape) {
        quote = shape.quote
        var classes = [UInt8](repeating: Self.plain, count: 256)
        for byte in 0..<0x20 where byte != 0x09 { classes[byte] = Self.controlClass }
        classes[0x7f] = Self.controlClass
        for byte in 0x80...0xff { classes[byte] = Self.highClass }
        classes[Int(shape.delimiter)] = Self.delimiterClass
        if let quote = shape.quote { classes[Int(quote)] = Self.quoteClass }
        classes[0x0a] = Self.lineClass
        self.classes = classes
    }

    /// Cuts the row at an offset; the answer is where the next one begins, or nil if the row has no
    /// end yet.
    ///
    /// Complexity: O(row).
    mutating func scan(
        _ bytes: [UInt8],
        from start: Int,
        isLast: Bool,
        into cells: inout [BookCell]
    ) throws(Fault) -> Int? {
        cells.removeAll(keepingCapacity: true)
        hasHighBytes = false
        lineCount = 0
        var offset = start
        while true {
            let next =
                offset < bytes.count && bytes[offset] == quote
                ? try scanQuoted(bytes, offset, isLast, &cells)
                : try scanPlain(bytes, offset, isLast, &cells)
            guard let next else { return nil }
            guard cells.count <= BookLimits.columnCount else {
                throw Fault(kind: .tooManyColumns, offset: offset)
            }
            if next == bytes.count || bytes[next] == 0x0a {
                line += lineCount + 1
                return min(next + 1, bytes.count)
            }
            offset = next + 1
        }
    }

    /// Reads a cell without quotes up to its delimiter, line end, or the end of the file.
    private mutating func scanPlain(
        _ bytes: [UInt8],
        _ start: Int,
        _ isLast: Bool,
        _ cells: inout [BookCell]
    ) throws(Fault) -> Int? {
        var offset = start
        var mark = BookCell.Mark.plain
        let count = bytes.count
        while offset < count {
            let kind = classes[Int(bytes[offset])]
            if kind == Self.plain {
                offset += 1
                continue
            }
            if kind <= Self.lineClass {
                let hasReturn =
                    kind == Self.lineClass && offset > start && bytes[offset - 1] == 0x0d
                cells.append(
                    BookCell(start: start, end: hasReturn ? offset - 1 : offset, mark: mark)
                )
                return offset
            }
            try pass(kind, bytes, offset, isLast, &mark)
            offset += 1
        }
        guard isLast else { return nil }
        cells.append(BookCell(start: start, end: count, mark: mark))
        return count
    }

    private mutating func pass(
        _ kind: UInt8,
        _ bytes: [UInt8],
        _ offset: Int,
        _ isLast: Bool,
        _ mark: inout BookCell.Mark
    ) throws(Fault) {
        if kind == Self.highClass {
            hasHighBytes = true
        } else if kind == Self.quoteClass {
            mark = .stray
        } else {
            // A carriage return is a part of the line end, which may not have come yet.
            let isReturn = bytes[offset] == 0x0d
            let isDue = offset + 1 < bytes.count ? bytes[offset + 1] == 0x0a : !isLast
            guard isReturn, isDue else {
                throw Fault(kind: .control(bytes[offset]), offset: offset)
            }
        }
    }

    /// Reads a cell in quotes, and what stands between it and its delimiter or line end.
    private mutating func scanQuoted(
        _ bytes: [UInt8],
        _ start: Int,
        _ isLast: Bool,
        _ cells: inout [BookCell]
    ) throws(Fault) -> Int? {
        var offset = start + 1
        var mark = BookCell.Mark.quoted
        while true {
            guard offset < bytes.count else {
                if isLast { throw Fault(kind: .quoteOpen, offset: start) }
                return nil
            }
            let byte = bytes[offset]
            if byte == quote {
                guard offset + 1 < bytes.count || isLast else { return nil }
                guard offset + 1 < bytes.count, bytes[offset + 1] == quote else { break }
                mark = .doubled
                offset += 1
            } else if byte >= 0x80 {
                hasHighBytes = true
            } else if byte == 0x0a {
                lineCount += 1
            } else if byte < 0x20 || byte == 0x7f, byte != 0x09, byte != 0x0d {
                throw Fault(kind: .control(byte), offset: offset)
            }
            offset += 1
        }
        cells.append(BookCell(start: start + 1, end: offset, mark: mark))
        return try endOfQuoted(bytes, offset + 1, isLast)
    }

    /// The offset of the delimiter or line end that must follow a closing quote.
    private func endOfQuoted(
        _ bytes: [UInt8],
        _ start: Int,
        _ isLast: Bool
    ) throws(Fault) -> Int? {
        var offset = start
        if offset < bytes.count, bytes[offset] == 0x0d { offset += 1 }
        guard offset < bytes.count else { return isLast ? offset : nil }
        let kind = classes[Int(bytes[offset])]
        guard kind == Self.lineClass || kind == Self.delimiterClass && offset == start else {
            throw Fault(kind: .afterQuote, offset: start)
        }
        return offset
    }
}
