/// A seeded source of numbers: the same bytes in every run (Steele, Lea, Flood: SplitMix64).
struct SplitMix {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var value = state
        value = (value ^ value >> 30) &* 0xbf58_476d_1ce4_e5b9
        value = (value ^ value >> 27) &* 0x94d0_49bb_1331_11eb
        return value ^ value >> 31
    }

    /// 128 bits that a name and a number decide.
    static func identifier(_ salt: UInt64, _ number: Int) -> UInt128 {
        var source = SplitMix(seed: salt &* 0xff51_afd7_ed55_8ccd ^ UInt64(number))
        return UInt128(source.next()) << 64 | UInt128(source.next())
    }
}
