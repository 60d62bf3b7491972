internal import Settlement
internal import Signing

/// The fingerprints of the rows of a file: what tells a row that an earlier file had (R-06,
/// spec/26 §9).
enum RowFingerprint {
    /// The text that each fingerprint begins with.
    private static let domain = Array("kontor/v1/book-row\n".utf8)

    /// The fingerprint of each row of a table, in the order of the rows.
    ///
    /// Of rows that are equal in everything, each has one of its own, by how many stand before it.
    ///
    /// Complexity: O(n).
    static func all(of table: BookTable) -> [Digest] {
        var counts: [Digest: Int] = [:]
        counts.reserveCapacity(table.rows.count)
        var fingerprints: [Digest] = []
        fingerprints.reserveCapacity(table.rows.count)
        var text: [UInt8] = []
        for row in table.rows {
            text.removeAll(keepingCapacity: true)
            write(row, of: table, to: &text)
            let content = DigestBuilder.digest(text)
            let count = counts[content, default: 0]
            counts[content] = count + 1
            append(Array(String(count).utf8)[...], to: &text)
            fingerprints.append(DigestBuilder.digest(text))
        }
        return fingerprints
    }

    private static func write(_ row: BookRow, of table: BookTable, to text: inout [UInt8]) {
        text.append(contentsOf: domain)
        appendText(table.names[Int(row.unit)], to: &text)
        appendText(row.event == .posting ? "posting" : "reversal", to: &text)
        appendText(String(row.units), to: &text)
        appendText(UUIDv7(rawValue: row.transfer)?.description ?? "", to: &text)
        appendText(row.item == BookRow.noItem ? "" : String(row.item), to: &text)
        appendText(row.member == 0 ? "" : row.member.base64URL, to: &text)
        for span in [row.reference, row.otherReference, row.account, row.batch] {
            append(table.bytes(span), to: &text)
        }
        appendText(
            row.day == BookRow.noDay ? "" : CivilDate(days: Int(row.day)).description,
            to: &text
        )
        appendText(status(row.status), to: &text)
        appendText(row.money == BookRow.noMoney ? "" : String(row.money), to: &text)
        appendText(row.fee == BookRow.noMoney ? "" : String(row.fee), to: &text)
        let hasCurrency = row.currency != BookRow.noName
        appendText(hasCurrency ? table.names[Int(row.currency)] : "", to: &text)
    }

    private static func status(_ status: BookRow.Status) -> String {
        switch status {
        case .unstated: ""
        case .pending: "pending"
        case .posted: "posted"
        case .void: "void"
        }
    }

    private static func appendText(_ field: String, to text: inout [UInt8]) {
        append(Array(field.utf8)[...], to: &text)
    }

    /// Appends a field: its number of bytes, a colon, the bytes.
    private static func append(_ field: ArraySlice<UInt8>, to text: inout [UInt8]) {
        text.append(contentsOf: String(field.count).utf8)
        text.append(0x3a)
        text.append(contentsOf: field)
    }
}

/// The fingerprints that are kept of a file: the first twelve bytes of each, sorted, the smallest
/// where there are too many.
struct KeptFingerprints: Hashable, Sendable {
    /// Twelve bytes as 16 characters of base64url, one after another, sorted by their bytes.
    let words: [UInt128]
    /// Whether these are all rows of the file.
    let isComplete: Bool

    private static let byteCount = 12

    init(words: [UInt128], isComplete: Bool) {
        self.words = words
        self.isComplete = isComplete
    }

    /// Those of a table.
    init(_ table: BookTable) {
        let all = Self.all(table).words
        words = Array(all.prefix(BookLimits.fingerprintCount))
        isComplete = all.count <= BookLimits.fingerprintCount
    }

    /// All of a table, without a limit.
    static func all(_ table: BookTable) -> KeptFingerprints {
        let words = RowFingerprint.all(of: table).map { word($0.bytes.prefix(byteCount)) }.sorted()
        return KeptFingerprints(words: words, isComplete: true)
    }

    /// Those of a text, or nil if it is none.
    init?(_ text: String, isComplete: Bool) {
        guard let bytes = Base64.url.decode(Array(text.utf8)[...]),
            bytes.count % Self.byteCount == 0,
            bytes.count <= BookLimits.fingerprintCount * Self.byteCount
        else { return nil }
        let words = stride(from: 0, to: bytes.count, by: Self.byteCount).map {
            Self.word(bytes[$0..<$0 + Self.byteCount])
        }
        guard zip(words, words.dropFirst()).allSatisfy({ $0 < $1 }) else { return nil }
        self.words = words
        self.isComplete = isComplete
    }

    /// The text: all words in base64url.
    var text: String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(words.count * Self.byteCount)
        for word in words {
            for shift in stride(from: 88, through: 0, by: -8) {
                bytes.append(UInt8(truncatingIfNeeded: word >> UInt128(shift)))
            }
        }
        return Base64.url.encode(bytes)
    }

    /// How many words two files have in common.
    ///
    /// Complexity: O(words of both).
    func commonCount(_ other: KeptFingerprints) -> Int {
        var count = 0
        var place = 0
        for word in words {
            while place < other.words.count, other.words[place] < word { place += 1 }
            if place < other.words.count, other.words[place] == word { count += 1 }
        }
        return count
    }

    private static func word(_ bytes: some Sequence<UInt8>) -> UInt128 {
        bytes.reduce(0) { $0 << 8 | UInt128($1) }
    }
}
