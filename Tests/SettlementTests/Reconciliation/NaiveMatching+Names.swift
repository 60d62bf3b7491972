import Settlement

extension NaiveMatching {
    /// P1.
    mutating func matchNames() {
        let names = Set(
            ledger.filter { $0.transfer != 0 && $0.item != BookRow.noItem }
                .map { [$0.transfer, UInt128($0.item)] }
        )
        for name in names {
            func isNamed(_ entry: Entry) -> Bool {
                entry.transfer == name[0] && UInt128(entry.item) == name[1]
            }
            let right = partner.indices.filter { isNamed(partner[$0]) }
            if right.isEmpty { continue }
            matchItem(ledger.indices.filter { isNamed(ledger[$0]) }, right)
        }
        let lacksItem = (ledger + partner).contains {
            $0.transfer != 0 && $0.item == BookRow.noItem
        }
        if lacksItem { matchTransfers() }
    }

    /// How well rows of one item fit: fields that agree, the weightiest first.
    private func fit(_ left: Int, _ right: Int) -> [Int]? {
        let (one, other) = (ledger[left], partner[right])
        let agree = [
            one.unit == other.unit, one.units == other.units, abs(one.units) == abs(other.units),
            one.units.signum() == other.units.signum(), one.event == other.event,
        ]
        let isSame = agree[4] ? agree[0] || agree[2] || agree[3] : agree[0] && agree[1]
        guard isSame else { return nil }
        return agree.map { $0 ? 1 : 0 } + [NaivePair(one, other).agreeing]
    }

    private mutating func matchItem(_ left: [Int], _ right: [Int]) {
        var isDone = false
        var made: [(Int, Int)] = []
        while !isDone {
            isDone = true
            let lefts = left.filter { ledgerState[$0] == .open }
            let rights = right.filter { partnerState[$0] == .open }
            var best: [(Int, Int)] = []
            for one in lefts {
                for other in rights {
                    guard let fit = fit(one, other) else { continue }
                    let rivals =
                        rights.filter { !Self.areCopies(partner[$0], partner[other]) }
                        .compactMap { self.fit(one, $0) }
                        + lefts.filter { !Self.areCopies(ledger[$0], ledger[one]) }
                        .compactMap { self.fit($0, other) }
                    if rivals.allSatisfy({ $0.lexicographicallyPrecedes(fit) }) {
                        best.append((one, other))
                    }
                }
            }
            for (one, other) in best
            where ledgerState[one] == .open && partnerState[other] == .open {
                match("P1", [one], [other])
                made.append((one, other))
                isDone = false
            }
        }
        closeItem(left, right, made)
    }

    private mutating func closeItem(_ left: [Int], _ right: [Int], _ made: [(Int, Int)]) {
        let lefts = left.filter { ledgerState[$0] == .open }
        let rights = right.filter { partnerState[$0] == .open }
        let tiedLeft = lefts.filter { one in rights.contains { fit(one, $0) != nil } }
        let tiedRight = rights.filter { other in lefts.contains { fit($0, other) != nil } }
        if !tiedLeft.isEmpty { ties.append((tiedLeft, tiedRight)) }
        for row in rights where !tiedRight.contains(row) {
            if partner[row].event == .reversal {
                if let copy = made.first(where: { Self.areCopies(partner[$0.1], partner[row]) }) {
                    close(row, asDuplicateOf: copy.0)
                }
                continue
            }
            var best: (fit: [Int], row: Int)?
            for one in left where ledgerState[one] == .matched {
                guard let fit = fit(one, row) else { continue }
                if best == nil || best?.fit.lexicographicallyPrecedes(fit) == true {
                    best = (fit, one)
                }
            }
            if let best { close(row, asDuplicateOf: best.row) }
        }
    }

    /// Rows that name a transfer and no item.
    private mutating func matchTransfers() {
        let levels: [(Entry) -> String?] = [
            {
                $0.member == 0
                    ? nil : "\($0.transfer) \($0.event) \($0.unit) \($0.units) \($0.member)"
            },
            { "\($0.transfer) \($0.event) \($0.unit) \($0.units)" },
            { "\($0.transfer) \($0.unit) \($0.units)" },
            { "\($0.transfer) \($0.event) \($0.unit)" },
            { "\($0.transfer) \($0.event)" },
        ]
        for key in levels {
            let left = ledger.indices.filter {
                ledgerState[$0] == .open && ledger[$0].transfer != 0
            }
            let right = partner.indices.filter {
                partnerState[$0] == .open && partner[$0].transfer != 0
            }
            for name in Set(left.compactMap { key(ledger[$0]) }) {
                let lefts = left.filter { key(ledger[$0]) == name }
                let rights = right.filter { key(partner[$0]) == name }
                guard !rights.isEmpty,
                    lefts.allSatisfy({ Self.areCopies(ledger[$0], ledger[lefts[0]]) }),
                    rights.allSatisfy({ Self.areCopies(partner[$0], partner[rights[0]]) }),
                    ledger[lefts[0]].item == BookRow.noItem
                        || partner[rights[0]].item == BookRow.noItem,
                    fit(lefts[0], rights[0]) != nil
                else { continue }
                matchCopies("P1", lefts, rights)
            }
        }
        closeTransfers(levels[3])
    }

    private mutating func closeTransfers(_ key: (Entry) -> String?) {
        let right = partner.indices.filter {
            partnerState[$0] == .open && partner[$0].transfer != 0
                && partner[$0].item == BookRow.noItem
        }
        for name in Set(right.compactMap { key(partner[$0]) }) {
            let rights = right.filter { key(partner[$0]) == name }
            let lefts = ledger.indices.filter {
                ledger[$0].transfer != 0 && key(ledger[$0]) == name
            }
            let open = lefts.filter { ledgerState[$0] == .open }
            if !open.isEmpty {
                ties.append((open, rights))
            } else if !lefts.isEmpty {
                for row in rights where partner[row].event == .posting {
                    close(row, asDuplicateOf: lefts[0])
                }
            }
        }
    }
}
