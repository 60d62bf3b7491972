internal import Signing

/// The kinds of rule set 2, one method a kind (spec/20, spec/24).
///
/// Each first guards, then takes effect: a guard that fails has changed nothing.
extension Book {
    mutating func applySettlement(
        _ statement: Statement,
        at position: Position
    ) throws(Fault) {
        let signer = statement.signer
        switch statement.body {
        case .settlementClose(let close): try closeWindow(close, at: position)
        case .settlementFix(let fix): try fixWindow(fix, at: position)
        case .settlementFinalise(let fix): try finaliseWindow(fix, at: position)
        case .settlementCalculate(let figures): try calculate(figures, at: position)
        case .settlementAdvise(let id): try advise(id, at: position)
        case .settlementConfirm(let id, let leaf):
            try confirm(id, leaf, signer: signer, at: position)
        case .settlementObject(let objection):
            try object(objection, signer: signer, at: position)
        case .settlementWithdraw(let id, let agreement):
            try withdraw(id, agreement, signer: signer, at: position)
        case .fixingAccept(let agreement, let fixing):
            try acceptFixing(agreement, fixing, signer: signer, at: position)
        default: try applyPayment(statement, at: position)
        }
    }

    private mutating func applyPayment(
        _ statement: Statement,
        at position: Position
    ) throws(Fault) {
        switch statement.body {
        case .settlementCollect(let id, let deadline):
            try collect(id, until: deadline, at: position)
        case .settlementPaid(let payment): try pay(payment, at: position)
        case .settlementCommit(let id): try commitSettlement(id, at: position)
        case .settlementAcknowledge(let id, let amount):
            try acknowledge(id, amount, signer: statement.signer, at: position)
        case .settlementAbort(let id, let reason):
            try abort(id, reason, at: position)
        case .claimOpen(let id, let debtor): try openClaim(id, debtor, at: position)
        case .claimRecover(let claim, let amount, _):
            try recover(claim, amount, at: position)
        default: throw Fault(.unknownKind, at: "kind", "this kind has no effect here")
        }
    }
}
