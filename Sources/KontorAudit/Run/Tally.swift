internal import Ledger
internal import Signing

/// The counts of a report, gathered entry by entry.
struct Tally {
    /// The counts of all kinds but `transfers`, which nearly all entries are.
    private var counts: [Kind: UInt64] = [:]
    private var transfersCount: UInt64 = 0
    private(set) var entryCount: UInt64 = 0
    private(set) var transferCount: UInt64 = 0
    private(set) var verified: UInt64 = 0
    private(set) var skipped: UInt64 = 0
    private var times: ClosedRange<Timestamp>?
    private var gap: AuditReport.Gap?

    /// Counts an entry that was applied.
    mutating func add(_ statement: Statement, at index: UInt64, _ time: Timestamp, isVerified: Bool)
    {
        entryCount += 1
        if isVerified { verified += 1 } else { skipped += 1 }
        if case .transfers(let transfers) = statement.body {
            transfersCount += 1
            transferCount += UInt64(transfers.items.count)
        } else {
            counts[statement.kind, default: 0] += 1
        }
        times = (times?.lowerBound ?? time)...time
        let distance = abs(statement.id.timestamp.milliseconds - time.milliseconds)
        if gap.map({ distance > $0.milliseconds }) ?? true {
            gap = AuditReport.Gap(milliseconds: distance, index: index)
        }
    }

    /// Writes the counts into a report.
    func fill(_ report: inout AuditReport) {
        report.entryCount = entryCount
        report.transferCount = transferCount
        report.verifiedSignatureCount = verified
        report.skippedSignatureCount = skipped
        report.times = times
        report.largestGap = gap
        report.kinds = Kind.allCases.compactMap { kind in
            let count = kind == .transfers ? transfersCount : counts[kind] ?? 0
            return count == 0 ? nil : AuditReport.KindCount(kind: kind, count: count)
        }
    }
}
