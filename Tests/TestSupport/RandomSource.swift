/// A small generator of numbers that depend on a seed alone: one seed, one run.
public struct RandomSource: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// The generator of a seed.
    public init(seed: UInt64) {
        state = seed &* 0x9e37_79b9_7f4a_7c15 &+ 0x6a09_e667_f3bc_c909
    }

    /// The next 64 bits, by the SplitMix64 recurrence.
    public mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var word = state
        word = (word ^ word >> 30) &* 0xbf58_476d_1ce4_e5b9
        word = (word ^ word >> 27) &* 0x94d0_49bb_1331_11eb
        return word ^ word >> 31
    }

    /// A number of a range.
    public mutating func number(_ range: ClosedRange<Int64>) -> Int64 {
        Int64.random(in: range, using: &self)
    }

    /// Whether an event of so many percent happens.
    public mutating func chance(_ percent: Int64) -> Bool {
        number(0...99) < percent
    }

    /// An element of a list, or nil if it is empty.
    public mutating func pick<Element>(_ list: [Element]) -> Element? {
        list.randomElement(using: &self)
    }
}
