internal import Money

/// What one partner owes another in one currency, as an exact quotient (spec/12 §1).
struct Exposure: Sendable, Codable {
    let debtor: Int32
    let creditor: Int32
    let currency: Currency
    /// The least common multiple of all price denominators bound between the two.
    var denominator: Int64
    /// Numerator of what is posted.
    var posted: Int128
    /// Numerator of what holds reserve.
    var held: Int128

    /// What is posted or reserved, in minor units, rounded up.
    var ceiling: Int128 { (posted + held).divided(by: Int128(denominator), rounding: .ceiling) }
    /// What is posted, in minor units, rounded down.
    var postedFloor: Int128 { posted.divided(by: Int128(denominator), rounding: .floor) }
}

/// A change of one exposure by an item: units times a price, brought to the exposure's denominator.
struct Charge: Sendable, Hashable {
    var exposure: Int32
    /// The account that it adds to when it is posted (spec/20 §3).
    var account: Int32
    var numerator: Int128
}

/// A partner's place in a currency over all counterparties: whole minor units, each pair rounded
/// for itself.
struct NetPosition: Sendable, Codable {
    let partner: Int32
    let currency: Currency
    /// Sum of what it owes, posted and reserved, each pair rounded up.
    var owes: Int128 = 0
    /// Sum of what is owed to it, posted only, each pair rounded down.
    var owed: Int128 = 0

    /// What it owes net.
    var netDebit: Int128 { owes - owed }
}

/// All exposures, with the journal that takes back what a refused entry changed.
struct Exposures: Sendable {
    private(set) var list: [Exposure] = []
    private(set) var nets: [NetPosition] = []
    private var places: [Key: Int32] = [:]
    private var netPlaces: [NetKey: Int32] = [:]
    /// For each exposure what follows from it, so that nothing is looked up or divided twice.
    private var derived: [Derived] = []
    private var journal: [(place: Int32, posted: Int128, held: Int128)] = []

    private struct Key: Hashable, Sendable {
        let debtor: Int32
        let creditor: Int32
        let currency: Currency
    }

    private struct Derived: Sendable {
        let debtorNet: Int32
        let creditorNet: Int32
        var ceiling: Int128 = 0
        var postedFloor: Int128 = 0
    }

    private struct NetKey: Hashable, Sendable {
        let partner: Int32
        let currency: Currency
    }

    /// The place of an exposure, which is made at zero if it is new.
    mutating func place(debtor: Int32, creditor: Int32, currency: Currency) -> Int32 {
        let key = Key(debtor: debtor, creditor: creditor, currency: currency)
        if let place = places[key] { return place }
        let place = Int32(list.count)
        list.append(
            Exposure(
                debtor: debtor,
                creditor: creditor,
                currency: currency,
                denominator: 1,
                posted: 0,
                held: 0
            )
        )
        places[key] = place
        derived.append(
            Derived(
                debtorNet: netPlace(debtor, currency),
                creditorNet: netPlace(creditor, currency)
            )
        )
        return place
    }

    /// The place of an exposure, or nil if nothing was ever priced between the two.
    func existing(debtor: Int32, creditor: Int32, currency: Currency) -> Int32? {
        places[Key(debtor: debtor, creditor: creditor, currency: currency)]
    }

    /// A partner's net position in a currency.
    func net(of partner: Int32, currency: Currency) -> NetPosition {
        let place = netPlaces[NetKey(partner: partner, currency: currency)]
        return place.map { nets[Int($0)] } ?? NetPosition(partner: partner, currency: currency)
    }

    /// The place of a partner's net position in a currency, or nil if nothing was ever priced for
    /// it.
    func existingNet(of partner: Int32, currency: Currency) -> Int32? {
        netPlaces[NetKey(partner: partner, currency: currency)]
    }

    /// What an exposure is, posted or reserved, in minor units, rounded up, without a division.
    func ceiling(of place: Int32) -> Int128 { derived[Int(place)].ceiling }

    /// What an exposure is, posted only, in minor units, rounded down, without a division.
    func postedFloor(of place: Int32) -> Int128 { derived[Int(place)].postedFloor }

    /// Brings an exposure to a multiple of its denominator, without changing its value.
    mutating func rescale(_ place: Int32, to denominator: Int64) {
        let factor = Int128(denominator / list[Int(place)].denominator)
        list[Int(place)].denominator = denominator
        list[Int(place)].posted *= factor
        list[Int(place)].held *= factor
    }

    /// The numerator, at an exposure's denominator, of units times a price.
    func numerator(_ place: Int32, units: Int64, price: Rate) -> Int128 {
        let factor = list[Int(place)].denominator / price.denominator
        return Int128(units) * Int128(price.numerator) * Int128(factor)
    }

    /// Adds to what is posted and to what is reserved.
    mutating func add(_ place: Int32, posted: Int128 = 0, held: Int128 = 0) {
        let before = list[Int(place)]
        journal.append((place, before.posted, before.held))
        set(place, posted: before.posted + posted, held: before.held + held)
    }

    /// Keeps what was added since the last keep.
    mutating func keep() {
        journal.removeAll(keepingCapacity: true)
    }

    /// Takes back what was added since the last keep.
    mutating func rollBack() {
        for change in journal.reversed() {
            set(change.place, posted: change.posted, held: change.held)
        }
        journal.removeAll(keepingCapacity: true)
    }

    /// Restores exposures from a projection.
    mutating func restore(_ exposures: [Exposure]) {
        self = Exposures()
        for exposure in exposures {
            let place = place(
                debtor: exposure.debtor,
                creditor: exposure.creditor,
                currency: exposure.currency
            )
            list[Int(place)].denominator = exposure.denominator
            set(place, posted: exposure.posted, held: exposure.held)
        }
    }

    private mutating func set(_ place: Int32, posted: Int128, held: Int128) {
        list[Int(place)].posted = posted
        list[Int(place)].held = held
        let ceiling = list[Int(place)].ceiling
        let postedFloor = list[Int(place)].postedFloor
        let before = derived[Int(place)]
        nets[Int(before.debtorNet)].owes += ceiling - before.ceiling
        nets[Int(before.creditorNet)].owed += postedFloor - before.postedFloor
        derived[Int(place)].ceiling = ceiling
        derived[Int(place)].postedFloor = postedFloor
    }

    private mutating func netPlace(_ partner: Int32, _ currency: Currency) -> Int32 {
        let key = NetKey(partner: partner, currency: currency)
        if let place = netPlaces[key] { return place }
        let place = Int32(nets.count)
        nets.append(NetPosition(partner: partner, currency: currency))
        netPlaces[key] = place
        return place
    }
}
