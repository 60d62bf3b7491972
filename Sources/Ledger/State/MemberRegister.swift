internal import Signing

/// One pairwise pseudonym and what became of it.
///
/// 24 bytes.
struct MemberRecord: SlotRecord {
    /// The life of a pseudonym.
    enum State: UInt8, Sendable { case free, pending, open, closed }

    var high: UInt64
    var low: UInt64
    var pair: UInt32
    var state: UInt8

    init(_ pseudonym: UInt128, pair: UInt32, state: State = .free) {
        high = UInt64(truncatingIfNeeded: pseudonym >> 64)
        low = UInt64(truncatingIfNeeded: pseudonym)
        self.pair = pair
        self.state = state.rawValue
    }

    var pseudonym: UInt128 { UInt128(high) << 64 | UInt128(low) }
    var keyHash: UInt64 { mix(high ^ mix(low ^ UInt64(pair))) }
    var isVacant: Bool { isFree }
    var isFree: Bool { state == State.free.rawValue }
    static var free: MemberRecord { MemberRecord(0, pair: 0) }

    func hasSameKey(as other: MemberRecord) -> Bool {
        high == other.high && low == other.low && pair == other.pair
    }
}

/// The pseudonyms that pairs of partners opened together (requirement P-02).
struct MemberRegister: Sendable {
    var table = SlotTable<MemberRecord>()

    /// The number of a pair of partners, the same in both orders.
    static func pair(_ left: Int32, _ right: Int32) -> UInt32 {
        UInt32(min(left, right)) << 16 | UInt32(max(left, right))
    }

    /// What became of a pseudonym, or nil if the pair never had it.
    ///
    /// Complexity: O(1).
    func state(of pseudonym: UInt128, pair: UInt32) -> MemberRecord.State? {
        table.slot(of: MemberRecord(pseudonym, pair: pair)).flatMap {
            MemberRecord.State(rawValue: table.records[$0].state)
        }
    }

    /// Sets what became of a pseudonym.
    ///
    /// Complexity: O(1).
    mutating func set(_ pseudonym: UInt128, pair: UInt32, to state: MemberRecord.State) {
        let record = MemberRecord(pseudonym, pair: pair, state: state)
        if let slot = table.slot(of: record) {
            table.update(slot) { $0.state = state.rawValue }
        } else {
            _ = table.insert(record)
        }
    }
}
