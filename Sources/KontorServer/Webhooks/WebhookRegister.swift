internal import KontorEngine
internal import KontorStorage
internal import Ledger
internal import Signing
internal import Synchronization

/// All subscriptions, in memory and in the settings of the store.
///
/// What the API changes is durable before it is answered. Progress is saved now and then, all of it
/// in one transaction: after a crash what was not saved is delivered once more.
final class WebhookRegister: Sendable {
    private let engine: Engine
    private let state = Mutex(State())
    /// Held while the store is written, so that what was removed is not written again.
    private let writing = Mutex(())

    private struct State: Sendable {
        var isLoaded = false
        var places: [UUIDv7: Place] = [:]
        var changed: Set<UUIDv7> = []
        var changedDead: Set<UUIDv7> = []
        var lastMilliseconds: Int64 = 0
    }

    private struct Place: Sendable {
        var subscription: WebhookSubscription
        let bell = Bell()
    }

    init(engine: Engine) {
        self.engine = engine
    }

    /// Reads what was kept, once; returns the ids of what could not be read.
    @discardableResult
    func load() throws -> [String] {
        try writing.withLock { _ in
            guard !state.withLock({ $0.isLoaded }) else { return [] }
            var damaged: [String] = []
            var places: [UUIDv7: Place] = [:]
            for setting in try engine.settings(withPrefix: WebhookSubscription.settingPrefix) {
                guard let subscription = try subscription(setting.value) else {
                    damaged.append(
                        String(setting.name.dropFirst(WebhookSubscription.settingPrefix.count))
                    )
                    continue
                }
                places[subscription.id] = Place(subscription: subscription)
            }
            let last = places.keys.max()?.timestamp.milliseconds ?? 0
            state.withLock { [places] state in
                state.places = places
                state.lastMilliseconds = last
                state.isLoaded = true
            }
            return damaged
        }
    }

    private func subscription(_ bytes: [UInt8]) throws -> WebhookSubscription? {
        guard let value = try? JSONValue(parsing: bytes), case .string(let text)? = value["id"],
            let id = UUIDv7(text)
        else { return nil }
        let name = WebhookSubscription.deadSettingName(id)
        let dead = try engine.settings(withPrefix: name).first { $0.name.hasSameBytes(as: name) }
        let letters = dead.flatMap { try? JSONValue(parsing: $0.value) }
        return WebhookSubscription(
            kept: value,
            dead: letters.map { DeadLetters(kept: $0) } ?? DeadLetters()
        )
    }

    /// The ids of all subscriptions.
    var ids: [UUIDv7] { state.withLock { $0.places.keys.sorted() } }

    /// The subscriptions of a login, in the order in which they were made.
    func all(of reader: Reader) throws -> [WebhookSubscription] {
        try load()
        return state.withLock { state in
            state.places.values.map(\.subscription).filter { $0.belongs(to: reader) }
                .sorted { $0.id < $1.id }
        }
    }

    /// The subscription of an id.
    func subscription(_ id: UUIDv7) -> WebhookSubscription? {
        state.withLock { $0.places[id]?.subscription }
    }

    /// What wakes the courier of a subscription.
    func bell(of id: UUIDv7) -> Bell? { state.withLock { $0.places[id]?.bell } }

    /// Wakes all couriers.
    func ringAll() {
        let bells = state.withLock { state in state.places.values.map(\.bell) }
        for bell in bells { bell.ring() }
    }

    /// Makes a subscription durable, or answers nil if its owner has as many as it may.
    ///
    /// `make` is given an id whose time is later than those of all others.
    func add(
        for reader: Reader,
        at now: Timestamp,
        _ make: (UUIDv7) -> WebhookSubscription
    ) throws -> WebhookSubscription? {
        try load()
        return try writing.withLock { _ in
            let id = state.withLock { state -> UUIDv7? in
                let own = state.places.values.count { $0.subscription.belongs(to: reader) }
                guard own < WebhookSubscription.limitPerLogin else { return nil }
                state.lastMilliseconds = max(now.milliseconds, state.lastMilliseconds + 1)
                return UUIDv7(
                    timestamp: Timestamp(milliseconds: state.lastMilliseconds),
                    high: .random(in: 0...UInt16.max),
                    low: .random(in: 0...UInt64.max)
                )
            }
            guard let id else { return nil }
            let subscription = make(id)
            try engine.setSettings([
                (name: WebhookSubscription.settingName(id), value: subscription.kept.text)
            ])
            state.withLock { $0.places[id] = Place(subscription: subscription) }
            return subscription
        }
    }

    /// Removes a subscription and its dead letters for good.
    func remove(_ id: UUIDv7) throws {
        let bell = bell(of: id)
        try writing.withLock { _ in
            try engine.setSettings([
                (name: WebhookSubscription.settingName(id), value: nil),
                (name: WebhookSubscription.deadSettingName(id), value: nil),
            ])
            state.withLock { state in
                state.places[id] = nil
                state.changed.remove(id)
                state.changedDead.remove(id)
            }
        }
        bell?.ring()
    }

    /// Changes a subscription and notes that it has to be saved; nil if it was removed.
    func change<T: Sendable>(
        _ id: UUIDv7,
        _ body: (inout WebhookSubscription) -> T
    ) -> T? {
        state.withLock { state in
            guard let before = state.places[id]?.subscription else { return nil }
            var subscription = before
            let result = body(&subscription)
            if subscription != before {
                state.changed.insert(id)
                if subscription.schedule.dead != before.schedule.dead {
                    state.changedDead.insert(id)
                }
                state.places[id]?.subscription = subscription
            }
            return result
        }
    }

    /// Makes all changes durable.
    func save() throws {
        try writing.withLock { _ in
            let (changes, ids, deadIDs) = state.withLock { state in
                defer { (state.changed, state.changedDead) = ([], []) }
                return (Self.settings(of: state), state.changed, state.changedDead)
            }
            do {
                try engine.setSettings(changes)
            } catch {
                state.withLock { state in
                    state.changed.formUnion(ids)
                    state.changedDead.formUnion(deadIDs)
                }
                throw error
            }
        }
    }

    private static func settings(of state: State) -> [(name: String, value: [UInt8]?)] {
        var settings: [(name: String, value: [UInt8]?)] = []
        for id in state.changed.sorted() {
            guard let subscription = state.places[id]?.subscription else { continue }
            settings.append(
                (name: WebhookSubscription.settingName(id), value: subscription.kept.text)
            )
            guard state.changedDead.contains(id) else { continue }
            let letters = subscription.schedule.dead
            settings.append(
                (name: WebhookSubscription.deadSettingName(id), value: letters.kept.text)
            )
        }
        return settings
    }

    /// How many subscriptions there are of each state, and how far behind the last of them is.
    func standings(
        size: UInt64
    ) -> (active: WebhookFigures.Standing, paused: WebhookFigures.Standing) {
        state.withLock { state in
            var active = WebhookFigures.Standing()
            var paused = WebhookFigures.Standing()
            for place in state.places.values {
                let schedule = place.subscription.schedule
                let lag = size > schedule.next ? size - schedule.next : 0
                if schedule.pause == nil {
                    active.count += 1
                    active.lag = max(active.lag, lag)
                } else {
                    paused.count += 1
                    paused.lag = max(paused.lag, lag)
                }
            }
            return (active, paused)
        }
    }
}
