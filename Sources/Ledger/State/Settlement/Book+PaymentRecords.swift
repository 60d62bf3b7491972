internal import Money
internal import Settlement
internal import Signing

/// State records of settlements, legs, carries and claims (spec/20 §12).
extension Book {
    func noteSettlements(_ digest: inout StateDigest) {
        for record in nights.settlements.records {
            let objections = record.objections.map {
                "\($0.partner):\($0.agreement):\($0.amount)"
            }
            digest.note(
                "settlement/\(record.id)",
                "\(record.state.rawValue) \(record.revision) \(record.result.figures.root) "
                    + "\(optional(record.objectionsEnd)) \(optional(record.deadline)) "
                    + "\(list(record.confirmed)) \(list(objections))"
            )
            for leg in record.legs where leg.amount != 0 || leg.paid != 0 {
                digest.note(
                    "leg/\(record.id)/\(leg.payer)/\(leg.payee)",
                    "\(leg.amount) \(leg.paid) \(leg.isAcknowledged)"
                )
            }
        }
        for carry in nights.settlements.carries {
            digest.note(
                "carry/\(carry.calendar)/\(carry.model.rawValue)/\(carry.currency)/"
                    + carry.key.text,
                "\(carry.amount) \(carry.since)"
            )
        }
        for claim in nights.settlements.claims {
            let shares = claim.shares.map { "\($0.claimant):\($0.amount):\($0.recovered)" }
            digest.note(
                "claim/\(claim.entry)",
                "\(claim.settlement) \(claim.debtor) \(claim.uncovered) \(claim.recovered) "
                    + list(shares)
            )
        }
    }

    private func optional(_ time: Timestamp?) -> String {
        time?.description ?? "-"
    }

    private func list(_ values: [String]) -> String {
        values.isEmpty ? "-" : values.joined(separator: ",")
    }
}
