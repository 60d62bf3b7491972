internal import Signing

/// Slots by what their keys begin with, so that a name is made and compared once and not for each
/// record.
struct SlotBuckets {
    /// Slots whose keys begin with a name, which is no beginning of another one.
    struct Bucket {
        let name: String
        fileprivate(set) var slots: [UInt32] = []

        /// The slots in the order of their tokens' texts.
        ///
        /// Nearly always the first ten characters tell; where they are equal, all are compared.
        ///
        /// Complexity: O(n log n).
        func slots(orderedBy token: (Int) -> UInt128) -> some Sequence<Int> {
            var ranked = slots.map { (rank: token(Int($0)).textRank, slot: $0) }
            ranked.sort { left, right in
                left.rank != right.rank
                    ? left.rank < right.rank
                    : token(Int(left.slot)).textPrecedes(token(Int(right.slot)))
            }
            return ranked.lazy.map { Int($0.slot) }
        }
    }

    private var list: [Bucket] = []
    private var places: [UInt64: Int] = [:]
    private var last: (place: UInt64, bucket: Int)?

    /// The buckets in the order of their names.
    var inOrder: [Bucket] {
        list.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    /// Puts a slot into the bucket of a place; a place without a name is left out.
    mutating func append(_ slot: Int, to place: UInt64, name: () -> String?) {
        if last?.place != place { last = (place, bucket(of: place, name)) }
        guard let bucket = last?.bucket, bucket >= 0 else { return }
        list[bucket].slots.append(UInt32(slot))
    }

    private mutating func bucket(of place: UInt64, _ name: () -> String?) -> Int {
        if let known = places[place] { return known }
        var bucket = -1
        if let name = name() {
            bucket = list.count
            list.append(Bucket(name: name))
        }
        places[place] = bucket
        return bucket
    }
}

extension UInt128 {
    /// The place of the first ten characters of the base64url text among all such, bytewise.
    var textRank: UInt64 {
        let high = UInt64(truncatingIfNeeded: self >> 64)
        var rank: UInt64 = 0
        for place in 0..<10 {
            rank = rank << 6 | UInt64(Self.rank(of: UInt8(high >> UInt64(58 - 6 * place) & 63)))
        }
        return rank
    }

    /// Whether the base64url text of one number comes before that of another, bytewise.
    func textPrecedes(_ other: UInt128) -> Bool {
        let difference = self ^ other
        if difference == 0 { return false }
        // Characters hold six bits each from the top; the last one holds two bits, which come first
        // in it.
        let place = difference.leadingZeroBitCount / 6
        let shift = 122 - place * 6
        func value(_ number: UInt128) -> UInt8 {
            let bits = shift >= 0 ? number >> UInt128(shift) : number << 4
            return UInt8(truncatingIfNeeded: bits) & 63
        }
        return Self.rank(of: value(self)) < Self.rank(of: value(other))
    }

    /// The place of a character among the 64 in ASCII: `-`, digits, capitals, `_`, small letters.
    private static func rank(of value: UInt8) -> UInt8 {
        switch value {
        case 0..<26: value + 11
        case 26..<52: value + 12
        case 52..<62: value - 51
        case 62: 0
        default: 37
        }
    }
}
