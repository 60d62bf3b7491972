internal import Signing

/// The newest part of the exactly-once index, so that a new id rarely needs the store.
///
/// It knows every id whose time lies after `floor`; an older one must be looked up. Two generations
/// bound its size.
struct RecentSubmissions: Sendable {
    private struct Key: Hashable, Sendable {
        let signer: String
        let id: UInt128
    }

    /// A dictionary holds three quarters of a power of two: one of 2^19 places takes 21 MB, and
    /// with 393,217 ids it would double.
    static let generationLimit = 390_000
    private var newer: [Key: UInt64] = [:]
    private var older: [Key: UInt64] = [:]
    private var newerLast = Timestamp.earliest
    private var olderLast = Timestamp.earliest
    private(set) var floor: Timestamp

    /// An index that knows every id after a moment.
    init(floor: Timestamp) {
        self.floor = floor
    }

    /// The index of a submission that is known here, or nil.
    func index(of signer: String, _ id: UUIDv7) -> UInt64? {
        let key = Key(signer: signer, id: id.rawValue)
        return newer[key] ?? older[key]
    }

    /// Whether an id that is not known here can still be one that the store has.
    func mayBeStored(_ id: UUIDv7) -> Bool {
        id.timestamp <= floor
    }

    /// Notes a submission that took effect.
    mutating func note(_ signer: String, _ id: UUIDv7, at index: UInt64) {
        newer[Key(signer: signer, id: id.rawValue)] = index
        newerLast = max(newerLast, id.timestamp)
        guard newer.count >= Self.generationLimit else { return }
        floor = max(floor, olderLast)
        older = newer
        olderLast = newerLast
        newer = [:]
        newerLast = .earliest
    }
}
