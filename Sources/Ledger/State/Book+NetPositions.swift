public import Money

/// What a partner owes net in a currency over all its counterparties, and what it may owe.
public struct NetPositionLine: Sendable, Hashable {
    /// The slug of the partner.
    public let partner: String
    /// The currency of all amounts.
    public let currency: Currency
    /// Minor units that it owes less those that it is owed, each pair rounded for itself
    /// (spec/12 §4).
    public let netDebit: Int128
    /// The cap that the operator set, in minor units, or nil.
    public let netDebitCap: Int64?
}

extension Book {
    /// The net positions of all partners, in the order in which they came up.
    public var netPositions: [NetPositionLine] {
        exposures.nets.compactMap { net in
            guard net.partner != Registry.operatorPlace else { return nil }
            let name = registry.name(of: net.partner)
            let limit = registry.limits[Registry.moneyKey(name, net.currency)]
            return NetPositionLine(
                partner: name,
                currency: net.currency,
                netDebit: net.netDebit,
                netDebitCap: limit?.netDebitCap
            )
        }
    }
}
