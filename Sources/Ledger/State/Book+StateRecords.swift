internal import Money
internal import Signing

/// The records of the small classes (spec/14 §2).
extension Book {
    func noteNetwork(_ digest: inout StateDigest) {
        guard let ledger = registry.ledger else { return }
        let currencies = Text.list(registry.currencies.map(\.code))
        digest.note(
            "ledger",
            "\(ledger.base64URL) \(registry.origin) \(registry.rules) \(registry.operatorThreshold) "
                + "\(registry.transferWindow) \(registry.otherWindow) \(currencies) \(registry.publicEntries)"
        )
        if let change = registry.rulesChange {
            digest.note("rules", "\(change.rules) \(change.from)")
        }
        for official in registry.officials {
            let role = official.role == .auditor ? "auditor" : "operator"
            digest.note(
                "official/\(official.name)",
                "\(role) \(official.isActive ? "active" : "removed")"
            )
        }
        for key in registry.keyRecords {
            digest.note(
                "key/\(key.key.thumbprint.base64URL)",
                "\(key.owner) \(key.use.rawValue) \(key.addedAt) \(Text.optional(key.holdsFrom)) "
                    + "\(Text.optional(key.revokedAt)) \(Text.optional(key.holdsUntil))"
            )
        }
        for key in registry.logKeys {
            digest.note("logkey/\(key.vkey)", "\(key.addedAt) \(Text.optional(key.revokedAt))")
        }
        for name in registry.calendars.sortedNames {
            guard let calendar = registry.calendars[name] else { continue }
            let days = Text.list(calendar.businessDays.map(\.description))
            digest.note(
                "calendar/\(name)",
                "\(Text.list(calendar.cutoffs.map(\.description))) \(days)"
            )
        }
        if let policy = registry.policy {
            let fee = policy.fee.map { "\($0.currency) \(Text.rate($0.perItem))" } ?? "- -"
            digest.note("policy", "\(fee) \(policy.minimumPayment) \(policy.carryMaxDays)")
        }
    }

    func notePartners(_ digest: inout StateDigest) {
        for partner in registry.partners {
            digest.note(
                "partner/\(partner.name)",
                "\(partner.state.rawValue) \(partner.region ?? "-") \(partner.invitedKey.base64URL)"
            )
            for (number, account) in partner.accounts.enumerated() {
                digest.note(
                    "account/\(partner.name)/\(account.currency)/\(number)",
                    "\(account.commitment.base64URL) \(account.holdsFrom)"
                )
            }
        }
        for id in registry.programs.sortedNames {
            guard let program = registry.programs[id] else { continue }
            digest.note("program/\(id)", "\(program.scale) \(program.status.rawValue)")
            for (number, rate) in (registry.rates[id] ?? []).enumerated() {
                digest.note(
                    "rate/\(id)/\(number)",
                    "\(rate.currency) \(Text.rate(rate.bid)) \(Text.rate(rate.ask)) \(rate.validFrom) \(rate.validTo)"
                )
            }
        }
        for act in registry.pending {
            digest.note("pending/\(act.entry)", "\(act.signer) \(act.lapses)")
        }
        for proposal in registry.memberProposals {
            digest.note(
                "memberproposal/\(proposal.digest.base64URL)",
                "\(proposal.proposer) \(proposal.with) \(proposal.members.count) \(proposal.lapses)"
            )
        }
    }

    func noteAgreements(_ digest: inout StateDigest) {
        for (place, version) in registry.agreements.enumerated() {
            let hash = version.hash.base64URL
            digest.note(
                "agreement/\(hash)",
                "\(version.proposedAt) \(Text.list(version.signed)) \(Text.optional(version.boundAt)) "
                    + "\(Text.optional(version.supersededFrom)) \(Text.optional(version.terminatedFrom))"
            )
            let total = totals[place]
            guard total != Totals(funded: total.funded.map { _ in 0 }) else { continue }
            let numbers = [
                total.items, total.debit, total.credit, total.bonus, total.heldItems,
                total.heldDebit,
                total.heldCredit, total.heldBonus,
            ]
            let funded = Text.list(total.funded.map { "\($0)" })
            digest.note(
                "total/\(hash)",
                numbers.map { "\($0)" }.joined(separator: " ") + " \(funded) \(total.reversedItems)"
            )
        }
    }

    func noteMoney(_ digest: inout StateDigest) {
        for exposure in exposures.list where exposure.posted != 0 || exposure.held != 0 {
            let debtor = registry.name(of: exposure.debtor)
            let creditor = registry.name(of: exposure.creditor)
            let posted = Text.quotient(exposure.posted, exposure.denominator)
            digest.note(
                "exposure/\(debtor)/\(creditor)/\(exposure.currency)",
                "\(posted) \(Text.quotient(exposure.held, exposure.denominator))"
            )
        }
        for name in registry.limits.sortedNames {
            guard let limit = registry.limits[name] else { continue }
            let value = "\(Text.optional(limit.netDebitCap)) \(Text.optional(limit.coverPercent))"
            digest.note("limit/\(name.replacingSpaces)", value)
        }
        for name in registry.covers.sortedNames {
            guard let cover = registry.covers[name], cover != 0 else { continue }
            digest.note("cover/\(name.replacingSpaces)", "\(cover)")
        }
    }

    func noteTransfers(_ digest: inout StateDigest) {
        for group in holds.sorted {
            for item in group.items {
                digest.note(
                    "hold/\(group.entry)/\(item.item)",
                    "\(group.expiry) \(Text.outcome(item.outcome))"
                )
            }
        }
        for key in postings.keys.sorted() {
            guard let posting = postings[key], posting.until >= time else { continue }
            digest.note(
                "posting/\(key.entry)/\(key.item)",
                "\(posting.until) \(Text.outcome(posting.outcome))"
            )
        }
    }
}

/// The texts of values in state records (spec/14 §1).
enum Text {
    static func optional(_ value: (some CustomStringConvertible)?) -> String {
        value.map(\.description) ?? "-"
    }

    static func list(_ values: [String]) -> String {
        values.isEmpty ? "-" : values.joined(separator: ",")
    }

    static func rate(_ rate: Rate) -> String {
        "\(rate.numerator)/\(rate.denominator)"
    }

    static func quotient(_ numerator: Int128, _ denominator: Int64) -> String {
        let divisor = Int128.greatestCommonDivisor(numerator, Int128(denominator))
        return "\(numerator / divisor)/\(Int128(denominator) / divisor)"
    }

    static func outcome(_ outcome: Outcome) -> String {
        "\(outcome.amount) \(outcome.debit) \(outcome.credit) \(outcome.bonus)"
    }
}

extension Dictionary where Key == String {
    /// The keys in bytewise order, so that what is made of them is the same in every process.
    var sortedNames: [String] {
        keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
}
