internal import Hummingbird
internal import KontorAPI
internal import KontorEngine
internal import Ledger
internal import Signing
internal import VerifiableLog

/// Entries, their proofs, and the answer to a submission for ever (spec/19 §6).
extension Service {
    var entryEndpoints: [Endpoint] {
        [
            Endpoint(.get, "/v1/entries", .login) { call in try entries(call) },
            Endpoint(.get, "/v1/entries/{index}", .login) { call in try entry(call) },
            Endpoint(.get, "/v1/entries/{index}/proof", .login) { call in try proof(call) },
            Endpoint(.get, "/v1/transfers/{partner}/{id}", .login) { call in try transfer(call) },
        ]
    }

    /// Entries that one page looks at, whether the reader may see them or not.
    private static let scanLimit: UInt64 = 10_000

    private func entry(_ call: Call) throws -> Response {
        _ = try Query(call.request.uri.query, known: [])
        return .bytes(try visibleEntry(call).text, type: MediaType.json)
    }

    /// The entry that a path names; one that the reader may not see is not found either.
    private func visibleEntry(_ call: Call) throws -> EntryView {
        guard let index = Query.decimal(call.segment("index")), let login = call.login,
            let view = try feed.view(at: index), view.isVisible(to: login.reader)
        else { throw HTTPProblem(Problem(.notFound, at: "index", "no such entry for this login")) }
        return view
    }

    private func proof(_ call: Call) throws -> Response {
        _ = try Query(call.request.uri.query, known: [])
        let view = try visibleEntry(call)
        guard let head = engine.head else {
            throw HTTPProblem(.ledgerEmpty, "there is no checkpoint yet", retryAfter: 5)
        }
        return .bytes(try engine.proof(of: view.index, in: head).bytes, type: MediaType.text)
    }

    private func transfer(_ call: Call) throws -> Response {
        _ = try Query(call.request.uri.query, known: [])
        guard let id = UUIDv7(call.segment("id")), let login = call.login,
            let index = try engine.index(of: call.segment("partner"), id: id),
            let view = try feed.view(at: index), view.isVisible(to: login.reader),
            let place = try engine.acceptedEntry(at: index),
            let receipt = try engine.receipts(for: [place]).first
        else { throw HTTPProblem(Problem(.notFound, at: "id", "no such entry for this login")) }
        let stored = try engine.storedText(at: index).map { String(decoding: $0, as: UTF8.self) }
        return .json(SubmissionAnswer.known(receipt, stored: stored).json())
    }

    private func entries(_ call: Call) throws -> Response {
        let query = try Query(call.request.uri.query, known: ["from", "limit", "cursor"])
        guard let login = call.login, let head = engine.head else {
            throw HTTPProblem(.ledgerEmpty, "there is no entry yet", retryAfter: 5)
        }
        let limit = try pageLimit(query)
        var next = try query.number("from") ?? 0
        if let cursor = query.text("cursor") { next = try Cursor.place(cursor, in: "entries") }
        let end = min(head.size, next + Self.scanLimit)
        var texts: [[UInt8]] = []
        while next < end, texts.count < limit {
            if let view = try engine.view(at: next), view.isVisible(to: login.reader) {
                texts.append(view.text)
            }
            next += 1
        }
        let cursor = next < head.size ? Cursor.text("entries", next) : nil
        return .bytes(Self.page(texts, next: cursor), type: MediaType.json)
    }

    /// A page of elements that are JSON texts already.
    private static func page(_ texts: [[UInt8]], next: String?) -> [UInt8] {
        var page = Array("{\"items\":[".utf8)
        page += texts.joined(separator: [0x2c])
        page.append(0x5d)
        if let next { page += ",\"next\":\"\(next)\"".utf8 }
        page.append(0x7d)
        return page
    }

    /// How many elements a page has at the most.
    func pageLimit(_ query: Query) throws(Problem) -> Int {
        let most = UInt64(settings.limits.pageItems)
        guard let limit = try query.number("limit") else { return Int(min(100, most)) }
        guard (1...most).contains(limit) else {
            throw Problem(.invalidQuery, at: "limit", "it is 1 to \(most)")
        }
        return Int(limit)
    }
}
