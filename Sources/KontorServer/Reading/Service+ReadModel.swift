internal import Hummingbird
internal import KontorAPI
internal import KontorEngine
internal import Ledger
internal import Signing

/// The read model: what the state says now, in pages (spec/19 §6).
extension Service {
    var readModelEndpoints: [Endpoint] {
        [
            list("partners") { book, _ in book.partners.map(\.json) },
            list("programs") { book, _ in book.programs.map(\.json) },
            list("agreements") { book, reader in
                book.agreements.filter { reader.isParty(to: $0) }.map(\.json)
            },
            list("rates") { book, _ in book.rates.map(\.json) },
            list("positions") { book, reader in
                book.positions.filter { reader.isParty(to: $0) }.map(\.json)
            },
            list("statements") { book, reader in book.statementLines(for: reader) },
        ]
    }

    /// An endpoint that pages through a list, which only grows at its end.
    func list(
        _ name: String,
        _ items: @escaping @Sendable (Book, Reader) -> [JSONValue]
    ) -> Endpoint {
        Endpoint(.get, "/v1/\(name)", .login) { call in
            let query = try Query(call.request.uri.query, known: ["limit", "cursor"])
            let limit = try pageLimit(query)
            let start = try query.text("cursor").map {
                try Int(Cursor.place($0, in: name))
            }
            guard let login = call.login else { throw HTTPProblem(Problem(.tokenMissing, "")) }
            let all = try await engine.readDurable { items($0, login.reader) }
            let rest = all.dropFirst(min(start ?? 0, all.count))
            let page = rest.prefix(limit)
            let next =
                rest.count > limit ? Cursor.text(name, UInt64((start ?? 0) + limit)) : nil
            return .json(Page(items: Array(page), next: next).json)
        }
    }
}

extension Reader {
    /// Whether this reader may see an agreement.
    fileprivate func isParty(to line: AgreementLine) -> Bool {
        mayRead(.names(line.version.terms.parties))
    }

    /// Whether this reader may see a position.
    fileprivate func isParty(to line: PositionLine) -> Bool {
        mayRead(.names([line.debtor, line.creditor]))
    }
}

extension Book {
    /// What moved under each agreement of a reader, up to now.
    fileprivate func statementLines(for reader: Reader) -> [JSONValue] {
        agreements.filter { $0.version.boundAt != nil && reader.isParty(to: $0) }.map { line in
            [
                "agreement": .string(line.version.hash.base64URL),
                "debtor": .string(line.version.terms.debtorName),
                "creditor": .string(line.version.terms.creditorName),
                "from": .string(line.version.terms.fromText),
                "to": .string(line.version.terms.toText),
                "size": .integer(Int64(size)), "items": .integer(line.items),
                "debit": .integer(line.debit), "credit": .integer(line.credit),
                "bonus": .integer(line.bonus), "heldItems": .integer(line.heldItems),
            ]
        }
    }
}
