import HTTPTypes
import KontorAPI
import KontorEngine
import KontorStorage
import Ledger
import NIOCore
import Signing
import Synchronization
import TestSupport
import Testing

@testable import KontorServer

/// Deliveries over the wire: order, at least once, and what becomes of receivers that fail.
struct WebhookDeliveryTests {
    @Test func aSubscriberGetsWhatItMayReadInOrder() async throws {
        let hooked = try HookedLedger(transfers: 3)
        let receiver = HookReceiver()
        let foreign = HookReceiver()
        try await receiver.start()
        try await foreign.start()
        let expected = try hooked.visible(to: .partner, "nordwind")
        let foreignExpected = try hooked.visible(to: .partner, "suedkauf")
        #expect(foreignExpected.count < expected.count)
        try await hooked.whileDelivering {
            _ = try await hooked.subscribe(receiver.url)
            _ = try await hooked.subscribe(foreign.url, by: .suedkauf)
            #expect(await eventually { receiver.indexes.count == expected.count })
            #expect(await eventually { foreign.indexes.count == foreignExpected.count })
        }
        #expect(receiver.indexes == expected)
        #expect(foreign.indexes == foreignExpected)
        let key = hooked.ledger.story.network.key("log").publicKey
        for received in receiver.received {
            #expect(received.contentType == "application/jose")
            #expect(received.path == "/hook")
            #expect("http://\(received.host)/hook" == receiver.url)
            try JWS(parsing: received.text, type: "kontor-webhook+jws").verify(with: key)
            let view = try #require(try hooked.ledger.engine.view(at: received.delivery.index))
            #expect(received.delivery.entry.text == view.text)
            #expect(received.delivery.ledger == hooked.ledger.story.network.ledger)
            #expect(received.delivery.attempt == 1)
        }
        #expect(
            hooked.metrics.snapshot.webhooks.delivered == expected.count + foreignExpected.count
        )
        await receiver.stop()
        await foreign.stop()
    }

    @Test func anEntryIsTriedUntilItIsTakenAndOnlyThenTheNext() async throws {
        let hooked = try HookedLedger(transfers: 2)
        let receiver = HookReceiver { delivery in
            HookReceiver.Answer(status: [500, 429, 302, 204][min(delivery.attempt - 1, 3)])
        }
        try await receiver.start()
        let expected = try hooked.visible(to: .auditor, "auditor-one").suffix(4)
        try await hooked.whileDelivering {
            _ = try await hooked.subscribe(receiver.url, by: .auditor, from: expected.first)
            #expect(await eventually { receiver.received.count == expected.count * 4 })
        }
        let attempts = receiver.deliveries.map { "\($0.index) \($0.attempt)" }
        #expect(attempts == expected.flatMap { index in (1...4).map { "\(index) \($0)" } })
        let names = Set(receiver.deliveries.map(\.delivery))
        #expect(names.count == expected.count, "attempts at one entry have one name")
        #expect(hooked.metrics.snapshot.webhooks.retried == expected.count * 3)
        await receiver.stop()
    }

    @Test func onlyTheKindsThatAreWantedAreSentAndNewEntriesWhenTheyCome() async throws {
        var hooked = try HookedLedger()
        let receiver = HookReceiver()
        try await receiver.start()
        let path = try await hooked.subscribe(receiver.url, kinds: ["transfers"], from: nil)
        let texts = (0..<5).map { _ in hooked.ledger.newTransfer() }
        let first = hooked.ledger.size
        let ledger = hooked.ledger
        try await hooked.whileDelivering {
            for (number, text) in texts.enumerated() {
                _ = try ledger.engine.submitAndWait([text])
                #expect(await eventually { receiver.indexes.count == number + 1 })
            }
        }
        #expect(receiver.indexes == Array(first..<first + 5))
        let next = try await hooked.shown(path, "next")
        #expect(next == .integer(Int64(ledger.size)))
        await receiver.stop()
    }

    @Test func aSlowReceiverIsTriedAgain() async throws {
        var tools = HookedLedger.tools
        // Long enough for a busy machine to answer the second attempt within it.
        tools.attemptTime = .seconds(3)
        let hooked = try HookedLedger(tools: tools)
        let receiver = HookReceiver { delivery in
            HookReceiver.Answer(delay: delivery.attempt == 1 ? .seconds(600) : .zero)
        }
        try await receiver.start()
        let last = hooked.ledger.size - 1
        try await hooked.whileDelivering {
            let path = try await hooked.subscribe(receiver.url, from: last)
            #expect(
                try await eventually {
                    try await hooked.shown(path, "next") == .integer(Int64(last + 1))
                }
            )
        }
        #expect(receiver.deliveries.map(\.attempt) == [1, 2])
        await receiver.stop()
    }

    @Test func aReceiverThatIsGoneIsLeftAloneUntilAReplay() async throws {
        let hooked = try HookedLedger(transfers: 3)
        let isBack = Mutex(false)
        let receiver = HookReceiver { _ in
            HookReceiver.Answer(status: isBack.withLock { $0 } ? 200 : 410)
        }
        try await receiver.start()
        let last = hooked.ledger.size - 1
        try await hooked.whileDelivering {
            let path = try await hooked.subscribe(receiver.url, from: last - 2)
            #expect(
                try await eventually { try await hooked.shown(path, "state") == "paused" }
            )
            #expect(try await hooked.shown(path, "pausedFor") == "gone")
            #expect(receiver.indexes == [last - 2])
            isBack.withLock { $0 = true }
            let answer = try await hooked.ask(
                .post,
                "\(path)/replay",
                ReplayRequest(from: last - 1).json
            )
            #expect(answer.status == 202)
            #expect(await eventually { receiver.indexes == [last - 2, last - 1, last] })
            #expect(try await hooked.shown(path, "state") == "active")
        }
        await receiver.stop()
    }

    @Test func aReceiverThatDiesAndComesBackMissesNothing() async throws {
        let hooked = try HookedLedger(transfers: 10)
        let receiver = HookReceiver()
        try await receiver.start()
        let expected = try hooked.visible(to: .partner, "harbour")
        try await hooked.whileDelivering {
            let path = try await hooked.subscribe(receiver.url, by: .harbour, from: nil)
            await receiver.stop()
            _ = try await hooked.ask(
                .post,
                "\(path)/replay",
                by: .harbour,
                ReplayRequest(from: 0).json
            )
            #expect(
                await eventually { hooked.metrics.snapshot.webhooks.retried >= 3 },
                "nobody is there"
            )
            try await receiver.start()
            #expect(await eventually { receiver.indexes.count >= expected.count })
        }
        #expect(receiver.indexes == expected)
        await receiver.stop()
    }

    @Test func deadLettersAreListedAndReplayed() async throws {
        var tools = HookedLedger.tools
        tools.limits.lifetime = 30
        let hooked = try HookedLedger(transfers: 3, tools: tools)
        let isWell = Mutex(false)
        let receiver = HookReceiver { delivery in
            HookReceiver.Answer(
                status: delivery.index % 2 == 0 || isWell.withLock { $0 } ? 200 : 503
            )
        }
        try await receiver.start()
        let first = hooked.ledger.size - 4
        let odd = (first..<hooked.ledger.size).filter { $0 % 2 == 1 }
        try await hooked.whileDelivering {
            let path = try await hooked.subscribe(receiver.url, by: .auditor, from: first)
            #expect(
                try await eventually {
                    try await hooked.shown(path, "dead", by: .auditor) == .integer(2)
                }
            )
            var cursor = ""
            for index in odd {
                let answer = try await hooked.ask(
                    .get,
                    "\(path)/dead?limit=1\(cursor)",
                    by: .auditor
                )
                let page = try Page(parsing: answer.body)
                let letter = try #require(page.items.first)
                #expect(letter["index"] == .integer(Int64(index)))
                #expect(letter["reason"] == "status")
                #expect(letter["status"] == .integer(503))
                #expect(letter["attempts"] != nil && letter["time"] != nil)
                cursor = page.next.map { "&cursor=\($0)" } ?? ""
            }
            #expect(cursor == "", "there are two")
            isWell.withLock { $0 = true }
            let end = hooked.ledger.size
            #expect(
                try await eventually {
                    try await hooked.shown(path, "next", by: .auditor) == .integer(Int64(end))
                }
            )
            let before = receiver.received.count
            let replay = ReplayRequest(from: odd[1]).json
            _ = try await hooked.ask(.post, "\(path)/replay", by: .auditor, replay)
            let rest = Int(end - odd[1])
            #expect(await eventually { receiver.received.count == before + rest })
            #expect(try await hooked.shown(path, "dead", by: .auditor) == .integer(1))
        }
        #expect(hooked.metrics.snapshot.webhooks.dead == 2)
        await receiver.stop()
    }

    /// Names that lead to where deliveries do not go, also if the name was harmless a moment ago.
    @Test func privateAddressesAreRefusedAfterResolution() async throws {
        var tools = HookedLedger.tools
        tools.limits.lifetime = 0
        let asked = Mutex(0)
        tools.resolve = { host, port, _ in
            asked.withLock { $0 += 1 }
            let addresses = [
                "loopback.example": "127.0.0.1", "private.example": "10.0.0.1",
                "metadata.example": "169.254.169.254", "six.example": "::ffff:192.168.0.1",
            ]
            return addresses[host].flatMap { try? SocketAddress(ipAddress: $0, port: port) }
        }
        let hooked = try HookedLedger(tools: tools, allowsLoopback: false)
        let last = hooked.ledger.size - 1
        try await hooked.whileDelivering {
            for name in ["loopback", "private", "metadata", "six", "nowhere"] {
                let path = try await hooked.subscribe("https://\(name).example/", from: last)
                #expect(
                    try await eventually { try await hooked.shown(path, "dead") == .integer(1) },
                    "\(name)"
                )
                let answer = try await hooked.ask(.get, "\(path)/dead")
                #expect(try Page(parsing: answer.body).items.first?["reason"] == "address")
            }
        }
        #expect(asked.withLock { $0 } == 5)
    }

    /// A name is reached at the address that was checked, under its own name.
    @Test func theConnectionGoesToTheAddressThatWasChecked() async throws {
        let receiver = HookReceiver()
        try await receiver.start()
        var tools = HookedLedger.tools
        tools.resolve = { _, port, _ in try? SocketAddress(ipAddress: "127.0.0.1", port: port) }
        var sender = WebhookSender(
            url: try WebhookURL(
                parsing: receiver.url.replacing("127.0.0.1", with: "localhost"),
                allowsLoopback: true
            ),
            allowsLoopback: true,
            tools: tools
        )
        let delivery = WebhookDelivery.payload(
            ledger: .zero,
            subscription: try #require(UUIDv7("0195fd5e-5c00-7000-8000-000000000001")),
            index: 1,
            attempt: 1,
            entry: Array("{}".utf8)
        )
        let key = try ServedLedger().story.network.key("log")
        let jws = JWS(signing: delivery, type: WebhookDelivery.type, with: key)
        #expect(await sender.post(jws.compact) == .taken)
        #expect(await sender.post(jws.compact) == .taken)
        #expect(receiver.received.map(\.host).allSatisfy { $0.hasPrefix("localhost:") })
        await sender.close()
        await receiver.stop()
    }

    @Test func redirectsAreNotFollowed() async throws {
        let other = HookReceiver()
        try await other.start()
        let target = other.url
        let receiver = HookReceiver { delivery in
            HookReceiver.Answer(status: delivery.attempt == 1 ? 307 : 204, location: target)
        }
        try await receiver.start()
        let hooked = try HookedLedger()
        try await hooked.whileDelivering {
            _ = try await hooked.subscribe(receiver.url, from: hooked.ledger.size - 1)
            #expect(await eventually { receiver.received.count == 2 })
        }
        #expect(other.received.isEmpty)
        await receiver.stop()
        await other.stop()
    }

    @Test func aRevokedKeyEndsDeliveries() async throws {
        var hooked = try HookedLedger()
        let receiver = HookReceiver()
        try await receiver.start()
        let revocation = hooked.ledger.story.network.revokeKey(
            "nordwind#access",
            for: "nordwind",
            key: "nordwind#recovery"
        )
        let path = try await hooked.subscribe(receiver.url, from: nil)
        let id = try #require(UUIDv7(path.dropFirst("/v1/webhooks/".count)))
        let service = hooked.service
        _ = try hooked.ledger.engine.submitAndWait([revocation])
        try await hooked.whileDelivering {
            #expect(
                await eventually {
                    service.webhooks.register.subscription(id)?.schedule.pause == .owner
                }
            )
        }
        #expect(receiver.received.isEmpty, "not even the entry that revokes it")
        await receiver.stop()
    }

    @Test func shutdownWaitsForTheAttemptUnderWay() async throws {
        let hooked = try HookedLedger(transfers: 3)
        let receiver = HookReceiver { _ in HookReceiver.Answer(delay: .milliseconds(200)) }
        try await receiver.start()
        let first = hooked.ledger.size - 3
        let path = try await hooked.subscribe(receiver.url, from: first)
        try await hooked.whileDelivering {
            #expect(await eventually { receiver.received.count == 1 })
        }
        #expect(try await hooked.shown(path, "next") == .integer(Int64(first + 1)))
        #expect(receiver.indexes == [first])
        await receiver.stop()
    }

    @Test func deliveriesGoOnAfterARestart() async throws {
        let store = MemoryLogStore()
        let hooked = try HookedLedger(store: store, transfers: 20)
        let receiver = HookReceiver()
        try await receiver.start()
        let expected = try hooked.visible(to: .partner, "nordwind")
        let path = try await hooked.subscribe(receiver.url)
        try await hooked.whileDelivering {
            #expect(await eventually { receiver.received.count >= 5 })
        }
        let before = receiver.indexes
        #expect(before == Array(expected.prefix(before.count)))
        let again = HookedLedger.service(over: hooked.ledger.engine)
        let id = try #require(UUIDv7(path.dropFirst("/v1/webhooks/".count)))
        let running = Task { try await again.webhooks.run() }
        #expect(await eventually { receiver.received.count >= expected.count })
        #expect(again.webhooks.register.subscription(id)?.url.text == receiver.url)
        again.webhooks.stop()
        try await running.value
        #expect(receiver.indexes == expected, "what was saved is not sent again")
        await receiver.stop()
    }

    /// The process ends at any moment: what was not saved is sent again, and nothing is left out.
    @Test func aKilledProcessLosesNothing() async throws {
        var tools = HookedLedger.tools
        tools.saveTime = .seconds(3_600)
        let hooked = try HookedLedger(transfers: 5, tools: tools)
        let receiver = HookReceiver()
        try await receiver.start()
        let expected = try hooked.visible(to: .partner, "nordwind")
        _ = try await hooked.subscribe(receiver.url)
        // The first service never gets to saving, as if it had been killed.
        let running = Task { [webhooks = hooked.service.webhooks] in try await webhooks.run() }
        #expect(await eventually { receiver.received.count == expected.count })
        let again = HookedLedger.service(over: hooked.ledger.engine)
        let runningAgain = Task { try await again.webhooks.run() }
        #expect(await eventually { receiver.received.count == 2 * expected.count })
        #expect(receiver.indexes == expected + expected)
        again.webhooks.stop()
        hooked.service.webhooks.stop()
        try await running.value
        try await runningAgain.value
        await receiver.stop()
    }
}
