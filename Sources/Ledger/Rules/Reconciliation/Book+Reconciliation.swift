internal import Settlement
internal import Signing

/// The kinds of rule set 3 (spec/29).
///
/// Each first guards, then takes effect: a guard that fails has changed nothing.
extension Book {
    mutating func applyReconciliation(
        _ statement: Statement,
        at position: Position
    ) throws(Fault) {
        let signer = statement.signer
        switch statement.body {
        case .reconciliationCertify(let certification):
            try certify(certification, signer: signer, at: position)
        case .disputeOpen(let opening): try openDispute(opening, signer: signer, at: position)
        case .disputeReject(let entry, _): try reject(entry, signer: signer, at: position)
        case .disputeRestate(let entry, let amount, _):
            try restate(entry, amount, signer: signer, at: position)
        case .disputeAccept(let entry): try acceptDispute(entry, signer: signer, at: position)
        case .disputeWithdraw(let entry):
            try withdrawDispute(entry, signer: signer, at: position)
        default: throw Fault(.unknownKind, at: "kind", "this kind has no effect here")
        }
    }

    /// Forgets what belongs to windows that are kept no longer (spec/29 §5).
    mutating func dropReconciliations(of calendar: String) {
        let known = nights.calendars[calendar] ?? Nights.OfCalendar()
        let kept = Set(known.windows.map(\.number))
        reconciliations.drop(of: calendar) { $0 <= known.lastNumber && !kept.contains($0) }
    }
}
