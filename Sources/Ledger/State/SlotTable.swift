/// A record of a `SlotTable`: plain bytes, of which some are the key.
protocol SlotRecord: BitwiseCopyable, Sendable {
    /// A well-mixed hash of the key.
    var keyHash: UInt64 { get }
    /// Whether another record has the same key.
    func hasSameKey(as other: Self) -> Bool
    /// Whether the record says nothing, so that its slot may be given up.
    var isVacant: Bool { get }
    /// Whether the slot was given up.
    var isFree: Bool { get }
    /// What stands in a slot that was given up.
    static var free: Self { get }
}

/// Plain records in slots that never move, found by an open-addressed index, with a note of which
/// pages changed.
///
/// A live record costs its own size and some eight bytes of index. Pages are what is written to the
/// projection, so a commit never writes what did not change (spec/15 §5).
struct SlotTable<Record: SlotRecord>: Sendable {
    /// Records of one page.
    static var pageCount: Int { 1_024 }

    private(set) var records: [Record] = []
    private var index: [UInt32]
    private var occupied = 0
    private var free: [UInt32] = []
    private var dirty: [Bool] = []
    private var approached: UInt64 = 0

    init() {
        index = [UInt32](repeating: 0, count: 1_024)
    }

    /// The number of slots in use.
    var liveCount: Int { occupied - free.count }

    /// The slot of the record with the key of another one, or nil.
    ///
    /// Complexity: O(1).
    func slot(of key: Record) -> Int? {
        let mask = index.count - 1
        var place = Int(truncatingIfNeeded: key.keyHash) & mask
        while index[place] != 0 {
            let slot = Int(index[place] - 1)
            if records[slot].hasSameKey(as: key) { return slot }
            place = (place + 1) & mask
        }
        return nil
    }

    /// Fetches what the lookups of some keys will need, so that their waits for memory overlap and
    /// do not follow each other.
    ///
    /// It changes nothing that can be seen.
    ///
    /// Complexity: O(keys).
    mutating func approach(_ keys: [Record]) {
        let mask = index.count - 1
        var slots: [UInt32] = []
        slots.reserveCapacity(keys.count)
        for key in keys { slots.append(index[Int(truncatingIfNeeded: key.keyHash) & mask]) }
        for slot in slots where slot != 0 && records[Int(slot - 1)].isFree { approached &+= 1 }
    }

    /// Puts a record with a new key into a slot.
    ///
    /// Complexity: O(1) on average.
    mutating func insert(_ record: Record) -> Int {
        if (occupied + 1) * 4 > index.count * 3 { grow() }
        let slot: Int
        if let last = free.popLast() {
            slot = Int(last)
            records[slot] = record
        } else {
            slot = records.count
            records.append(record)
            occupied += 1
        }
        link(slot)
        touch(slot)
        return slot
    }

    /// Changes the record in a slot, but not its key.
    mutating func update(_ slot: Int, _ change: (inout Record) -> Void) {
        change(&records[slot])
        touch(slot)
    }

    /// Gives up every record that a test names or that is vacant; other records keep their slots.
    ///
    /// Complexity: O(n).
    mutating func removeAll(where isOver: (Record) -> Bool) {
        free.removeAll(keepingCapacity: true)
        for slot in records.indices.reversed() {
            if !records[slot].isFree, records[slot].isVacant || isOver(records[slot]) {
                records[slot] = .free
                touch(slot)
            }
            if records[slot].isFree { free.append(UInt32(slot)) }
        }
        relink(capacity: index.count)
    }

    private mutating func grow() {
        relink(capacity: index.count * 2)
    }

    private mutating func relink(capacity: Int) {
        index = [UInt32](repeating: 0, count: capacity)
        for slot in records.indices where !records[slot].isFree { link(slot) }
    }

    private mutating func link(_ slot: Int) {
        let mask = index.count - 1
        var place = Int(truncatingIfNeeded: records[slot].keyHash) & mask
        while index[place] != 0 { place = (place + 1) & mask }
        index[place] = UInt32(slot + 1)
    }

    private mutating func touch(_ slot: Int) {
        let page = slot / Self.pageCount
        while dirty.count <= page { dirty.append(false) }
        dirty[page] = true
    }
}

extension SlotTable {
    /// Calls a body with the number and the bytes of each page that changed since the last call.
    mutating func takeChangedPages(_ body: (UInt32, [UInt8]) -> Void) {
        for page in dirty.indices where dirty[page] {
            let range = page * Self.pageCount..<min(records.count, (page + 1) * Self.pageCount)
            let bytes = unsafe records[range].withUnsafeBytes { buffer in unsafe [UInt8](buffer) }
            body(UInt32(page), bytes)
            dirty[page] = false
        }
    }

    /// Marks every page as changed, as for a new projection.
    mutating func markAllChanged() {
        dirty = [Bool](
            repeating: true,
            count: (records.count + Self.pageCount - 1) / Self.pageCount
        )
    }

    /// Puts a stored page into place; pages come in any order, and `finishLoading` follows them.
    mutating func load(page: Int, _ bytes: [UInt8]) -> Bool {
        let size = MemoryLayout<Record>.stride
        guard bytes.count % size == 0, bytes.count / size <= Self.pageCount else { return false }
        let start = page * Self.pageCount
        let count = bytes.count / size
        while records.count < start + count { records.append(.free) }
        unsafe bytes.withUnsafeBytes { buffer in
            for offset in 0..<count {
                records[start + offset] = unsafe buffer.loadUnaligned(
                    fromByteOffset: offset * size,
                    as: Record.self
                )
            }
        }
        return true
    }

    /// Builds the index over loaded pages.
    ///
    /// Complexity: O(n).
    mutating func finishLoading() {
        var capacity = 1_024
        while records.count * 4 > capacity * 3 { capacity *= 2 }
        occupied = records.count
        free = records.indices.reversed().filter { records[$0].isFree }.map { UInt32($0) }
        relink(capacity: capacity)
        dirty = [Bool](
            repeating: false,
            count: (records.count + Self.pageCount - 1) / Self.pageCount
        )
    }
}

/// Mixes a word so that every bit of it reaches every bit of the result.
func mix(_ word: UInt64) -> UInt64 {
    var value = word
    value ^= value >> 32
    value &*= 0xd6e8_feb8_6659_fd93
    value ^= value >> 32
    value &*= 0xd6e8_feb8_6659_fd93
    return value ^ value >> 32
}
