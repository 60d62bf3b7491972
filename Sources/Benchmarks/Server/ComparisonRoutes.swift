internal import Hummingbird
internal import KontorAPI
internal import KontorServer
internal import NIOCore
internal import Signing

/// What the speed of the service is compared with, under the same middlewares: a route that does
/// nothing, and one that reads a submission and verifies its signature.
struct ComparisonRoutes: Sendable {
    private let keys: [Digest: PublicKey]

    init(_ network: BenchmarkNetwork) {
        let list = (0..<BenchmarkNetwork.partnerCount).map { network.key(of: $0).publicKey }
        keys = Dictionary(uniqueKeysWithValues: list.map { ($0.thumbprint, $0) })
    }

    func add(to router: Router<ServiceContext>) {
        router.get("/bench/empty") { _, _ in Self.answer(.ok) }
        router.post("/bench/verify") { request, _ in
            var text: [UInt8] = []
            for try await piece in request.body { text.append(contentsOf: piece.readableBytesView) }
            return Self.answer(verifies(text) ? .ok : .badRequest)
        }
    }

    private func verifies(_ text: [UInt8]) -> Bool {
        guard let jws = try? JWS(parsing: text, type: JWS.entryType), let key = keys[jws.keyID]
        else { return false }
        do { try jws.verify(with: key) } catch { return false }
        return true
    }

    private static func answer(_ status: HTTPResponse.Status) -> Response {
        Response(
            status: status,
            headers: [.contentType: MediaType.json, .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: "{\"status\":\"read\"}"))
        )
    }
}
