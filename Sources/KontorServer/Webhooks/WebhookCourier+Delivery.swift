internal import KontorAPI
internal import KontorEngine
internal import Ledger
internal import Logging
internal import Signing

/// What a courier does for one subscription: find the next entry, and send it.
extension WebhookCourier {
    /// One attempt at one entry.
    struct Delivery: Sendable {
        let id: UUIDv7
        let index: UInt64
        let attempt: Int
        let round: Int
    }

    /// Entries that are looked at before others get a turn.
    private static let lookLimit: UInt64 = 1_024
    /// How long is waited after the log could not be read.
    private static let faultTime = Duration.seconds(1)

    /// Finds the next entry that is wanted; at the end of the log, waits for more.
    func look(_ id: UUIDv7, from first: UInt64, in round: Int, _ bell: Bell) async {
        let size = engine.head?.size ?? 0
        guard first < size else { return await bell.wait() }
        guard let subscription = register.subscription(id) else { return }
        guard let owner = owner(of: subscription) else { return stop(id, .owner) }
        let end = min(size, first + Self.lookLimit)
        var index = first
        do {
            while index < end {
                if let view = try feed.view(at: index), subscription.wants(view, for: owner) {
                    break
                }
                index += 1
            }
        } catch {
            return await rest(id, after: error, bell)
        }
        let isWanted = index < end
        _ = register.change(id) { subscription in
            subscription.schedule.looked(upTo: index, isWanted: isWanted, in: round)
        }
        await Task.yield()
    }

    /// Makes one attempt at an entry, unless its owner may not read it any more.
    func send(_ delivery: Delivery, by sender: inout WebhookSender, _ bell: Bell) async {
        let id = delivery.id
        guard let subscription = register.subscription(id) else { return }
        guard let owner = owner(of: subscription) else { return stop(id, .owner) }
        let text: [UInt8]
        do {
            guard let view = try feed.view(at: delivery.index),
                subscription.wants(view, for: owner),
                let ledger = engine.read({ $0.ledger })
            else {
                _ = register.change(id) { subscription in
                    subscription.schedule.skipped(delivery.index, in: delivery.round)
                }
                return
            }
            let payload = WebhookDelivery.payload(
                ledger: ledger,
                subscription: id,
                index: delivery.index,
                attempt: delivery.attempt,
                entry: view.text
            )
            text = engine.signed(payload, as: .delivery)
        } catch {
            return await rest(id, after: error, bell)
        }
        let outcome = await sender.post(text)
        // What was broken off is neither taken nor failed.
        if Task.isCancelled, outcome != .taken { return }
        let effect = register.change(id) { subscription in
            subscription.schedule.attempted(
                outcome,
                at: tools.now(),
                in: delivery.round,
                tools.limits,
                draw: tools.draw
            )
        }
        if let effect { note(effect, id) }
    }

    /// Whose entries are sent: nil once the key was revoked, or its owner may not log in.
    private func owner(of subscription: WebhookSubscription) -> Reader? {
        let holder = engine.access(of: subscription.keyID)?.owner
        guard let holder, subscription.belongs(to: holder) else { return nil }
        return holder
    }

    private func stop(_ id: UUIDv7, _ reason: DeliverySchedule.Pause) {
        let effect = register.change(id) { $0.schedule.stop(reason) }
        if let effect { note(effect, id) }
    }

    private func rest(_ id: UUIDv7, after error: any Error, _ bell: Bell) async {
        logger.error(
            "an entry for a webhook cannot be read",
            metadata: ["subscription": "\(id)", "error": "\(error)"]
        )
        await bell.wait(atMost: Self.faultTime)
    }

    private func note(_ effect: DeliverySchedule.Effect, _ id: UUIDv7) {
        switch effect {
        case .none: break
        case .delivered: metrics.webhooks { $0.delivered += 1 }
        case .retried: metrics.webhooks { $0.retried += 1 }
        case .died(let letter):
            metrics.webhooks { $0.dead += 1 }
            logger.warning(
                "a webhook delivery is dead",
                metadata: [
                    "subscription": "\(id)", "index": "\(letter.index)",
                    "reason": "\(letter.failure.reason.rawValue)",
                ]
            )
        case .paused(let reason):
            logger.notice(
                "a webhook is paused",
                metadata: ["subscription": "\(id)", "reason": "\(reason.rawValue)"]
            )
        }
    }
}
