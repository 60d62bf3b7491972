internal import Dispatch
internal import KontorAudit
internal import KontorEngine
internal import KontorStorage
internal import Logging
internal import ServiceLifecycle
internal import VerifiableLog

/// Keeps a static tlog-tiles directory current, which any web server may serve (spec/18 §3).
///
/// It looks every so many seconds whether there is a new checkpoint, and once more at the end. A
/// fault, such as a full disk, is logged and counted, and the next round tries again.
struct TilesPublisher: ServiceLifecycle.Service {
    let engine: Engine
    let store: any LogStore
    let directory: String
    let seconds: Int
    let metrics: ServerMetrics
    let logger: Logger
    private let queue = DispatchQueue(label: "kontor.tiles")

    init(
        engine: Engine,
        store: any LogStore,
        directory: String,
        seconds: Int,
        metrics: ServerMetrics,
        logger: Logger
    ) {
        self.engine = engine
        self.store = store
        self.directory = directory
        self.seconds = seconds
        self.metrics = metrics
        self.logger = logger
    }

    func run() async throws {
        let last = await cancelWhenGracefulShutdown {
            var published: SignedNote?
            while !Task.isCancelled {
                published = await publish(after: published)
                try? await Task.sleep(for: .seconds(seconds))
            }
            return published
        }
        _ = await publish(after: last)
    }

    /// Exports if there is something new; answers the checkpoint that is published now.
    private func publish(after published: SignedNote?) async -> SignedNote? {
        guard let checkpoint = engine.checkpoint, checkpoint.bytes != published?.bytes else {
            return published
        }
        do {
            let size = try await export()
            metrics.tilesPublished(size: size)
            logger.debug("tiles published", metadata: ["size": .stringConvertible(size)])
            return checkpoint
        } catch {
            metrics.tilesFailed()
            logger.error("tiles not published", metadata: ["reason": .string("\(error)")])
            return published
        }
    }

    /// Exports beside the threads that serve requests.
    private func export() async throws -> UInt64 {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { [store, directory] in
                continuation.resume(
                    with: Result { try TilesExporter(store, directory: directory).export().size }
                )
            }
        }
    }
}
