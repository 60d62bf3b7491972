import Money
import Signing
import TestSupport

@testable import Ledger

/// What tests look at in a book: debts in minor units, counters, totals.
struct BookView {
    let book: Book

    init(_ story: NetworkStory) { book = story.ledger.book }
    init(_ book: Book) { self.book = book }

    /// Posted debt in minor units, rounded down.
    func owed(_ debtor: String, _ creditor: String, _ currency: String = "EUR") -> Int128 {
        exposure(debtor, creditor, currency)?.postedFloor ?? 0
    }

    /// Reserved debt in minor units, rounded down.
    func held(_ debtor: String, _ creditor: String, _ currency: String = "EUR") -> Int128 {
        exposure(debtor, creditor, currency).map { $0.held / Int128($0.denominator) } ?? 0
    }

    func exposure(_ debtor: String, _ creditor: String, _ currency: String) -> Exposure? {
        guard let from = place(debtor), let to = place(creditor), let currency = Currency(currency),
            let place = book.exposures.existing(debtor: from, creditor: to, currency: currency)
        else { return nil }
        return book.exposures.list[Int(place)]
    }

    func totals(_ terms: Digest) -> Totals? {
        book.registry.agreementPlaces[terms].map { book.totals[Int($0)] }
    }

    /// Live counters: name of the kind, token, period, use; those that are over at the book's time
    /// are left out.
    var counters: [String] {
        book.counters.table.records.filter { record in
            !record.isFree && record.used != 0
                && book.counters.kinds[Int(record.kind)].end(ofPeriod: record.period) > book.time
        }.map {
            "\(book.counters.kinds[Int($0.kind)].name) \($0.token.base64URL) "
                + "\($0.period) \($0.used)"
        }.sorted()
    }

    private func place(_ name: String) -> Int32? {
        name == Registry.operatorName ? Registry.operatorPlace : book.registry.partner(name)?.place
    }
}
