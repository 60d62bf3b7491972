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
        var ranks: [UInt64: String] = [:]
        var slots: [UInt32] = []
        for (slot, record) in counters.table.records.enumerated()
        where !record.isFree && record.used != 0 {
            let kind = counters.kinds[Int(record.kind)]
            guard kind.end(ofPeriod: record.period) > time else { continue }
            slots.append(UInt32(slot))
            let place = Self.place(of: record)
            if ranks[place] == nil {
                ranks[place] = "counter/\(kind.name.replacingSpaces)/\(record.period)/"
            }
        }
        let records = counters.table.records
        slots.sort { left, right in
            let (first, second) = (records[Int(left)], records[Int(right)])
            let (one, two) = (Self.place(of: first), Self.place(of: second))
            if one == two { return first.token.textPrecedes(second.token) }
            return (ranks[one] ?? "").utf8.lexicographicallyPrecedes((ranks[two] ?? "").utf8)
        }
        for slot in slots {
            let record = records[Int(slot)]
            digest.write(
                (ranks[Self.place(of: record)] ?? "") + record.token.base64URL,
                String(record.used)
            )
        }
    }

    private static func place(of counter: Counter) -> UInt64 {
        UInt64(UInt32(bitPattern: counter.kind)) << 32 | UInt64(UInt32(bitPattern: counter.period))
    }

    private func writeMembers(_ digest: inout StateDigest) {
        let records = members.table.records
        var names: [UInt32: String] = [:]
        var slots: [UInt32] = []
        for (slot, record) in records.enumerated() where !record.isFree {
            slots.append(UInt32(slot))
            if names[record.pair] == nil {
                let left = registry.name(of: Int32(record.pair >> 16))
                names[record.pair] =
                    "member/\(left)/\(registry.name(of: Int32(record.pair & 0xffff)))/"
            }
        }
        slots.sort { left, right in
            let (first, second) = (records[Int(left)], records[Int(right)])
            if first.pair == second.pair { return first.pseudonym.textPrecedes(second.pseudonym) }
            return (names[first.pair] ?? "").utf8.lexicographicallyPrecedes(
                (names[second.pair] ?? "").utf8
            )
        }
        for slot in slots {
            let record = records[Int(slot)]
            let state = record.state == MemberRecord.State.open.rawValue ? "open" : "closed"
            digest.write((names[record.pair] ?? "") + record.pseudonym.base64URL, state)
        }
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
