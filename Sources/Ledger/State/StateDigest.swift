public import Signing
internal import Money

/// SHA-256 over the records of a state, sorted by key (spec/14).
///
/// Small records are gathered and sorted; the two tables that grow with members and use are sorted
/// by slot, so that a digest costs a few bytes a record beside the state itself.
struct StateDigest {
    private var builder = DigestBuilder()
    private var buffer: [UInt8] = []
    private var pending: [(key: String, value: String)] = []

    /// Notes a record of a small class.
    mutating func note(_ key: String, _ value: String) {
        pending.append((key, value))
    }

    /// Writes the noted records that come before a class of large tables, in their order.
    mutating func flush(before key: String? = nil) {
        pending.sort { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        var count = 0
        for record in pending {
            if let key, !record.key.utf8.lexicographicallyPrecedes(key.utf8) { break }
            write(record.key, record.value)
            count += 1
        }
        pending.removeFirst(count)
    }

    /// Writes one record; keys rise.
    mutating func write(_ key: String, _ value: String) {
        append(key)
        append(value)
        if buffer.count > 1 << 16 {
            builder.update(buffer)
            buffer.removeAll(keepingCapacity: true)
        }
    }

    /// The digest of everything written.
    mutating func finalize() -> Digest {
        flush()
        builder.update(buffer)
        return builder.finalize()
    }

    private mutating func append(_ text: String) {
        let count = UInt32(text.utf8.count)
        for shift in [24, 16, 8, 0] {
            buffer.append(UInt8(truncatingIfNeeded: count >> UInt32(shift)))
        }
        buffer.append(contentsOf: text.utf8)
    }
}

extension Book {
    /// The digest of the state after the last entry.
    ///
    /// Complexity: O(n log n) in records.
    public func stateDigest() -> Digest {
        var digest = StateDigest()
        noteNetwork(&digest)
        notePartners(&digest)
        noteAgreements(&digest)
        noteMoney(&digest)
        noteTransfers(&digest)
        digest.flush(before: "counter/")
        writeCounters(&digest)
        digest.flush(before: "member/")
        writeMembers(&digest)
        return digest.finalize()
    }

    private func writeCounters(_ digest: inout StateDigest) {
        let records = counters.table.records
        var buckets = SlotBuckets()
        for (slot, record) in records.enumerated() where !record.isFree && record.used != 0 {
            let kind = UInt64(UInt32(bitPattern: record.kind))
            let place = kind << 32 | UInt64(UInt32(bitPattern: record.period))
            buckets.append(slot, to: place) {
                let kind = counters.kinds[Int(record.kind)]
                guard kind.end(ofPeriod: record.period) > time else { return nil }
                return "counter/\(kind.name.replacingSpaces)/\(record.period)/"
            }
        }
        buckets.sort { records[$0].token.textPrecedes(records[$1].token) }
        for bucket in buckets.list {
            for slot in bucket.slots {
                let record = records[Int(slot)]
                digest.write(bucket.name + record.token.base64URL, String(record.used))
            }
        }
    }

    private func writeMembers(_ digest: inout StateDigest) {
        let records = members.table.records
        var buckets = SlotBuckets()
        for (slot, record) in records.enumerated() where !record.isFree {
            buckets.append(slot, to: UInt64(record.pair)) {
                let left = registry.name(of: Int32(record.pair >> 16))
                return "member/\(left)/\(registry.name(of: Int32(record.pair & 0xffff)))/"
            }
        }
        buckets.sort { records[$0].pseudonym.textPrecedes(records[$1].pseudonym) }
        for bucket in buckets.list {
            for slot in bucket.slots {
                let record = records[Int(slot)]
                let state = record.state == MemberRecord.State.open.rawValue ? "open" : "closed"
                digest.write(bucket.name + record.pseudonym.base64URL, state)
            }
        }
    }
}

/// Slots by what their keys begin with, so that a name is made and compared once and not for each
/// record.
private struct SlotBuckets {
    /// The buckets; after `sort` in the order of their names, which are no beginnings of each
    /// other.
    private(set) var list: [(name: String, slots: [UInt32])] = []
    private var places: [UInt64: Int] = [:]
    private var last: (place: UInt64, bucket: Int)?

    /// Puts a slot into the bucket of a place; a place without a name is left out.
    mutating func append(_ slot: Int, to place: UInt64, name: () -> String?) {
        if last?.place != place { last = (place, bucket(of: place, name)) }
        guard let bucket = last?.bucket, bucket >= 0 else { return }
        list[bucket].slots.append(UInt32(slot))
    }

    /// Sorts the buckets by name, and the slots of each by a test.
    mutating func sort(by precedes: (Int, Int) -> Bool) {
        for bucket in list.indices {
            list[bucket].slots.sort { precedes(Int($0), Int($1)) }
        }
        list.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    private mutating func bucket(of place: UInt64, _ name: () -> String?) -> Int {
        if let known = places[place] { return known }
        var bucket = -1
        if let name = name() {
            bucket = list.count
            list.append((name, []))
        }
        places[place] = bucket
        return bucket
    }
}

extension UInt128 {
    /// Whether the base64url text of one number comes before that of another, bytewise.
    func textPrecedes(_ other: UInt128) -> Bool {
        let difference = self ^ other
        if difference == 0 { return false }
        // Characters hold six bits each from the top; the last one holds two bits, which come first
        // in it.
        let place = difference.leadingZeroBitCount / 6
        let shift = 122 - place * 6
        func value(_ number: UInt128) -> Int {
            Int(truncatingIfNeeded: shift >= 0 ? number >> UInt128(shift) & 63 : number << 4 & 63)
        }
        return Self.alphabet[value(self)] < Self.alphabet[value(other)]
    }

    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8
    )
}

extension String {
    /// The text with a slash for every space.
    var replacingSpaces: String {
        String(decoding: utf8.map { $0 == 0x20 ? 0x2f : $0 }, as: UTF8.self)
    }
}
