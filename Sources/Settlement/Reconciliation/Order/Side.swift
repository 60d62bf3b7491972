/// One of the two books that are compared.
enum Side: Sendable {
    case ledger
    case partner
}
