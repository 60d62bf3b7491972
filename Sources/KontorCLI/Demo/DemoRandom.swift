/// Numbers that look random and follow from a seed alone (SplitMix64, by its published constants).
struct DemoRandom: RandomNumberGenerator, Sendable {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
        return mixed ^ mixed >> 31
    }

    /// A number from 0 to below a bound.
    ///
    /// The bias of the remainder is far below what a demonstration shows.
    mutating func below(_ bound: Int) -> Int {
        Int(next() % UInt64(max(1, bound)))
    }

    /// A number of a range.
    mutating func number(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + below(range.count)
    }

    /// Whether something happens that happens so many times in a thousand.
    mutating func permille(_ share: Int) -> Bool {
        below(1_000) < share
    }

    /// An element of a list that is not empty, or nil.
    mutating func element<Element>(of list: [Element]) -> Element? {
        list.isEmpty ? nil : list[below(list.count)]
    }

    /// 128 bits.
    mutating func identifier() -> UInt128 {
        UInt128(next()) << 64 | UInt128(next())
    }
}
