import Settlement

extension NaiveMatching {
    /// All breaks as `type cause rows / rows`, sorted.
    func breaks() -> [String] {
        var breaks: [String] = []
        for match in matches where match.ledger.count == 1 && match.partner.count == 1 {
            let pair = NaivePair(ledger[match.ledger[0]], partner[match.partner[0]])
            for text in pair.breaks(terms) {
                breaks.append("\(text) \(match.ledger) / \(match.partner)")
            }
        }
        for duplicate in duplicates {
            breaks.append(
                "duplicate duplicatePosting [\(duplicate.ledger)] / [\(duplicate.partner)]"
            )
        }
        var left = ledger.indices.filter {
            ledgerState[$0] == .open && ledger[$0].window == .compared
        }
        var right = partner.indices.filter {
            partnerState[$0] == .open && partner[$0].window == .compared
                && partner[$0].status != .void
        }
        for tie in ties {
            let lefts = tie.ledger.filter { left.contains($0) }.sorted()
            let rights = tie.partner.filter { right.contains($0) }.sorted()
            if lefts.isEmpty || rights.isEmpty { continue }
            breaks.append("ambiguous equalRows \(lefts) / \(rights)")
            left.removeAll { lefts.contains($0) }
            right.removeAll { rights.contains($0) }
        }
        let lastDay = partner.compactMap(\.day).max()
        for row in left {
            let text =
                if hasOwnPosting(row, ledger, ledgerState) {
                    "reversedOneSide reversalMissing"
                } else if let day = ledger[row].day, let lastDay, day > lastDay {
                    "missingAtPartner cutOff"
                } else {
                    "missingAtPartner unknown"
                }
            breaks.append("\(text) [\(row)] / []")
        }
        for row in right {
            let isUnknown =
                partner[row].member != 0
                && terms.linkedMembers?.contains(partner[row].member) == false
            let text =
                if hasOwnPosting(row, partner, partnerState) {
                    "reversedOneSide reversalMissing"
                } else if isUnknown {
                    "memberNotLinked memberUnknown"
                } else if let day = partner[row].day, day > terms.cutDay {
                    "missingInLedger cutOff"
                } else {
                    "missingInLedger unknown"
                }
            breaks.append("\(text) [] / [\(row)]")
        }
        return breaks.sorted()
    }

    /// Whether a reversal's own posting was matched.
    private func hasOwnPosting(_ row: Int, _ rows: [Entry], _ states: [State]) -> Bool {
        guard rows[row].event == .reversal else { return false }
        return rows.indices.contains { other in
            guard rows[other].event == .posting, states[other] == .matched,
                rows[other].unit == rows[row].unit
            else { return false }
            if rows[row].transfer != 0 {
                return rows[other].transfer == rows[row].transfer
                    && rows[other].item == rows[row].item
            }
            return rows[other].transfer == 0
                && !Self.references(rows[other]).isDisjoint(with: Self.references(rows[row]))
        }
    }
}
