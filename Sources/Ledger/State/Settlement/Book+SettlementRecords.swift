internal import Money
internal import Settlement
internal import Signing

/// The records of accounts, trails, windows, sheets and debts (spec/20 §12).
extension Book {
    func noteNights(_ digest: inout StateDigest) {
        if let policy = registry.policy {
            let fixing = policy.fixing.map { "\($0.numeraire) \($0.source) \($0.days)" } ?? "- - -"
            digest.note("policy/settlement", "\((policy.plan ?? .account).rawValue) \(fixing)")
        }
        for account in nights.accounts.list where account.numerator != 0 {
            let hash = registry.agreements[Int(account.agreement)].hash.base64URL
            let parties =
                "\(registry.name(of: account.debtor))/\(registry.name(of: account.creditor))"
            digest.note(
                "posted/\(hash)/\(account.purpose.rawValue)/\(parties)/\(account.currency)",
                Text.quotient(account.numerator, account.denominator)
            )
        }
        for (place, trail) in nights.trails.list.enumerated() where trail.entries > 0 {
            let hash = registry.agreements[place].hash.base64URL
            digest.note("trail/\(hash)", "\(trail.entries) \(trail.hash.base64URL)")
        }
        for calendar in nights.calendars.sortedNames {
            guard let known = nights.calendars[calendar] else { continue }
            for window in known.windows { note(window, &digest) }
            for debt in known.joining {
                note(debt, "\(calendar)/\(known.lastNumber + 1)", &digest)
            }
        }
    }

    private func note(_ window: Window, _ digest: inout StateDigest) {
        let name = "\(window.calendar)/\(window.number)"
        digest.note(
            "window/\(name)",
            "\(window.start) \(window.end) \(window.cutoff) \(window.seed.base64URL) "
                + window.state.rawValue
        )
        for (kind, sheets) in [("provisional", window.provisional), ("final", window.final)] {
            for sheet in sheets {
                let quotes = sheet.quotes.map { "\($0.currency)=\(Text.rate($0.rate))" }
                digest.note(
                    "sheet/\(name)/\(kind)/\(sheet.source)",
                    "\(sheet.date) \(sheet.file.base64URL) \(sheet.base) \(Text.list(quotes))"
                )
            }
        }
        for debt in window.debts { note(debt, name, &digest) }
    }

    private func note(_ debt: WindowDebt, _ window: String, _ digest: inout StateDigest) {
        let hash = registry.agreements[Int(debt.agreement)].hash.base64URL
        let parties = "\(registry.name(of: debt.debtor))/\(registry.name(of: debt.creditor))"
        digest.note(
            "debt/\(window)/\(hash)/\(debt.purpose.rawValue)/\(parties)/\(debt.currency)/\(debt.window)",
            "\(debt.exact) \(debt.entries) \(debt.trail.base64URL) \(debt.status.rawValue)"
        )
    }
}
