import KontorAPI
import KontorEngine
import KontorStorage
import Ledger
import Signing
import TestSupport
import VerifiableLog

/// A log that an engine wrote, and every true answer about it at every size.
struct TrueLog: Sendable {
    let network: Network
    let frames: [EntryFrame]
    let leaves: [Digest]
    private let identifiers: [UUIDv7]
    private let statements: [Statement]

    /// The log of a seed: two partners and so many transfers.
    static func make(seed: UInt64 = 7, transfers: Int = 12) throws -> TrueLog {
        var story = try NetworkStory.founded(seed: seed, partners: ["nordwind", "harbour"])
        let terms = try story.agree(NetworkTerms.exchange())
        let member = try story.member("nordwind", "harbour")
        for number in 0..<transfers {
            story.network.advance(milliseconds: 40)
            let item = Network.item(member, amount: Int64(100 + number))
            try story.take(story.network.transfers(from: "nordwind", terms: terms, items: [item]))
        }
        return try TrueLog(story)
    }

    init(_ story: NetworkStory) throws {
        network = story.network
        let entries = story.ledger.entries
        let clock = ManualClock(entries[0].time)
        let engine = try Engine(store: MemoryLogStore(), signer: network.logSigner, clock: clock)
        var frames: [EntryFrame] = []
        var identifiers: [UUIDv7] = []
        for entry in entries {
            clock.set(entry.time)
            guard case .accepted(let accepted)? = try engine.submitAndWait([entry.text]).first
            else {
                throw Untrue.answer
            }
            frames.append(
                try EntryFrame(
                    index: accepted.index,
                    time: accepted.time,
                    previous: accepted.previous,
                    jws: entry.text
                )
            )
            identifiers.append(accepted.id)
        }
        self.frames = frames
        self.identifiers = identifiers
        leaves = frames.map(\.leafHash)
        statements = try frames.map { try Statement(payload: JWS(parsing: $0.jws).payload) }
    }

    enum Untrue: Error { case answer }

    var size: Int { frames.count }
    var key: VerifierKey { network.logSigner.verifier }
    var ledger: Digest { leaves[0] }

    /// The checkpoint of a size, or of other leaves.
    func checkpoint(_ size: Int, of leaves: [Digest]? = nil) -> SignedNote {
        let root = NaiveTree.root((leaves ?? self.leaves)[..<size])
        guard
            let checkpoint = try? Checkpoint(
                origin: network.origin,
                size: UInt64(size),
                root: root
            ), let note = try? checkpoint.signed(by: network.logSigner)
        else { Invariant.failed("a checkpoint of a test can be signed") }
        return note
    }

    func proof(_ index: Int, _ size: Int) -> TLogProof {
        TLogProof(
            index: UInt64(index),
            hashes: NaiveTree.path(index, leaves[..<size]),
            checkpoint: checkpoint(size)
        )
    }

    /// The receipt of an entry against the checkpoint of a size.
    func receipt(_ index: Int, _ size: Int) throws -> Receipt {
        try Receipt(for: frames[index], id: identifiers[index], proof: proof(index, size))
    }

    /// The entry object of spec/19.
    func entry(_ index: Int) -> JSONValue {
        let frame = frames[index]
        return [
            "index": .integer(Int64(index)), "time": .string(frame.time.description),
            "prev": .string(frame.previous.base64), "leafHash": .string(leaves[index].base64),
            "jws": .string(String(decoding: frame.jws, as: UTF8.self)),
            "kind": .string(statements[index].kind.rawValue),
            "partner": .string(statements[index].signer),
            "id": .string(identifiers[index].description),
        ]
    }

    /// An event of the stream.
    func event(_ index: Int, id: String? = nil) -> String {
        "id: \(id ?? String(index))\nevent: entry\n"
            + "data: \(String(decoding: entry(index).text, as: UTF8.self))\n\n"
    }

    /// A refusal of a submission with one fault, signed by the log.
    func refusal(
        of submission: [UInt8],
        ledger: Digest? = nil,
        key: String = "log",
        code: String = "CapExceeded"
    ) -> Problem {
        let fault = Problem.Fault(
            code: code,
            place: "items[0]",
            reason: "60 of 50",
            wayOut: "Wait."
        )
        let statement = SignedRefusal(
            ledger: ledger ?? self.ledger,
            submission: DigestBuilder.digest(submission),
            size: UInt64(size),
            time: network.now,
            faults: [fault]
        )
        return Problem(
            status: 422,
            code: code,
            title: "Refused",
            detail: "60 of 50",
            wayOut: "Wait.",
            faults: [fault],
            refusal: statement.signed(by: signer(key))
        )
    }

