internal import Signing

/// One accepted proposal of pseudonyms, and who made it.
///
/// 40 bytes.
struct AcceptanceRecord: SlotRecord {
    let digest: Digest
    /// The place of the proposer.
    let proposer: Int32
    let isUsed: Bool

    init(_ digest: Digest, proposer: Int32, isUsed: Bool = true) {
        self.digest = digest
        self.proposer = proposer
        self.isUsed = isUsed
    }

    var keyHash: UInt64 { mix(digest.leadingWord) }
    var isVacant: Bool { isFree }
    var isFree: Bool { !isUsed }
    static var free: AcceptanceRecord {
        AcceptanceRecord(.zero, proposer: 0, isUsed: false)
    }

    func hasSameKey(as other: AcceptanceRecord) -> Bool {
        isUsed == other.isUsed && digest == other.digest
    }
}

/// Who proposed the pseudonyms that an acceptance opened.
///
/// The acceptance names its proposal by digest alone, and the proposal is gone from the state; this
/// is kept so that both partners of the pair may read the acceptance. No rule reads it, and it is
/// no part of the state digest (spec/15 §5).
struct AcceptanceRegister: Sendable {
    var table = SlotTable<AcceptanceRecord>()

    /// The place of the partner that made an accepted proposal, or nil.
    ///
    /// Complexity: O(1).
    func proposer(of digest: Digest) -> Int32? {
        table.slot(of: AcceptanceRecord(digest, proposer: 0)).map { table.records[$0].proposer }
    }

    /// Notes who made a proposal that is accepted now.
    ///
    /// Complexity: O(1).
    mutating func note(_ digest: Digest, proposer: Int32) {
        let record = AcceptanceRecord(digest, proposer: proposer)
        if table.slot(of: record) == nil { _ = table.insert(record) }
    }
}
