/// Bounds of a ledger, each named once (spec/11 §2).
public enum Limits {
    /// Most items of an entry.
    public static let itemsPerEntry = 200
    /// Most pseudonyms that one `member.open` or `member.close` carries.
    public static let membersPerEntry = 1_500
    /// Most partners that a ledger ever has.
    public static let partners = 65_535
    /// Most counter tokens of an item.
    public static let countersPerItem = 8
    /// Longest partner's reference of an item, in bytes (ISO 20022 Max35Text).
    public static let referenceLength = 35
    /// How far an id's time may lie after the ledger time, in milliseconds.
    public static let idLeadMilliseconds: Int64 = 60_000
    /// How long an act of four eyes waits for its approval, in milliseconds of ledger time.
    public static let pendingMilliseconds: Int64 = 7 * 86_400_000
    /// How long a rekeying waits until the new keys hold, in milliseconds of ledger time.
    public static let rekeyMilliseconds: Int64 = 72 * 3_600_000
    /// Business days until a new payee account holds.
    public static let accountBusinessDays = 2
    /// The rule sets that this software knows (spec/01 §1).
    public static let rules: ClosedRange<Int64> = 1...3
    /// How far a window may be closed from its cut-off without a reason, in milliseconds.
    public static let cutoffToleranceMilliseconds: Int64 = 600_000
    /// Most money sheets of a fix.
    public static let sheets = 16
    /// Most quotes of a money sheet.
    public static let quotesPerSheet = 200
    /// For how many days of cut-offs a closed window is kept at least.
    public static let windowDays: Int64 = 400
    /// Most programs of a certificate.
    public static let certifiedSums = 64
    /// The magnitude that no position reaches: 2^60 minor units.
    public static let position: Int128 = 1 << 60
}
