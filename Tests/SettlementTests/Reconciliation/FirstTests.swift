import Settlement
import Testing
@Suite struct FirstTests {
    @Test func works() throws {
        var l = BookBuilder("ledger"), p = BookBuilder("p.csv", digest: "x")
        l.add(.init(transfer: 5, units: 10, money: 7)); p.add(.init(transfer: 5, units: 12, money: 7))
        l.add(.init(transfer: 6, units: 10, reference: "R1")); p.add(.init(units: 10, reference: "R1"))
        l.add(.init(transfer: 7, units: 10, reference: "R7")); p.add(.init(units: 15, reference: "r-07"))
        let r = try Reconciliation.run(ledger: l.table, details: Array(repeating: LedgerDetail(), count: 3), partner: p.table, terms: ReconciliationTerms(agreements: [], currency: "EUR", cutDay: 100), asOf: 101)
        print(r.text)
    }
}
