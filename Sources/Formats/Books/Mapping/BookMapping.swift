public import Signing

/// How a partner's files are read as rows of books: its saved mapping (R-01, spec/26).
///
/// Saved as a JWS by a key of the partner (`SignedMapping`), so that neither side can change how
/// numbers are read without the other seeing it.
public struct BookMapping: Hashable, Sendable {
    /// The value of `format`.
    public static let format = "kontor-mapping/1"

    /// A field and the column that holds it.
    public struct MappedField: Hashable, Sendable {
        /// The field.
        public var field: MappingField
        /// The column.
        public var column: BookColumn

        /// A field in a column.
        public init(_ field: MappingField, _ column: BookColumn) {
            self.field = field
            self.column = column
        }
    }

    /// The ledger.
    public var ledger: Digest
    /// Whose files it reads.
    public var partner: Slug
    /// The version from 1.
    public var version: Int
    /// What kind of file the rows stand in.
    public var shape: BookFileShape
    /// How numbers are written.
    public var numbers: NumberStyle
    /// How days are written, or nil if no field holds one.
    public var dates: DatePattern?
    /// The offset from UTC in minutes in which the file's times stand, where they state none.
    public var utcOffsetMinutes: Int
    /// The offset from UTC in minutes in which days are counted.
    public var dayOffsetMinutes: Int
    /// The fields, in the order of `MappingField`.
    public var fields: [MappedField]
    /// Words for how far a line has come: `pending`, `posted`, `void`.
    public var statusWords: [MappedWord]
    /// Words for what happened: `posting`, `reversal`.
    public var eventWords: [MappedWord]
    /// Whether a reversal is written with the sign of what it takes back.
    public var flipsReversals: Bool
    /// The currency of money and fee, or nil.
    public var currency: MappedName?
    /// One or two amounts of a line.
    public var amounts: [MappedAmount]
    /// What the file says of itself.
    public var control: BookControl

    /// A mapping of a partner for a kind of file, with its amounts; everything else as in the
    /// default of spec/26.
    public init(
        ledger: Digest,
        partner: Slug,
        version: Int = 1,
        shape: BookFileShape,
        amounts: [MappedAmount]
    ) {
        self.ledger = ledger
        self.partner = partner
        self.version = version
        self.shape = shape
        self.amounts = amounts
        numbers = NumberStyle()
        utcOffsetMinutes = 0
        dayOffsetMinutes = 0
        fields = []
        statusWords = []
        eventWords = []
        flipsReversals = false
        control = BookControl()
    }

    /// The column of a field, or nil.
    public func column(_ field: MappingField) -> BookColumn? {
        fields.first { $0.field == field }?.column
    }
}
