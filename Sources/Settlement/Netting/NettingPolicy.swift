/// When an amount is too small to be paid (S-24).
public struct NettingPolicy: Sendable, Hashable {
    /// The days of S-24 where nothing else is agreed.
    public static let usualCarryDays: Int32 = 90

    /// The least amount that is paid, in minor units; 0 or 1 pays everything.
    public let minimumPayment: Int128
    /// After so many days a carried amount is paid whatever its size.
    public let carryMaxDays: Int32
    /// The day of the settlement, in days since 1970-01-01.
    public let today: Int32

    /// A policy; without arguments everything is paid.
    public init(
        minimumPayment: Int128 = 0,
        carryMaxDays: Int32 = usualCarryDays,
        today: Int32 = 0
    ) {
        self.minimumPayment = minimumPayment
        self.carryMaxDays = carryMaxDays
        self.today = today
    }

    /// Whether a balance is paid that has waited since a day, or is new.
    func pays(_ balance: Int128, waitingSince since: Int32?, isClosed: Bool) -> Bool {
        let age = Int64(today) - Int64(since ?? today)
        return isClosed || balance.magnitude >= minimumPayment.magnitude
            || age >= Int64(carryMaxDays)
    }
}
