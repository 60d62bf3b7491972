internal import Hummingbird
internal import KontorAPI
internal import KontorEngine
internal import Signing
internal import VerifiableLog

/// The log as third-party tools read it: C2SP tlog-tiles, and consistency proofs (spec/19 §10).
extension Service {
    var logEndpoints: [Endpoint] {
        [
            Endpoint(.get, "/checkpoint", .everyone) { call in try checkpoint(call) },
            Endpoint(.get, "/tile/entries/**", .overseers(unlessPublic: true)) { call in
                try bundle(call)
            },
            Endpoint(.get, "/tile/{level}/**", .everyone) { call in try tile(call) },
            Endpoint(.get, "/v1/proofs/consistency", .everyone) { call in try consistency(call) },
        ]
    }

    private static let forever = "public, max-age=31536000, immutable"

    private func checkpoint(_ call: Call) throws -> Response {
        _ = try Query(call.request.uri.query, known: [])
        guard let head = published.head else {
            throw HTTPProblem(.ledgerEmpty, "there is no checkpoint yet", retryAfter: 5)
        }
        return .bytes(
            head.checkpoint.bytes,
            type: MediaType.text,
            cache: "public, max-age=1, must-revalidate"
        )
    }

    private func tile(_ call: Call) throws -> Response {
        let path = try tilePath(call)
        guard path.level != nil, let size = try size(implying: path),
            let bytes = try engine.tile(path, size: size)
        else { throw Self.noTile(path) }
        return .bytes(bytes, type: MediaType.octets, cache: Self.forever)
    }

    private func bundle(_ call: Call) throws -> Response {
        let path = try tilePath(call)
        guard path.level == nil, let size = try size(implying: path),
            let bytes = try engine.bundle(path, size: size)
        else { throw Self.noTile(path) }
        return .bytes(
            bytes,
            type: MediaType.octets,
            cache: bundlesArePublic ? Self.forever : "private, max-age=31536000"
        )
    }

    private func tilePath(_ call: Call) throws -> TilePath {
        _ = try Query(call.request.uri.query, known: [])
        do {
            return try TilePath(parsing: String(call.request.uri.path.dropFirst()))
        } catch {
            throw HTTPProblem(Problem(.notFound, at: "path", error.description))
        }
    }

    /// The smallest tree that has this tile with this width, or nil if the log is smaller.
    private func size(implying path: TilePath) throws -> UInt64? {
        guard let head = engine.head else { return nil }
        let shift = UInt64(8 * (path.level ?? 0))
        let (leaves, overflow) = (path.index << 8 + UInt64(path.width))
            .multipliedReportingOverflow(by: shift < 64 ? 1 << shift : 0)
        guard shift < 56, !overflow, leaves <= head.size else { return nil }
        return leaves
    }

    private static func noTile(_ path: TilePath) -> HTTPProblem {
        HTTPProblem(Problem(.notFound, at: "path", "the log has no \(path)"))
    }

    private func consistency(_ call: Call) throws -> Response {
        let query = try Query(call.request.uri.query, known: ["from", "to"])
        guard let from = try query.number("from"), let to = try query.number("to"),
            from <= to
        else {
            throw HTTPProblem(
                Problem(.invalidQuery, at: "from, to", "two sizes are due, from at most to")
            )
        }
        guard let head = engine.head, to <= head.size else {
            throw HTTPProblem(Problem(.notFound, at: "to", "the log is smaller"))
        }
        return .json([
            "from": .integer(Int64(from)), "to": .integer(Int64(to)),
            "hashes": .array(
                try engine.consistency(from: from, to: to).map { .string($0.base64) }
            ),
        ])
    }
}
