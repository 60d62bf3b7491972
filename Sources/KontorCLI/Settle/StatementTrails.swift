internal import Formats
internal import Ledger
internal import Signing

/// The indexes of the entries behind each agreement's trail in a window, as statements list them
/// (spec/25 §1).
struct StatementTrails {
    private struct Key: Hashable {
        let agreement: Digest
        let window: UInt64
    }

    private var certain: [Key: [UInt64]] = [:]
    /// Adjustments of which the window does not tell whether they took effect at once.
    private var open: [Key: [UInt64]] = [:]

    /// Notes an entry, in the order of the log.
    mutating func note(
        _ agreement: Digest,
        _ window: UInt64,
        _ index: UInt64,
        isCertain: Bool = true
    ) {
        let key = Key(agreement: agreement, window: window)
        if !isCertain {
            open[key, default: []].append(index)
        } else if certain[key]?.last != index {
            certain[key, default: []].append(index)
        }
    }

    /// The trails of debts, each once, by agreement and window.
    ///
    /// Throws if the entries do not give the trail that was calculated.
    func list(of debts: [SettlementDebtLine]) throws -> [PartnerStatement.Trail] {
        var trails: [PartnerStatement.Trail] = []
        var seen: Set<Key> = []
        for debt in debts where debt.entries > 0 {
            let key = Key(agreement: debt.agreement, window: debt.window)
            guard seen.insert(key).inserted else { continue }
            trails.append(
                PartnerStatement.Trail(
                    agreement: debt.agreement.base64URL,
                    window: debt.window,
                    entries: try entries(of: key, debt)
                )
            )
        }
        return trails
    }

    private func entries(of key: Key, _ debt: SettlementDebtLine) throws -> [UInt64] {
        let known = certain[key] ?? []
        let open = open[key] ?? []
        guard open.count <= 10 else { throw missing(debt) }
        // Mostly all of them took effect at once, so the full set comes first.
        for mask in (0..<(1 << open.count)).reversed() {
            let chosen = open.indices.filter { mask >> $0 & 1 == 1 }.map { open[$0] }
            let entries = chosen.isEmpty ? known : (known + chosen).sorted()
            guard UInt64(entries.count) == debt.entries else { continue }
            let trail = entries.reduce(Digest.zero) { DigestBuilder.digest($0, $1) }
            if trail == debt.trail { return entries }
        }
        throw missing(debt)
    }

    private func missing(_ debt: SettlementDebtLine) -> CommandError {
        CommandError(
            "the entries of \(debt.agreement.base64URL) in window \(debt.window) do not give its "
                + "trail; audit the ledger"
        )
    }
}