    private func signer(_ name: String) -> NoteSigner {
        guard let signer = try? NoteSigner(name: network.origin, key: network.key(name)) else {
            Invariant.failed("the origin is the name of a key")
        }
        return signer
    }

    /// The answer of an honest server whose log has so many entries; without a number it has all,
    /// and each receipt is against the checkpoint that ended with its entry.
    func answer(_ request: FakeRequest, size: Int? = nil) throws -> FakeResponse {
        let receiptSize = size ?? 0
        let size = size ?? self.size
        switch (request.method, request.path) {
        case ("GET", "/checkpoint"): return .bytes(checkpoint(size).bytes, type: MediaType.text)
        case ("GET", "/v1/proofs/consistency"): return consistency(request)
        case ("POST", "/v1/entries") where request.header("content-type") == MediaType.lines:
            return try lines(request, size: receiptSize)
        case ("POST", "/v1/entries"): return try single(request, size: receiptSize)
        default: return try reading(request, size: size)
        }
    }

    private func consistency(_ request: FakeRequest) -> FakeResponse {
        guard let from = request.query["from"].flatMap({ Int($0) }),
            let to = request.query["to"].flatMap({ Int($0) }), from <= to, to <= size
        else { return .notFound }
        let hashes = NaiveTree.consistency(from, leaves[..<to])
        let value: JSONValue = [
            "from": .integer(Int64(from)), "to": .integer(Int64(to)),
            "hashes": .array(hashes.map { .string($0.base64) }),
        ]
        return .bytes(value.text, type: MediaType.json)
    }

    /// The true answer to a submission, which is known if its index lies below a size.
    func judged(_ jws: [UInt8], size: Int) throws -> SubmissionAnswer {
        guard let index = frames.firstIndex(where: { $0.jws == jws }) else {
            return .refused(refusal(of: jws))
        }
        return .accepted(try receipt(index, max(index + 1, size)))
    }

    private func single(_ request: FakeRequest, size: Int) throws -> FakeResponse {
        let answer = try judged(request.body, size: size)
        if case .refused(let problem) = answer { return .problem(problem) }
        return FakeResponse(status: answer.status, body: answer.json().text)
    }

    private func lines(_ request: FakeRequest, size: Int) throws -> FakeResponse {
        var answer = FakeResponse(type: MediaType.lines)
        let lines = request.body.split(separator: 0x0a).map { Array($0) }
        for (number, line) in lines.enumerated() {
            let judged = try judged(line, size: size)
            answer.pieces.append(judged.json(line: number + 1).text + [0x0a])
        }
        return answer
    }

    private func reading(_ request: FakeRequest, size: Int) throws -> FakeResponse {
        let parts = request.path.split(separator: "/").map(String.init)
        if parts.first == "tile" {
            let path = request.path.dropFirst()
            let tiles = NaiveTreeTiles.tiles(of: Array(leaves[..<size]))
            if let tile = tiles.first(where: { $0.path == path }) { return .bytes(tile.bytes) }
            return try bundle(String(path), size: size)
        }
        guard parts.count >= 2, parts[1] == "entries" else { return .notFound }
        if parts.count == 2 { return page(request, size: size) }
        guard let index = Int(parts[2]), index < size else { return .notFound }
        if parts.count == 3 { return .bytes(entry(index).text, type: MediaType.json) }
        return .bytes(proof(index, size).bytes, type: MediaType.text)
    }

    private func page(_ request: FakeRequest, size: Int) -> FakeResponse {
        let from = Int(request.query["cursor"] ?? request.query["from"] ?? "0") ?? 0
        let end = min(size, from + min(5, Int(request.query["limit"] ?? "5") ?? 5))
        let page = Page(
            items: from < end ? (from..<end).map(entry) : [],
            next: end < size ? String(end) : nil
        )
        return .bytes(page.json.text, type: MediaType.json)
    }

    private func bundle(_ text: String, size: Int) throws -> FakeResponse {
        guard let path = try? TilePath(parsing: text), path.level == nil,
            TileLayout(size: UInt64(size)).contains(path)
        else { return .notFound }
        var bytes: [UInt8] = []
        let first = Int(path.index) * 256
        for frame in frames[first..<first + path.width] {
            try EntryBundle.append(frame.bytes, to: &bytes)
        }
        return .bytes(bytes)
    }
}
