internal import Hummingbird
internal import Ledger

/// Certificates and disputes (spec/19 §6.4).
extension Service {
    var reconciliationEndpoints: [Endpoint] {
        [
            list("certificates") { book, reader in
                book.certificates.filter { reader.mayRead(.names([$0.key.first, $0.key.second])) }
                    .map(\.json)
            },
            list("disputes") { book, reader in
                book.disputes.filter { reader.mayRead(.names([$0.opener, $0.respondent])) }
                    .map(\.json)
            },
        ]
    }
}
