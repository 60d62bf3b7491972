public import Settlement
internal import Signing

/// Which files of partners were read before, so that a file that comes again, overlaps another one
/// or leaves one out is noticed (R-04, spec/26 §9).
///
/// A small value that whoever reads files keeps between runs. It holds digests, names, days and
/// balances, and fingerprints of rows; no row can be read from it.
public struct BookHistory: Hashable, Sendable {
    /// A file that was read.
    struct File: Hashable, Sendable {
        var partner: String
        var name: String
        var digest: Digest
        var lineCount: Int
        var days: ClosedRange<Int32>?
        var summaries: [BookSummary]
        /// Nil once too many files came after it.
        var fingerprints: KeptFingerprints?
    }

    /// The files in the order in which they were read.
    var files: [File] = []

    /// No file yet.
    public init() {}

    /// How many files it knows of.
    public var fileCount: Int { files.count }

    /// What is wrong with a book beside the files before it.
    ///
    /// `days` are those that are compared, in days since 1970-01-01: a file without any row of them
    /// is another day's. Complexity: O(rows + files × fingerprints).
    public func faults(of book: PartnerBook, days: ClosedRange<Int32>? = nil) -> [BookFault] {
        if let twin = files.last(where: { $0.digest == book.digest }) {
            let owner = twin.partner == book.partner.text ? "" : " as a file of \(twin.partner)"
            return [
                BookFault(
                    .duplicateFile,
                    file: 0,
                    "the same bytes were read before\(owner), as \(twin.name); give the file of "
                        + "this partner and day"
                )
            ]
        }
        var faults: [BookFault] = []
        let mine = files.filter { $0.partner == book.partner.text }
        var before = mine.flatMap { file in file.summaries.map { (file.name, $0) } }
        for summary in book.summaries {
            faults += Self.faults(of: summary, after: before)
            before.append((book.name, summary))
        }
        faults += Self.overlaps(of: book, with: mine)
        if let days, let own = book.days, !days.overlaps(own) {
            faults.append(
                BookFault(
                    .sequenceGap,
                    file: 0,
                    "its rows are of \(Self.text(own)), and \(Self.text(days)) is compared: the "
                        + "file of that day is missing; give it"
                )
            )
        }
        return faults
    }

    /// Keeps a book that was read; what is too old is forgotten.
    ///
    /// Complexity: O(rows + files).
    public mutating func add(_ book: PartnerBook) {
        files.append(
            File(
                partner: book.partner.text,
                name: book.name,
                digest: book.digest,
                lineCount: book.table.files.first?.rowCount ?? 0,
                days: book.days,
                summaries: book.summaries,
                fingerprints: KeptFingerprints(book.table)
            )
        )
        let mine = files.indices.filter { files[$0].partner == book.partner.text }
        for index in mine.dropLast(BookLimits.fingerprintFileCount) {
            files[index].fingerprints = nil
        }
        if mine.count > BookLimits.historyFileCount { files.remove(at: mine[0]) }
    }

    private static func faults(
        of summary: BookSummary,
        after before: [(name: String, summary: BookSummary)]
    ) -> [BookFault] {
        let same = before.filter { $0.summary.account == summary.account }
        guard let last = same.last else { return [] }
        if !summary.statement.isEmpty,
            let twin = same.last(where: { $0.summary.statement == summary.statement })
        {
            let reason =
                "statement \(summary.statement) was read before, in \(twin.name); give the next "
                + "one, or have it written under its own identifier"
            return [BookFault(.duplicateStatement, file: 0, reason)]
        }
        var faults: [BookFault] = []
        let lastNumber = same.compactMap(\.summary.sequence).last
        if let number = summary.sequence, let lastNumber, number != lastNumber + 1 {
            faults.append(
                BookFault(
                    .sequenceGap,
                    file: 0,
                    "statement \(number) comes after \(lastNumber) of \(last.name); give those "
                        + "between first, in their order"
                )
            )
        }
        for balance in summary.balances {
            guard let opening = balance.opening,
                let closing = same.compactMap({ entry in
                    entry.summary.balances.first { $0.program == balance.program }?.closing
                }).last, closing != opening
            else { continue }
            faults.append(
                BookFault(
                    .balanceGap,
                    file: 0,
                    "\(balance.program): it opens with \(opening) units, and \(last.name) closed "
                        + "with \(closing); a statement between them is missing, or one was changed"
                )
            )
        }
        return faults
    }

    private static func overlaps(of book: PartnerBook, with files: [File]) -> [BookFault] {
        let kept = files.filter { $0.fingerprints != nil }
        guard !kept.isEmpty else { return [] }
        // All of this file against what is kept of the others.
        let all = KeptFingerprints.all(book.table)
        return kept.compactMap { file in
            guard let fingerprints = file.fingerprints else { return nil }
            let count = all.commonCount(fingerprints)
            guard count > 0 else { return nil }
            let least = fingerprints.isComplete ? "" : "at least "
            return BookFault(
                .overlap,
                file: 0,
                "\(least)\(count) of its \(book.table.rows.count) rows were in \(file.name); give "
                    + "each row once"
            )
        }
    }

    private static func text(_ days: ClosedRange<Int32>) -> String {
        let first = CivilDate(days: Int(days.lowerBound)).description
        let last = CivilDate(days: Int(days.upperBound)).description
        return first == last ? first : "\(first) to \(last)"
    }
}
