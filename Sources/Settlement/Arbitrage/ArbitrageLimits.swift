/// Bounds of the arbitrage check, each named once (spec/23 §3).
public enum ArbitrageLimits {
    /// Most conversions of a cycle that is listed for its own sake.
    public static let shortCycle = 5
    /// Up to so many programmes losing cycles are listed too, not only those of 1 and more.
    public static let smallGraph = 200
    /// Most steps of the walk for short cycles.
    public static let walkSteps = 4_000_000
    /// Most cycles that a report lists.
    public static let listedCycles = 1_000
    /// Most conversions of a detour.
    public static let detourHops = 3
    /// Most programmes and currencies.
    public static let nodes = 100_000
    /// Most places that the search for the value of one edge looks at.
    static let searchPlaces = 4_096
    /// Most residues that are tried for a lossless amount.
    static let residues = 64
    /// Most multiplications of limbs when a near tie is decided exactly.
    static let exactWork = 200_000_000
    /// Most starting amounts that a lap is tried with.
    static let laps = 20_000
}
