internal import KontorAPI
package import VerifiableLog

extension KontorClient {
    /// A reader of the tree of the newest checkpoint; it authenticates every tile.
    public func tiles() async throws -> RemoteTileSource {
        try await RemoteTileSource(client: self, head: try await checkpoint())
    }

    /// The bytes that the server serves at a path, or nil if it serves none.
    ///
    /// Whoever calls this authenticates them: the tile reader does, and the auditor.
    package func served(at path: TilePath) async throws -> [UInt8]? {
        let isBundle = path.level == nil
        let limit =
            isBundle
            ? path.width * (2 + LogLimits.entryByteCount) : LogLimits.tileWidth * 32
        let request = APIRequest(
            path: "/\(path)",
            accept: MediaType.octets,
            authorization: isBundle ? .optional : .none,
            limit: limit,
            takesAbsence: true
        )
        let answer = try await perform(request)
        return answer.head.status == 404 ? nil : answer.body
    }
}
