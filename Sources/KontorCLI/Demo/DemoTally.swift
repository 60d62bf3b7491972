internal import Foundation
internal import KontorEngine
internal import Ledger

/// What became of the submissions of the traffic.
struct DemoTally: Sendable {
    /// Refusals of one code.
    struct Refused: Sendable {
        let code: String
        let precedence: Int
        var transfers = 0
        var submissions = 0
        /// The first one's place and reason.
        let example: String
    }

    var singles = 0
    var batches = 0
    /// Transfers asked for, accepted and refused.
    var requested = 0
    var accepted = 0
    var refusedTransfers = 0
    /// Submissions that were answered as known.
    var known = 0
    /// Accepted transfers that waited for their creditor.
    var held = 0
    /// Items committed, released and given back by their creditors.
    var committed = 0
    var voided = 0
    var wholeReversals = 0
    var partialReversals = 0
    private var byCode: [String: Refused] = [:]

    /// The refusals in the order of precedence of their codes.
    var refused: [Refused] {
        byCode.values.sorted { ($0.precedence, $0.code) < ($1.precedence, $1.code) }
    }

    mutating func note(_ entry: DemoEntry, _ answer: Answer, isHold: Bool) {
        let count = entry.itemCount
        requested += count
        if count > 0 { if count == 1 { singles += 1 } else { batches += 1 } }
        switch answer {
        case .accepted:
            accepted += count
            if isHold { held += count }
            noteAccepted(entry.content)
        case .known: known += 1
        case .refused(let refusal):
            refusedTransfers += count
            note(refusal, count)
        }
    }

    private mutating func noteAccepted(_ content: DemoEntry.Content) {
        switch content {
        case .commit(_, _, let items): committed += items.count
        case .void(_, let numbers): voided += numbers.count
        case .reversal(_, _, let remaining, _):
            if remaining == 0 { wholeReversals += 1 } else { partialReversals += 1 }
        case .transfers, .repeated: break
        }
    }

    private mutating func note(_ refusal: Refusal, _ count: Int) {
        let fault = refusal.first
        let place = fault.place.isEmpty ? "" : fault.place + ": "
        // Reasons of a format begin with its name and the finer code, which stand in the code
        // already.
        let reason = fault.detail.flatMap { detail in
            fault.reason.range(of: "\(detail): ").map { String(fault.reason[$0.upperBound...]) }
        }
        let new = Refused(
            code: fault.code,
            precedence: fault.rejection.precedence,
            example: place + (reason ?? fault.reason)
        )
        byCode[fault.code, default: new].transfers += count
        byCode[fault.code, default: new].submissions += 1
    }
}
