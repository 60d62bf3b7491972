/// The payments that settle what is due (S-25).
public struct PaymentPlan: Sendable, Hashable {
    /// How money moves.
    public enum Mode: String, Sendable, Hashable, CaseIterable {
        /// Each participant pays or receives once, through the settlement account; what the float
        /// keeps or gives stays in it.
        case account
        /// From debtor to creditor: the largest debtor to the largest creditor, ties by name, until
        /// nothing is due; at most one payment less than there are parties.
        case direct
        /// From debtor to creditor with as few payments as can be, for at most 20 parties.
        ///
        /// Parties with something due are numbered by name. They are cut into the greatest number
        /// of groups that each sum to 0; n parties in g groups take n − g payments, and no plan
        /// takes less. Of all such cuts the one is taken that comes first: each group is written
        /// as its numbers, rising, the groups in the order of their first numbers, and these lists
        /// are compared number by number. Within a group payments are those of `direct`; groups
        /// follow each other in their order.
        case exact
    }

    /// What a party receives, or pays when negative.
    public struct Due: Sendable, Hashable {
        /// Who.
        public let participant: String
        /// Minor units.
        public let minorUnits: Int128

        /// An amount due.
        public init(participant: String, minorUnits: Int128) {
            self.participant = participant
            self.minorUnits = minorUnits
        }
    }

    /// One payment.
    public struct Payment: Sendable, Hashable {
        /// Who pays.
        public let payer: String
        /// Who is paid.
        public let payee: String
        /// Minor units, above 0.
        public let minorUnits: Int128
    }

    /// The account through which a settlement is paid; not a slug, so no partner has this name.
    public static let settlementAccount = "operator/settlement"
    /// The account that holds the opposite of what is carried; not a slug either.
    public static let floatAccount = "operator/float"

    /// The payments: with an account first those into it, then those out of it, each by name; else
    /// in the order in which they are found.
    public let payments: [Payment]

    /// The sum of all payments that debtors make.
    public var total: Int128 {
        payments.reduce(0) { $1.payer == Self.settlementAccount ? $0 : $0 + $1.minorUnits }
    }

    /// The plan for what is due; the order of the list does not matter.
    ///
    /// Complexity: O(n²) at most, and O(n 2^n) for an exact plan.
    /// - Throws: `duplicateParticipant`, `range`, `sumNotZero`, `tooManyForExactPlan`.
    public init(mode: Mode, dues: [Due]) throws(SettlementError) {
        let sorted = dues.sorted { $0.participant < $1.participant }
        for (one, next) in zip(sorted, sorted.dropFirst())
        where one.participant == next.participant {
            throw .duplicateParticipant(one.participant)
        }
        for due in sorted where due.minorUnits.magnitude >= SettlementLimits.sum.magnitude {
            throw .range(debtor: due.participant, creditor: "all")
        }
        let sum = sorted.reduce(0) { $0 + $1.minorUnits }
        guard sum == 0 else { throw .sumNotZero(sum) }
        let open = sorted.filter { $0.minorUnits != 0 }
        switch mode {
        case .account:
            payments = Self.throughAccount(open.filter { $0.participant != Self.floatAccount })
        case .direct: payments = Self.greedy(open)
        case .exact: payments = try ExactPartition(open).groups.flatMap(Self.greedy)
        }
    }

    /// One payment a line, between its two.
    init(ofPairs lines: [NettingLine]) {
        payments = lines.compactMap { line in
            guard let counterparty = line.counterparty, line.due != 0 else { return nil }
            return Payment(
                payer: line.due < 0 ? line.participant : counterparty,
                payee: line.due < 0 ? counterparty : line.participant,
                minorUnits: Int128(line.due.magnitude)
            )
        }
    }

    private static func throughAccount(_ dues: [Due]) -> [Payment] {
        let collected = dues.filter { $0.minorUnits < 0 }.map {
            Payment(
                payer: $0.participant,
                payee: settlementAccount,
                minorUnits: -$0.minorUnits
            )
        }
        let paid = dues.filter { $0.minorUnits > 0 }.map {
            Payment(payer: settlementAccount, payee: $0.participant, minorUnits: $0.minorUnits)
        }
        return collected + paid
    }
}
