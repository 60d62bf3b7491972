/// When an amount is too small to be paid (S-24).
public struct NettingPolicy: Sendable, Hashable {
    /// The days of S-24 where nothing else is agreed.
    public static let usualCarryDays: Int32 = 90

    /// The least amount that is paid, in minor units; 0 or 1 pays everything.
    public let minimumPayment: Int128
    /// After so many days a carried amount is paid whatever its size.
    public let carryMaxDays: Int32
    /// The cut-off of the window, in milliseconds since 1970-01-01.
    public let cutoff: Int64

    /// A policy; without arguments everything is paid.
    public init(
        minimumPayment: Int128 = 0,
        carryMaxDays: Int32 = usualCarryDays,
        cutoff: Int64 = 0
    ) {
        self.minimumPayment = minimumPayment
        self.carryMaxDays = carryMaxDays
        self.cutoff = cutoff
    }

    /// Whether a balance is paid that has waited since a day, or is new.
    func pays(_ balance: Int128, waitingSince since: Int64?, isClosed: Bool) -> Bool {
        let age = Int128(cutoff) - Int128(since ?? cutoff)
        return isClosed || balance.magnitude >= minimumPayment.magnitude
            || age >= Int128(carryMaxDays) * 86_400_000
    }
}
