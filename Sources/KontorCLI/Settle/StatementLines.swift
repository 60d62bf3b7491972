internal import Formats
internal import Ledger
internal import Money

/// The lines of one statement in the order of index, item and debt, merged from the runs of its
/// debts.
struct StatementLines: Sequence {
    /// A debt of the statement: where its run is, and its line where it has none of items.
    struct Source {
        let debt: Int
        let whole: PartnerStatement.Line?
    }

    let file: DebtLineFile
    let sources: [Source]
    /// Notes what a part of the file could not be read for.
    let failure: LineFailure

    /// How many there are.
    var count: Int {
        sources.reduce(0) { $0 + ($1.whole == nil ? file.count(of: $1.debt) : 1) }
    }

    func makeIterator() -> Iterator { Iterator(self) }

    /// The next line of one debt.
    private struct Cursor {
        let number: Int
        let debt: Int
        var part = 0
        var lines: [DebtLine] = []
        var place = 0
        var whole: PartnerStatement.Line?

        /// Index, item and number of the debt.
        var key: (UInt64, Int32, Int) {
            if let whole { return (whole.index, whole.item, number) }
            return (lines[place].index, lines[place].item, number)
        }
    }

    /// Takes the first of the cursors' lines, which form a heap by their keys.
    struct Iterator: IteratorProtocol {
        private let file: DebtLineFile
        private let failure: LineFailure
        private var heap: [Cursor] = []

        fileprivate init(_ lines: StatementLines) {
            file = lines.file
            failure = lines.failure
            for (number, source) in lines.sources.enumerated() {
                var cursor = Cursor(number: number, debt: source.debt, whole: source.whole)
                guard source.whole != nil || Self.fill(&cursor, file, failure) else { continue }
                heap.append(cursor)
            }
            heap.sort { $0.key < $1.key }
        }

        mutating func next() -> PartnerStatement.Line? {
            guard let first = heap.first else { return nil }
            if let whole = first.whole {
                removeFirst()
                return whole
            }
            let line = first.lines[first.place].line(of: first.number)
            heap[0].place += 1
            if heap[0].place < heap[0].lines.count || Self.fill(&heap[0], file, failure) {
                sink()
            } else {
                removeFirst()
            }
            return line
        }

        /// Reads the next part of a run; false at its end.
        private static func fill(
            _ cursor: inout Cursor,
            _ file: DebtLineFile,
            _ failure: LineFailure
        ) -> Bool {
            guard cursor.part < file.partCount(of: cursor.debt) else { return false }
            do {
                cursor.lines = try file.part(cursor.part, of: cursor.debt)
            } catch {
                failure.note(error)
                return false
            }
            cursor.part += 1
            cursor.place = 0
            return !cursor.lines.isEmpty
        }

        private mutating func removeFirst() {
            heap.swapAt(0, heap.count - 1)
            heap.removeLast()
            sink()
        }

        /// Brings the first cursor to its place.
        private mutating func sink() {
            var place = 0
            while true {
                let left = 2 * place + 1
                guard left < heap.count else { return }
                let right = left + 1
                let least = right < heap.count && heap[right].key < heap[left].key ? right : left
                guard heap[least].key < heap[place].key else { return }
                heap.swapAt(least, place)
                place = least
            }
        }
    }
}

/// The first error of a sequence that cannot throw.
final class LineFailure {
    private(set) var error: (any Error)?

    func note(_ error: any Error) { self.error = self.error ?? error }

    /// Throws the error, if there was one.
    func check() throws {
        if let error { throw error }
    }
}
