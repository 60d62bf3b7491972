internal import Money
internal import Settlement
internal import Signing

/// Reads a file of a partner's books by its mapping, in pieces as they come.
///
/// Rows that cannot be read are faults of the table, are counted, and never become rows; a file
/// whose structure is broken is refused as a whole with a `FormatError` that names line and
/// character. CSV and NDJSON are read as they stream in; JSON and bank files are held whole, up to
/// `FormatLimits.fileByteCount`.
public struct BookReader {
    enum Phase { case start, head, header, rows }

    /// A row that may turn out to be a part of the footer.
    struct Pending {
        var cells: [BookCell]
        var start: Int
        var line: Int
    }

    let mapping: BookMapping
    let name: String
    var builder: BookRowBuilder
    var scanner: SeparatedScanner
    let encoding: EncodingCheck
    /// The cell of each slot in a row of separated values.
    var cellOfSlot: [Int] = []
    /// The cells of the row at hand, by slots.
    var slotCells: [BookCell]
    /// How many cells a row has, or nil before the first.
    var cellCount: Int?
    var phase = Phase.start
    var pending: [Pending] = []
    /// How many of the bytes that wait were cut into rows already.
    var scannedCount = 0
    /// The lines before the header, cut into cells.
    var head: [[String]] = []
    /// The rows of the footer.
    var foot: [[String]] = []
    var footLines: [Int] = []
    var lineCount = 0
    var unreadableCount = 0
    var faults: [BookFault] = []
    /// How many lines are kept as they were cut, for a preview.
    var recordLimit = 0
    var records: [BookRecord] = []
    /// Bytes that wait for the rest of their row, or the whole file.
    private var carry: [UInt8] = []
    private var byteCount = 0
    private var digest = DigestBuilder()

    /// A reader of a file of this name, which is only used to name it.
    public init(mapping: BookMapping, name: String) {
        self.mapping = mapping
        self.name = name
        let plan = BookPlan(mapping)
        builder = BookRowBuilder(plan)
        slotCells = [BookCell](repeating: BookCell(start: 0, end: 0), count: plan.columns.count)
        if case .csv(let shape) = mapping.shape {
            scanner = SeparatedScanner(shape)
            encoding = EncodingCheck(encoding: shape.encoding)
        } else {
            scanner = SeparatedScanner(SeparatedShape())
            encoding = EncodingCheck(encoding: .utf8)
        }
    }

    /// Reads a whole file.
    ///
    /// Complexity: O(n).
    public static func read(
        _ bytes: [UInt8],
        mapping: BookMapping,
        name: String
    ) throws(FormatError) -> PartnerBook {
        var reader = BookReader(mapping: mapping, name: name)
        try reader.read(bytes)
        return try reader.finish()
    }

    /// Reads the next piece of the file.
    ///
    /// Throws when the structure is broken: the reader is then done for. Complexity: O(n).
    public mutating func read(_ piece: [UInt8]) throws(FormatError) {
        digest.update(piece)
        byteCount += piece.count
        let isWhole = mapping.shape.isHeldWhole
        let limit = isWhole ? FormatLimits.fileByteCount : BookLimits.fileByteCount
        guard byteCount <= limit else {
            throw fault(.tooLarge, "more than \(limit) bytes", wayOut: "give it in parts")
        }
        // A row ends with its line: without a line end there is nothing to do yet.
        if isWhole || !piece.contains(0x0a) {
            carry.append(contentsOf: piece)
            let limit = (pending.count + 2) * BookLimits.rowByteCount
            guard isWhole || carry.count <= limit else { throw rowTooLong() }
        } else {
            try process(carry.isEmpty ? piece : carry + piece, isLast: false)
        }
    }

    /// Ends the file: checks what it says of itself, and gives its rows.
    ///
    /// Complexity: O(n) for JSON and bank files, else O(1).
    public mutating func finish() throws(FormatError) -> PartnerBook {
        guard byteCount > 0 else {
            throw fault(.empty, "there is nothing in it", wayOut: "give the whole file")
        }
        let bytes = carry
        carry = []
        var summaries: [BookSummary]
        switch mapping.shape {
        case .csv, .ndjson:
            try process(bytes, isLast: true)
            summaries = [try close()]
        case .json(let rows): summaries = [try readJSON(bytes, rows)]
        case .camt: summaries = try readBank(bytes)
        }
        let digest = digest.finalize()
        if unreadableCount > faults.count {
            faults.append(
                BookFault(
                    .unparsable,
                    file: 0,
                    "\(unreadableCount - BookLimits.listedFaultCount) more lines cannot be read; "
                        + "correct the first and read the file again"
                )
            )
        }
        builder.table.files = [
            BookFile(name: name, digest: digest.base64URL, rowCount: lineCount)
        ]
        builder.table.faults = faults
        return PartnerBook(
            partner: mapping.partner,
            mappingVersion: mapping.version,
            table: builder.table,
            digest: digest,
            unreadableCount: unreadableCount,
            days: builder.days,
            summaries: summaries
        )
    }

    private mutating func process(_ bytes: [UInt8], isLast: Bool) throws(FormatError) {
        let used: Int
        if case .csv(let shape) = mapping.shape {
            used = try readSeparated(bytes, shape, isLast: isLast)
        } else {
            used = try readLines(bytes, isLast: isLast)
        }
        carry = Array(bytes[used...])
        guard carry.count <= (pending.count + 1) * BookLimits.rowByteCount else {
            throw rowTooLong()
        }
    }

    /// Keeps a line for a preview: its cells, the rows behind the first ones, and its fault.
    mutating func record(
        _ bytes: [UInt8],
        _ cells: [BookCell],
        line: Int,
        after first: Int,
        fault: String?
    ) {
        guard records.count < recordLimit else { return }
        let texts = cells.map { cell in
            String(
                decoding: encoding.encoding.utf8(bytes[cell.start..<cell.end]),
                as: UTF8.self
            )
        }
        let rows = first..<builder.table.rows.count
        records.append(BookRecord(line: line, texts: texts, rows: rows, fault: fault))
    }

    private func rowTooLong() -> FormatError {
        fault(
            .tooLarge,
            line: scanner.line,
            "a row has more than \(BookLimits.rowByteCount) bytes",
            wayOut: "look for a quote that is not closed, or correct the quote of the mapping"
        )
    }
}

extension BookFileShape {
    /// Whether a file is held whole before it is read.
    var isHeldWhole: Bool {
        switch self {
        case .csv, .ndjson: false
        case .json, .camt: true
        }
    }
}
