public import Signing

/// The money sheets of a window, at its fix or its finalisation (spec/20 §5).
public struct SettlementFix: Sendable, Hashable {
    /// The calendar.
    public let calendar: String
    /// The number of the window, from 1.
    public let window: UInt64
    /// The sheets, each of another source.
    public let sheets: [QuoteSheet]
    /// The hash of the rates that are fixed, at a fix under a policy that fixes rates.
    public let fixing: Digest?

    init(members: inout Members, takesFixing: Bool) throws(Fault) {
        calendar = try members.required("calendar", Read.slug)
        window = UInt64(try members.required("window", Read.units(atLeast: 1)))
        sheets = try members.required(
            "sheets",
            Members.list(0...Limits.sheets, QuoteSheet.init(reading:))
        )
        fixing = takesFixing ? try members.optional("fixing", Read.digest) : nil
        try Read.distinctUnder("sheets", sheets, by: \.source)
    }
}
