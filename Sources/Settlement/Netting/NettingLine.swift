/// One line of a netting: what a participant is owed, owes, is paid, and carries on.
///
/// Amounts are minor units as the participant sees them. In the multilateral model it stands
/// against all others; in the bilateral one against a counterparty whose name comes after its own;
/// in the gross one it is the debtor, the counterparty the creditor, and a debt below 0 a payable
/// below 0.
public struct NettingLine: Sendable, Hashable {
    /// Whose line it is.
    public let participant: String
    /// Against whom; nil in the multilateral model.
    public let counterparty: String?
    /// What it is owed in this window.
    public let receivable: Int128
    /// What it owes in this window.
    public let payable: Int128
    /// What was carried from earlier windows.
    public let carriedIn: Int128
    /// What is settled now: it receives it, or pays when negative.
    public let due: Int128
    /// The cut-off since which what is carried on has waited; nil if nothing is.
    public let waitingSince: Int64?

    /// What this window leaves: receivable less payable.
    public var net: Int128 { receivable - payable }
    /// What is carried to the next window.
    public var carriedOut: Int128 { net + carriedIn - due }
    /// What is carried to the next window, if anything.
    public var carry: Carry? {
        waitingSince.map {
            Carry(
                participant: participant,
                counterparty: counterparty,
                minorUnits: carriedOut,
                since: $0
            )
        }
    }
}
