import Settlement

/// The waterfall of S-30 by names and tables, every share computed anew until nothing changes.
struct NaiveDefaults {
    struct Key: Hashable {
        let creditor: String
        let debtor: String
    }

    private(set) var losses: [Key: Int128] = [:]
    private(set) var uncovered: [String: Int128] = [:]
    private(set) var failed: Set<String>
    private let names: [String]
    private let all: [Key: Int128]
    private var claims: [Key: Int128] = [:]
    private let paid: [String: Int128]
    private let covers: [String: Int128]

    init(
        _ book: ClaimBook,
        failed: [PaymentPlan.Due],
        covers: [PaymentPlan.Due],
        unable: Set<String>
    ) {
        names = book.names
        var all: [Key: Int128] = [:]
        for claim in book.claims {
            all[Key(creditor: claim.creditor, debtor: claim.debtor)] = claim.minorUnits
        }
        self.all = all
        self.covers = covers.reduce(into: [:]) { $0[$1.participant] = $1.minorUnits }
        paid = failed.reduce(into: [:]) { $0[$1.participant] = $1.minorUnits }
        self.failed = []
        for entry in failed where entry.minorUnits < -due(entry.participant) {
            self.failed.insert(entry.participant)
        }
        while true {
            pass()
            let more = unable.filter { !self.failed.contains($0) && recall($0) > 0 }
            if more.isEmpty { return }
            self.failed.formUnion(more)
        }
    }

    private func due(_ name: String) -> Int128 {
        names.reduce(0) {
            $0 + (all[Key(creditor: name, debtor: $1)] ?? 0)
                - (all[Key(creditor: $1, debtor: name)] ?? 0)
        }
    }

    func loss(_ name: String) -> Int128 {
        names.reduce(0) { $0 + (losses[Key(creditor: name, debtor: $1)] ?? 0) }
    }

    private func recall(_ name: String) -> Int128 {
        max(0, loss(name) - due(name)) - max(0, -due(name))
    }

    private mutating func pass() {
        claims = all
        while let circle = circle() {
            let keys = circle.indices.map {
                Key(creditor: circle[($0 + 1) % circle.count], debtor: circle[$0])
            }
            let smallest = keys.compactMap { claims[$0] }.min() ?? 0
            for key in keys { claims[key, default: 0] -= smallest }
        }
        losses = [:]
        uncovered = [:]
        var before: [Key: Int128]
        repeat {
            before = losses
            losses = [:]
            for name in failed { share(name, before) }
        } while losses != before
    }

    private mutating func share(_ name: String, _ known: [Key: Int128]) {
        let borne = names.reduce(0) { $0 + (known[Key(creditor: name, debtor: $1)] ?? 0) }
        let shortfall = max(0, borne - due(name) - (paid[name] ?? max(0, -due(name))))
        let rest = max(0, shortfall - (covers[name] ?? 0))
        uncovered[name] = rest
        let creditors = names.filter { claims[Key(creditor: $0, debtor: name)] ?? 0 > 0 }
        let weights = creditors.map { claims[Key(creditor: $0, debtor: name)] ?? 0 }
        let sum = weights.reduce(0, +)
        guard sum > 0, rest > 0 else { return }
        var shares = weights.map { rest * $0 / sum }
        let order = weights.indices.sorted {
            let (one, other) = (rest * weights[$0] % sum, rest * weights[$1] % sum)
            return one != other ? one > other : $0 < $1
        }
        for place in order.prefix(Int(rest - shares.reduce(0, +))) { shares[place] += 1 }
        for (creditor, share) in zip(creditors, shares) where share > 0 {
            losses[Key(creditor: creditor, debtor: name)] = share
        }
    }

    private func circle() -> [String]? {
        var left = names.filter { failed.contains($0) }
        func creditors(_ name: String) -> [String] {
            left.filter { claims[Key(creditor: $0, debtor: name)] ?? 0 > 0 }
        }
        while let free = left.first(where: { creditors($0).isEmpty }) {
            left.removeAll { $0 == free }
        }
        guard var name = left.first else { return nil }
        var path: [String] = []
        while !path.contains(name) {
            path.append(name)
            name = creditors(name)[0]
        }
        return Array(path.drop { $0 != name })
    }
}
