internal import VerifiableLog

/// Verifies entries in rising order: by the authenticated tiles of a checkpoint as far as it goes,
/// and by single proofs past its end.
struct EntryCheck {
    /// How far an entry lies before the newest checkpoint when new tiles are worth their requests.
    private static let distance: UInt64 = 64

    private let client: KontorClient
    private var tiles: RemoteTileSource?

    init(client: KontorClient) {
        self.client = client
    }

    /// Requires that an entry is a leaf of the log.
    ///
    /// Throws `unverified`, and what fetching throws.
    mutating func verify(_ entry: LogEntry) async throws {
        let index = entry.frame.index
        if tiles == nil { tiles = try await client.tiles() }
        guard let tiles, index < tiles.head.size else { return try await prove(entry) }
        guard try await tiles.leafHash(at: index) == entry.leafHash else {
            throw ClientError(
                .unverified,
                at: "entry \(index)",
                "the log has another leaf at this index; keep what the server showed"
            )
        }
    }

    private mutating func prove(_ entry: LogEntry) async throws {
        let proof = try await client.proof(of: entry)
        let head = try? Checkpoint(parsing: proof.checkpoint.text)
        guard let head, head.size > entry.frame.index + Self.distance else { return }
        tiles = nil
    }
}
