internal import NIOCore
internal import VerifiableLog

/// The mix of a long load: of twenty requests eight are new submissions, two are sent again, one is
/// malformed, and nine read.
final class MixedRequests: LoadSource {
    /// The share of new submissions.
    static let share = 0.4
    private let lines: LineReader
    private var recent: [ByteBuffer] = []
    private let reads: [ByteBuffer]
    private let malformed = WireRequest.post(
        "/v1/entries",
        type: "application/jose",
        Array("not.a.jws".utf8)
    )
    private var random = SplitMix(seed: 20)
    private var number = 0

    init(transfers: String, token: String) throws {
        lines = try LineReader(path: transfers)
        let checkpoint = WireRequest.get("/checkpoint")
        let tile = WireRequest.get("/tile/0/000.p/64")
        reads = [
            checkpoint, checkpoint, checkpoint, tile, tile, tile,
            WireRequest.get("/v1/positions", token: token),
            WireRequest.get("/v1/entries/3", token: token),
            WireRequest.get("/v1/unknown", token: token),
        ]
    }

    func next() throws -> LoadRequest? {
        defer { number += 1 }
        switch number % 20 {
        case 0..<8: return try submission().map { LoadRequest(bytes: $0, number: number) }
        case 8, 9:
            let place = Int(random.next() % UInt64(recent.count))
            return LoadRequest(bytes: recent[place], number: number)
        case 10: return LoadRequest(bytes: malformed, number: number)
        default: return LoadRequest(bytes: reads[number % 20 - 11], number: number)
        }
    }

    private func submission() throws -> ByteBuffer? {
        guard let text = try lines.next(1)?.first else { return nil }
        let request = WireRequest.post("/v1/entries", type: "application/jose", text)
        if recent.count < 1_000 {
            recent.append(request)
        } else {
            recent[Int(random.next() % 1_000)] = request
        }
        return request
    }
}
