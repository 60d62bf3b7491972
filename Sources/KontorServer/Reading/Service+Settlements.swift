internal import Hummingbird
internal import KontorAPI
internal import KontorEngine
internal import Ledger
internal import Signing
internal import VerifiableLog

/// Settlements, windows, fixings and statements (spec/19 §6.4).
extension Service {
    var settlementEndpoints: [Endpoint] {
        let path = "/v1/settlements/{calendar}/{window}/{model}/{currency}/{attempt}"
        return [
            list("settlements") { book, reader in
                book.settlements.filter { reader.takesPart(in: $0) }.map {
                    book.json(of: $0, for: reader)
                }
            },
            list("windows") { book, reader in book.windowObjects(for: reader) },
            list("fixings") { book, reader in book.fixingObjects(for: reader) },
            Endpoint(.get, path, .login) { call in try await settlement(call) },
            Endpoint(.get, "\(path)/statement", .login) { call in try await statement(call) },
        ]
    }

    private static let segments = ["calendar", "window", "model", "currency", "attempt"]

    private func settlement(_ call: Call) async throws -> Response {
        _ = try Query(call.request.uri.query, known: [])
        let (id, reader) = try settlementID(call)
        let found = try await engine.readDurable { book -> JSONValue? in
            guard let record = book.settlement(id), reader.takesPart(in: record) else { return nil }
            return book.detail(of: record, for: reader)
        }
        guard let found else { throw Self.noSettlement }
        return .json(found)
    }

    private func statement(_ call: Call) async throws -> Response {
        let query = try Query(call.request.uri.query, known: ["partner"])
        let asked = query.text("partner")
        if let asked, !Slug.isValid(asked.utf8) {
            throw HTTPProblem(Problem(.invalidQuery, at: "partner", "it is a slug"))
        }
        let (id, reader) = try settlementID(call)
        if asked == nil, reader.role != .partner {
            throw HTTPProblem(
                Problem(.invalidQuery, at: "partner", "name the participant whose statement it is")
            )
        }
        let partner = asked ?? reader.name
        guard reader.mayRead(.names([partner])) else { throw Self.noSettlement }
        let found = try await engine.readDurable { $0.statement(of: partner, in: id) }
        guard let found else { throw Self.noSettlement }
        return .json(found)
    }

    private func settlementID(_ call: Call) throws -> (SettlementID, Reader) {
        let text = Self.segments.map { call.segment($0) }.joined(separator: "/")
        guard let id = SettlementID(text), let login = call.login else { throw Self.noSettlement }
        return (id, login.reader)
    }

    /// The same answer for what is not there and what the login may not read.
    private static var noSettlement: HTTPProblem {
        HTTPProblem(Problem(.notFound, at: "settlement", "no such settlement for this login"))
    }
}

extension Reader {
    /// Whether this reader is a participant of a settlement, or reads all of them.
    func takesPart(in record: SettlementRecord) -> Bool {
        mayRead(.names(record.result.participants.map(\.name)))
    }
}

extension Book {
    /// The closed windows of all calendars and the open one of each; the seed for officials alone.
    fileprivate func windowObjects(for reader: Reader) -> [JSONValue] {
        calendarNames.flatMap { calendar in
            windows(of: calendar).map { $0.json(withSeed: reader.role != .partner) }
                + [openWindowObject(of: calendar)]
        }
    }

    private func openWindowObject(of calendar: String) -> JSONValue {
        let open = openWindow(of: calendar)
        var members: [JSONMember] = [
            JSONMember(name: "calendar", value: .string(calendar)),
            JSONMember(name: "window", value: .integer(Int64(open.number))),
            JSONMember(name: "start", value: .integer(Int64(open.start))),
            JSONMember(name: "state", value: "open"),
        ]
        if let cutoff = open.cutoff {
            members.append(JSONMember(name: "cutoff", value: .string(cutoff.description)))
        }
        return .object(members)
    }

    /// The last fixing with the rates of the reader's agreements; none before the first.
    fileprivate func fixingObjects(for reader: Reader) -> [JSONValue] {
        guard let fixing else { return [] }
        let own = fixingAgreements.filter { hash in
            agreement(hash).map { reader.mayRead(.names($0.terms.parties)) } ?? false
        }
        let rates = own.compactMap { hash in
            rateObject(of: hash, fixedRates(of: hash), waitingRates(of: hash))
        }
        return [fixing.json(rates: rates)]
    }

    private func rateObject(
        of agreement: Digest,
        _ rates: FixedRates?,
        _ waiting: WaitingRates?
    ) -> JSONValue? {
        guard rates != nil || waiting != nil else { return nil }
        var members = [JSONMember(name: "agreement", value: .string(agreement.base64URL))]
        if let rates { members.append(JSONMember(name: "current", value: rates.json)) }
        if let waiting { members.append(JSONMember(name: "waiting", value: waiting.json)) }
        return .object(members)
    }

    /// The statement of a participant with what proves it, or nil where it cannot be proven now:
    /// there is none, or its debts have left the settlement.
    fileprivate func statement(of partner: String, in id: SettlementID) -> JSONValue? {
        guard let record = settlement(id), let leaf = leaf(of: partner, in: id) else { return nil }
        let root = record.result.figures.root
        let proof = InclusionProof(
            index: UInt64(leaf.index),
            size: UInt64(leaf.count),
            hashes: leaf.path
        )
        guard (try? proof.verify(leaf: leaf.hash, root: root)) != nil else { return nil }
        let debts = debts(in: id).filter {
            $0.debtor.hasSameBytes(as: partner) || $0.creditor.hasSameBytes(as: partner)
        }
        return [
            "settlement": .string(id.description), "revision": .integer(record.revision),
            "partner": .string(partner),
            "leaf": .string(String(decoding: leaf.bytes, as: UTF8.self)),
            "leafHash": .string(leaf.hash.base64URL), "index": .integer(Int64(leaf.index)),
            "count": .integer(Int64(leaf.count)),
            "path": .array(leaf.path.map { .string($0.base64URL) }),
            "root": .string(root.base64URL), "entry": .integer(Int64(record.calculatedAt)),
            "proof": .string("/v1/entries/\(record.calculatedAt)/proof"),
            "debts": .array(debts.map(\.json)),
        ]
    }
}
