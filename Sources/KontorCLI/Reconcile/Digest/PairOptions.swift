internal import ArgumentParser
internal import Formats
internal import KontorAudit
internal import Ledger
internal import Settlement
internal import Signing

/// Whose books are compared with whose, for which window, and where they are.
struct PairOptions: ParsableArguments {
    @Option(help: "The partner whose books these are.") var partner: String
    @Option(name: .customLong("with"), help: "The other partner.") var counterparty: String
    @Option(help: "CALENDAR/NUMBER: the window; network/1.") var window: String
    @Option(help: "A file of the partner's books; repeat for more.") var books: [String] = []
    @Option(help: "The partner's mapping, signed or plain.") var mapping: String?

    func validate() throws {
        guard Slug(partner) != nil else {
            throw ValidationError("--partner \(partner) is no name of a partner")
        }
        guard Slug(counterparty) != nil, counterparty != partner else {
            throw ValidationError("--with \(counterparty) is no name of another partner")
        }
        guard LedgerWindow(window) != nil else {
            throw ValidationError("--window \(window) is not written as network/1")
        }
        guard books.isEmpty == (mapping == nil) else {
            throw ValidationError("--books and --mapping go together")
        }
    }

    /// The scope in a ledger.
    func scope(of ledger: Digest) throws -> BookScope {
        guard let partner = Slug(partner), let other = Slug(counterparty),
            let window = LedgerWindow(window), let calendar = Slug(window.calendar),
            let scope = BookScope(
                ledger: ledger,
                partner,
                other,
                calendar: calendar,
                window: window.number
            )
        else { throw ValidationError("partners and window have not their form") }
        return scope
    }
}
