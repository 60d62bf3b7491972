public import Money
public import Settlement
public import Signing

/// What one `settlement.fix` found: the values of all programs, and from what (spec/24 §1, S-47).
public struct NightFixing: Sendable, Hashable, Codable {
    /// A price that partners paid each other, and for how many units.
    public struct Trade: Sendable, Hashable, Codable {
        /// The terms hash.
        public let agreement: Digest
        /// The slug of who owed.
        public let debtor: String
        /// The slug of who was owed.
        public let creditor: String
        /// Units posted in the window before, at least 1.
        public let units: Int64
        /// The price, brought to the numeraire.
        public let price: UnitValue
    }

    /// The values of one program, and what they follow from.
    public struct Line: Sendable, Hashable, Codable {
        /// The values.
        public let values: ProgramValues
        /// The publication behind the pinned value.
        public let publication: PublishedRate?
        /// The values behind the mean, newest last.
        public let nights: [UnitValue]
        /// The trades behind the weighted value, also where they are too few; in the order of the
        /// proposals of their agreements.
        public let trades: [Trade]
    }

    /// The fixing: the hash of its text.
    public internal(set) var hash: Digest
    /// The text (spec/24 §4).
    public internal(set) var text: String
    /// The calendar of the window.
    public let calendar: String
    /// The number of the window.
    public let window: UInt64
    /// The cut-off of the window.
    public let cutoff: Timestamp
    /// The currency of the values, whose minor units they count.
    public let numeraire: Currency
    /// One line for each program that has a value or trades, in the order of their ids.
    public let lines: [Line]

    /// The values alone, of programs that have any.
    public var values: [ProgramValues] { lines.map(\.values).filter { !$0.isEmpty } }
}

/// What a fix does to the rates of one agreement.
public struct RateLine: Sendable, Hashable {
    /// What becomes of them.
    public enum Outcome: String, Sendable {
        /// None were found: the last ones stand.
        case held
        /// They hold from here.
        case new
        /// They are outside of the band and wait for acceptance.
        case waiting
    }

    /// The terms hash.
    public let agreement: Digest
    /// The ratio, if it is a fixing and was found.
    public let ratio: Rate?
    /// The price, if it is a fixing and was found.
    public let price: Rate?
    /// What becomes of them.
    public let outcome: Outcome
    /// The place among the agreements that say `fixing`.
    let place: Int
}

/// What a fix would do, computed before anything changes.
public struct FixingDraft: Sendable {
    /// The fixing, with its text and hash.
    public let fixing: NightFixing
    /// One line for each agreement that says `fixing` and has not ended, in the order of hashes.
    public let rates: [RateLine]
}
