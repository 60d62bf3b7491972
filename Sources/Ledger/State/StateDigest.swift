public import Signing
internal import Money

/// SHA-256 over the records of a state, sorted by key (spec/14).
///
/// Small records are gathered and sorted; the two tables that grow with members and use are sorted
/// by slot, so that a digest costs a few bytes a record beside the state itself.
struct StateDigest {
    private var builder = DigestBuilder()
    private var buffer: [UInt8] = []
    private(set) var pending: [(key: String, value: String)] = []

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
        makeRoom()
    }

    /// Writes the records of large tables: their keys end with a token, and their values come from
    /// their slots.
    ///
    /// Complexity: O(n log n) in records, with 16 bytes for each of one bucket.
    mutating func write(
        _ buckets: SlotBuckets,
        token: (Int) -> UInt128,
        value: (Int) -> String
    ) {
        for bucket in buckets.inOrder {
            let name = Array(bucket.name.utf8)
            for slot in bucket.slots(orderedBy: token) {
                append(count: name.count + UInt128.base64URLCount)
                buffer.append(contentsOf: name)
                token(slot).appendBase64URL(to: &buffer)
                append(value(slot))
                makeRoom()
            }
        }
    }

    /// The digest of everything written.
    mutating func finalize() -> Digest {
        flush()
        builder.update(buffer)
        return builder.finalize()
    }

    private mutating func append(_ text: String) {
        append(count: text.utf8.count)
        buffer.append(contentsOf: text.utf8)
    }

    private mutating func append(count: Int) {
        let count = UInt32(count).bigEndian
        unsafe withUnsafeBytes(of: count) { unsafe buffer.append(contentsOf: $0) }
    }

    private mutating func makeRoom() {
        guard buffer.count > 1 << 16 else { return }
        builder.update(buffer)
        buffer.removeAll(keepingCapacity: true)
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
        if size > 0, registry.rules(at: size - 1) >= 2 {
            noteNights(&digest)
            noteSettlements(&digest)
            noteFixings(&digest)
        }
        if size > 0, registry.rules(at: size - 1) >= 3 { noteReconciliations(&digest) }
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
        digest.write(buckets, token: { records[$0].token }, value: { String(records[$0].used) })
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
        let open = MemberRecord.State.open.rawValue
        digest.write(
            buckets,
            token: { records[$0].pseudonym },
            value: { records[$0].state == open ? "open" : "closed" }
        )
    }
}

extension String {
    /// The text with a slash for every space.
    var replacingSpaces: String {
        String(decoding: utf8.map { $0 == 0x20 ? 0x2f : $0 }, as: UTF8.self)
    }
}
