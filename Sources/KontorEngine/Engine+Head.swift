public import Signing
internal import Synchronization
public import VerifiableLog

extension Engine {
    /// A durable state of the log: how many entries, their root, and what the log signed about it.
    public struct Head: Sendable {
        /// The number of entries.
        public let size: UInt64
        /// The root of the tree.
        public let root: Digest
        /// The signed checkpoint of this size and root.
        public let checkpoint: SignedNote
    }

    /// The head of the last durable commit, or nil before the genesis.
    public var head: Head? {
        guard let last = published.withLock({ $0 }) else { return nil }
        return Head(
            size: last.tree.size,
            root: last.prover.root,
            checkpoint: last.checkpoint
        )
    }

    /// The signed checkpoint of the last commit, or nil before the genesis.
    public var checkpoint: SignedNote? { published.withLock { $0?.checkpoint } }

    /// The id of the ledger, or nil before its genesis is durable; it waits for nobody.
    public var ledger: Digest? { published.withLock { $0?.ledger } }

    /// Returns the durable size once it is greater than another one.
    ///
    /// Any number of tasks may wait. Throws `CancellationError`, or `stopped` when this writer was
    /// closed or failed, since the log then grows no more.
    public func waitForSize(above size: UInt64) async throws -> UInt64 {
        try await signal.wait(above: size)
    }

    /// The last durable head; throws `genesis` before there is one.
    func requirePublished() throws -> Published {
        guard let last = published.withLock({ $0 }) else {
            throw EngineError(.genesis, "this ledger has no entry yet; submit its genesis first")
        }
        return last
    }
}
