internal import Money
internal import Settlement

/// What one agreement makes one participant owe another in one currency for one purpose, in the
/// window that is open (spec/20 §3).
struct DebtAccount: Sendable, Codable {
    /// The place of the agreement among all versions.
    let agreement: Int32
    let purpose: DebtPurpose
    let debtor: Int32
    let creditor: Int32
    let currency: Currency
    /// A divisor of the denominator of the exposure between the two.
    fileprivate(set) var denominator: Int64 = 1
    /// Numerator of what was posted.
    fileprivate(set) var numerator: Int128 = 0
}

/// All accounts, with the journal that takes back what a refused entry changed.
///
/// An account once made keeps its place for ever, so that plans of agreements know it by number.
struct DebtAccounts: Sendable {
    private(set) var list: [DebtAccount] = []
    private var places: [Key: Int32] = [:]
    private var journal: [(place: Int32, denominator: Int64, numerator: Int128)] = []
    /// By the place of the agreement: the account of its last network fee, or −1.
    private var feePlaces: [Int32] = []

    private struct Key: Hashable {
        let agreement: Int32
        let purpose: DebtPurpose
        let debtor: Int32
        let creditor: Int32
        let currency: Currency
    }

    /// The place of an account, which is made at zero if it is new.
    mutating func place(
        _ agreement: Int32,
        _ purpose: DebtPurpose,
        debtor: Int32,
        creditor: Int32,
        currency: Currency
    ) -> Int32 {
        let key = Key(
            agreement: agreement,
            purpose: purpose,
            debtor: debtor,
            creditor: creditor,
            currency: currency
        )
        if let place = places[key] { return place }
        let place = Int32(list.count)
        list.append(
            DebtAccount(
                agreement: agreement,
                purpose: purpose,
                debtor: debtor,
                creditor: creditor,
                currency: currency
            )
        )
        places[key] = place
        return place
    }

    /// The place of the account for an agreement's network fee, mostly without a search.
    mutating func feePlace(_ agreement: Int32, debtor: Int32, currency: Currency) -> Int32 {
        if feePlaces.indices.contains(Int(agreement)) {
            let place = feePlaces[Int(agreement)]
            if place >= 0, list[Int(place)].currency == currency { return place }
        }
        let place = place(
            agreement,
            .networkFee,
            debtor: debtor,
            creditor: Registry.operatorPlace,
            currency: currency
        )
        while feePlaces.count <= Int(agreement) { feePlaces.append(-1) }
        feePlaces[Int(agreement)] = place
        return place
    }

    /// Adds to an account; the denominator is a multiple of all that came before.
    ///
    /// Complexity: O(1).
    mutating func add(_ place: Int32, _ numerator: Int128, over denominator: Int64) {
        let index = Int(place)
        journal.append((place, list[index].denominator, list[index].numerator))
        if list[index].denominator != denominator {
            list[index].numerator *= Int128(denominator / list[index].denominator)
            list[index].denominator = denominator
        }
        list[index].numerator += numerator
    }

    /// Starts accounts anew.
    mutating func reset(where isDue: (DebtAccount) -> Bool) {
        for place in list.indices where list[place].numerator != 0 && isDue(list[place]) {
            list[place].numerator = 0
        }
    }

    /// Keeps what was added since the last keep.
    mutating func keep() {
        journal.removeAll(keepingCapacity: true)
    }

    /// Takes back what was added since the last keep.
    mutating func rollBack() {
        for change in journal.reversed() {
            list[Int(change.place)].denominator = change.denominator
            list[Int(change.place)].numerator = change.numerator
        }
        journal.removeAll(keepingCapacity: true)
    }
}

extension DebtAccounts: Codable {
    /// Reads the list, and finds its places again.
    init(from decoder: any Decoder) throws {
        list = try decoder.singleValueContainer().decode([DebtAccount].self)
        for (place, account) in list.enumerated() {
            let key = Key(
                agreement: account.agreement,
                purpose: account.purpose,
                debtor: account.debtor,
                creditor: account.creditor,
                currency: account.currency
            )
            places[key] = Int32(place)
        }
    }

    /// Writes the list alone.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(list)
    }
}
