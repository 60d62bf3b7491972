/// The limits of what this room reads and writes.
public enum FormatLimits {
    /// The most bytes of a file that is read as it is: 64 MiB.
    public static let fileByteCount = 67_108_864
    /// The most bytes of a rate file, packed or unpacked: 16 MiB, twenty times the whole history.
    public static let rateFileByteCount = 16_777_216
    /// The most columns of a rate file.
    public static let columnCount = 256
    /// The most days of a rate file.
    public static let dayCount = 100_000
    /// The deepest nesting of XML.
    public static let xmlDepth = 64
    /// The most attributes of an element.
    public static let xmlAttributeCount = 64
    /// The most bytes of a name in XML.
    public static let xmlNameByteCount = 256
    /// The most bytes of one run of text, or of an attribute: 1 MiB.
    public static let xmlTextByteCount = 1_048_576
    /// The most elements inside one entry of a bank statement.
    public static let entryElementCount = 200_000
    /// The most characters of an identifier in a payment file.
    public static let identifierCount = 35
    /// The most characters of a name or a remittance text in a payment file.
    public static let nameCount = 140
    /// The most digits of an amount in a payment or bank file.
    public static let amountDigitCount = 18
    /// The most payments of one file.
    public static let paymentCount = 100_000
    /// The most lines of a statement that a printed page shows.
    public static let pageLineCount = 1_000
    /// The most bytes that a streaming writer holds before it hands them on: 64 KiB.
    public static let pieceByteCount = 65_536
    /// The most transfers of a digest of books: some three gigabytes of memory.
    public static let digestLeafCount = 33_554_432
    /// The most bytes of a message of an exchange, with its end.
    public static let exchangeLineByteCount = 65_536
    /// The most places, leaves or differences in one message of an exchange.
    public static let exchangePlaceCount = 64
    /// The most programs that a greeting of an exchange has sums of.
    public static let exchangeProgramCount = 64
    /// The most differences that an exchange looks for.
    public static let exchangeDifferenceCount = 1_000
    /// The most messages that a side of an exchange takes: an honest one needs a tenth.
    public static let exchangeMessageCount = 4_096
    /// The most bytes of a break journal: 64 MiB.
    public static let journalByteCount = 67_108_864
    /// The most breaks of one line of a journal, and the most items and rows of a break.
    public static let journalPlaceCount = 200
    /// The most currencies that a journal states amounts for.
    public static let journalCurrencyCount = 32
    /// The most characters of a text for people in a journal.
    public static let journalTextCount = 1_000
}
