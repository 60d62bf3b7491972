import Foundation
import Signing

@testable import Ledger

/// Everything that a book holds, as text: two books are the same state exactly if their dumps are
/// equal.
struct BookDump {
    private let book: Book

    /// The dump of a book.
    static func text(of book: Book) -> String {
        BookDump(book: book).lines.joined(separator: "\n")
    }

    private var lines: [String] {
        ["size \(book.size) time \(book.time)", json(book.registry)] + counters + members
            + exposures + rest + [json(book.nights), json(book.reconciliations)]
    }

    private var counters: [String] {
        book.counters.kinds.map { "kind \($0.name)" }
            + book.counters.table.records.filter { !$0.isFree && !$0.isVacant }
            .map {
                "counter \(book.counters.kinds[Int($0.kind)].name) \($0.token) "
                    + "\($0.period) \($0.used)"
            }.sorted()
    }

    private var members: [String] {
        book.members.table.records.filter { !$0.isFree }.map {
            "member \($0.pair) \($0.pseudonym) \($0.state)"
        }.sorted()
    }

    private var exposures: [String] {
        book.exposures.list.map(json) + book.exposures.nets.map(json)
    }

    private var rest: [String] {
        [json(book.fixings)] + book.holds.sorted.map(json) + book.totals.map(json)
            + book.postings.keys.sorted().map { "\(json($0)) \(json(book.postings[$0]))" }
    }

    private func json(_ value: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let data = (try? encoder.encode(value)) ?? Data("unencodable".utf8)
        return String(decoding: data, as: UTF8.self)
    }
}
