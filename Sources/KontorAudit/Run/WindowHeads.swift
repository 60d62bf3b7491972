internal import Ledger
internal import Signing

/// The roots that the log's tree had where windows ended, to which `settlement.calculate` is held
/// (spec/25 §4).
///
/// Roots are kept as long as the book keeps windows, so their number is bounded.
struct WindowHeads {
    private var roots: [(size: UInt64, root: Digest)] = []

    /// Notes or compares, after an entry was applied and before the tree takes it.
    ///
    /// The root is that of the entries before it, since a window ends before the entry at which its
    /// close takes effect. Complexity: O(1) for all kinds but acts of operators.
    mutating func check(
        _ statement: Statement,
        at index: UInt64,
        in book: Book,
        root: () -> Digest
    ) throws(AuditFault) {
        switch statement.body {
        case .settlementCalculate(let figures): try compare(figures, at: index)
        case .transfers, .transfersCommit, .transfersReverse: return
        default: note(index, in: book, root)
        }
    }

    private mutating func note(_ index: UInt64, in book: Book, _ root: () -> Digest) {
        var kept: [UInt64] = []
        for calendar in book.calendarNames {
            guard let last = book.windows(of: calendar).last, last.end == index else { continue }
            // A close: windows that are no longer kept are settled and over.
            for name in book.calendarNames { kept += book.windows(of: name).map(\.end) }
            break
        }
        guard !kept.isEmpty else { return }
        roots.removeAll { !kept.contains($0.size) }
        roots.append((index, root()))
    }

    private func compare(
        _ figures: SettlementCalculate,
        at index: UInt64
    ) throws(AuditFault) {
        let known = roots.first { $0.size == figures.size }?.root
        guard known != figures.head else { return }
        let due = known.map { "the root of the log at size \(figures.size) is \($0.base64URL)" }
        throw AuditFault(
            .headMismatch,
            index: index,
            at: "head",
            due ?? "no kept window ends at \(figures.size)"
        )
    }
}
