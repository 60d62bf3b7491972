internal import Money
internal import Settlement
internal import Signing

/// The statement of one participant as bytes: a leaf of the settlement's tree (spec/20 §9).
///
/// Lines end with one line feed, fields are parted by one space. A salt of the window's seed
/// keeps others from guessing it; each participant's salt is its own.
struct StatementLeaf {
    let id: SettlementID
    let revision: Int64
    let window: Window
    let result: SettlementResult
    /// In the order of spec/20 §6.
    let debts: [CalculatedDebt]
    /// The name of a participant's place.
    let name: (Int32) -> String

    /// The leaf of each participant, in their order.
    ///
    /// Complexity: O(debts + legs + carries).
    func all() -> [[UInt8]] {
        var lines: [String: [String]] = [:]
        for debt in debts {
            let text = text(of: debt)
            lines[name(debt.debt.debtor), default: []].append(text)
            lines[name(debt.debt.creditor), default: []].append(text)
        }
        for carry in result.carries {
            let text = text(of: carry)
            lines[carry.key.first, default: []].append(text)
            if let second = carry.key.second { lines[second, default: []].append(text) }
        }
        for leg in result.legs {
            let text = "pay \(leg.payer) \(leg.payee) \(leg.amount)"
            lines[leg.payer, default: []].append(text)
            lines[leg.payee, default: []].append(text)
        }
        return result.participants.map { leaf(of: $0, lines[$0.name] ?? []) }
    }

    private func leaf(of participant: SettlementParticipant, _ lines: [String]) -> [UInt8] {
        let head = [
            "kontor/v1/settlement-leaf", "\(id) \(revision)",
            "\(window.start) \(window.end) \(window.cutoff)", participant.name,
            salt(of: participant.name).base64URL,
        ]
        let foot = ["position \(participant.position) \(participant.due)", ""]
        return Array((head + lines + foot).joined(separator: "\n").utf8)
    }

    private func text(of calculated: CalculatedDebt) -> String {
        let debt = calculated.debt
        return "debt \(calculated.agreement) \(debt.purpose.rawValue) \(name(debt.debtor)) "
            + "\(name(debt.creditor)) \(debt.window) \(debt.currency.code) \(debt.exact) "
            + "\(calculated.quote) \(calculated.minorUnits) \(debt.entries) \(debt.trail)"
    }

    private func text(of carry: CarryLine) -> String {
        let key = carry.key.second == nil ? "-" : carry.key.text
        let before = carry.sinceBefore.map(\.description) ?? "-"
        let after = carry.sinceAfter.map(\.description) ?? "-"
        return "carry \(key) \(carry.before) \(before) \(carry.after) \(after)"
    }

    private func salt(of participant: String) -> Digest {
        var bytes = Array("kontor/v1/salt\n".utf8)
        window.seed.append(to: &bytes)
        bytes += Array("\(id)\n\(revision)\n\(participant)".utf8)
        return DigestBuilder.digest(bytes)
    }
}
