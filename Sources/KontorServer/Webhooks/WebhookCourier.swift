internal import KontorAPI
internal import KontorEngine
internal import Ledger
internal import Logging
public import ServiceLifecycle
internal import Signing
internal import Synchronization

/// Delivers entries to subscribers: one task a subscription, each of which does what the schedule
/// of its subscription says (spec/19 §11).
///
/// It runs under a service group, and ends when that shuts down, after the attempts under way.
public final class WebhookCourier: ServiceLifecycle.Service {
    let engine: Engine
    let feed: EntryFeed
    let register: WebhookRegister
    let tools: DeliveryTools
    let allowsLoopback: Bool
    let metrics: ServerMetrics
    let logger: Logger
    private let arrivals: AsyncStream<UUIDv7>
    private let arrival: AsyncStream<UUIDv7>.Continuation
    private let state = Mutex(State())

    private struct State: Sendable {
        var isStopping = false
        var served: Set<UUIDv7> = []
    }

    init(
        feed: EntryFeed,
        settings: ServiceSettings,
        tools: DeliveryTools,
        metrics: ServerMetrics,
        logger: Logger
    ) {
        engine = feed.engine
        self.feed = feed
        register = WebhookRegister(engine: feed.engine)
        self.tools = tools
        allowsLoopback = settings.webhookLoopback
        self.metrics = metrics
        self.logger = logger
        (arrivals, arrival) = AsyncStream.makeStream()
    }

    /// Delivers until the service group shuts down, or the task is cancelled, which also ends the
    /// attempts under way.
    ///
    /// Throws when the subscriptions cannot be read. It runs once.
    public func run() async throws {
        for id in try register.load() {
            logger.error("a kept webhook cannot be read", metadata: ["subscription": "\(id)"])
        }
        for id in register.ids { arrival.yield(id) }
        await withTaskCancellationOrGracefulShutdownHandler {
            await deliver()
        } onCancelOrGracefulShutdown: {
            self.stop()
        }
    }

    /// Ends deliveries after the attempts under way.
    func stop() {
        state.withLock { $0.isStopping = true }
        arrival.finish()
        register.ringAll()
    }

    /// Whether deliveries are to end.
    var isStopping: Bool { state.withLock { $0.isStopping } }

    /// Begins to deliver to a subscription that was added.
    func begin(_ id: UUIDv7) { arrival.yield(id) }

    private func deliver() async {
        let watching = Task { await watch() }
        let saving = Task { await saveNowAndThen() }
        await withDiscardingTaskGroup { group in
            for await id in arrivals {
                let isFirst = state.withLock { $0.served.insert(id).inserted }
                guard isFirst else { continue }
                group.addTask { await self.serve(id) }
            }
        }
        watching.cancel()
        saving.cancel()
        await watching.value
        await saving.value
        save()
    }

    /// Wakes all after each commit.
    private func watch() async {
        var size = engine.head?.size ?? 0
        while let next = try? await engine.waitForSize(above: size) {
            size = next
            register.ringAll()
        }
    }

    private func saveNowAndThen() async {
        while (try? await Task.sleep(for: tools.saveTime)) != nil { save() }
    }

    private func save() {
        do { try register.save() } catch {
            logger.error("progress of webhooks is not saved", metadata: ["error": "\(error)"])
        }
        let standings = register.standings(size: engine.head?.size ?? 0)
        metrics.webhooks { figures in
            figures.active = standings.active
            figures.paused = standings.paused
        }
    }

    /// Does what the schedule of a subscription says, until it is removed or deliveries end.
    private func serve(_ id: UUIDv7) async {
        defer { state.withLock { _ = $0.served.remove(id) } }
        guard let url = register.subscription(id)?.url, let bell = register.bell(of: id) else {
            return
        }
        var sender = WebhookSender(url: url, allowsLoopback: allowsLoopback, tools: tools)
        while !isStopping, let (action, round) = nextAction(id) {
            switch action {
            case .rest: await bell.wait()
            case .wait(let moment):
                let milliseconds = moment.milliseconds - tools.now().milliseconds
                await bell.wait(atMost: .milliseconds(max(0, milliseconds)))
            case .look(let index): await look(id, from: index, in: round, bell)
            case .send(let index, let attempt):
                let delivery = Delivery(id: id, index: index, attempt: attempt, round: round)
                await send(delivery, by: &sender, bell)
            }
        }
        await sender.close()
    }

    private func nextAction(_ id: UUIDv7) -> (DeliverySchedule.Action, Int)? {
        register.change(id) { subscription in
            let action = subscription.schedule.action(at: tools.now(), tools.limits)
            return (action, subscription.schedule.round)
        }
    }
}
