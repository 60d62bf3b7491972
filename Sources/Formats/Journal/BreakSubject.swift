public import Settlement
public import Signing

/// What a break is about, from which both partners derive the same id (spec/28 §4.1).
public struct BreakSubject: Hashable, Sendable {
    /// A row without a transfer id, by the file that it stands in.
    public struct Row: Hashable, Comparable, Sendable {
        /// The SHA-256 of the file.
        public let file: Digest
        /// The line of the file from 1, or 0 for the file as a whole.
        public let line: UInt64

        /// A row of a file.
        public init(file: Digest, line: UInt64) {
            self.file = file
            self.line = line
        }

        /// Orders by file, then by line.
        public static func < (left: Row, right: Row) -> Bool {
            (left.file, left.line) < (right.file, right.line)
        }
    }

    /// The ledger, pair and window.
    public let scope: BookScope
    /// What kind of difference.
    public let type: BreakType
    /// The field that differs, where the break has one.
    public let field: BookField?
    /// The transfer items, ascending.
    public let items: [ItemName]
    /// The rows that have no transfer, ascending.
    public let rows: [Row]

    /// A break about items and rows in any order, of which doubles count once; nil if there is
    /// neither, or more than 200 of them.
    public init?(
        scope: BookScope,
        type: BreakType,
        field: BookField? = nil,
        items: [ItemName],
        rows: [Row] = []
    ) {
        let (items, rows) = (Self.distinct(items), Self.distinct(rows))
        guard (1...FormatLimits.journalPlaceCount).contains(items.count + rows.count) else {
            return nil
        }
        self.scope = scope
        self.type = type
        self.field = field
        self.items = items
        self.rows = rows
    }

    /// The type, with a point and the field where there is one: `amount.units`.
    public var kind: String {
        field.map { "\(type.rawValue).\($0.code)" } ?? type.rawValue
    }

    /// The id: SHA-256 of the canonical text.
    ///
    /// Complexity: O(items + rows).
    public var id: Digest {
        var text = "kontor/v1/break\n\(scope.ledger)\n\(scope.first)\n\(scope.second)\n"
        text += "\(scope.calendar)\n\(scope.window)\n\(kind)\n"
        for item in items { text += "item \(item)\n" }
        for row in rows { text += "row \(row.file) \(row.line)\n" }
        return DigestBuilder.digest(Array(text.utf8))
    }

    private static func distinct<Element: Comparable>(_ elements: [Element]) -> [Element] {
        var distinct: [Element] = []
        for element in elements.sorted() where distinct.last != element {
            distinct.append(element)
        }
        return distinct
    }
}
