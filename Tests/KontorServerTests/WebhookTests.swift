import HTTPTypes
import KontorAPI
import KontorEngine
import KontorStorage
import Ledger
import Signing
import TestSupport
import Testing

@testable import KontorServer

/// Subscriptions through the API, and how they are kept.
struct WebhookTests {
    static let url = "https://hooks.example.com/kontor"

    @Test func aSubscriptionIsMadeShownAndRemoved() async throws {
        let hooked = try HookedLedger()
        let path = try await hooked.subscribe(Self.url, kinds: ["transfers", "key.add"], from: 3)
        let answer = try await hooked.ask(.get, path)
        let shown = try JSONValue(parsing: answer.body)
        #expect(shown["url"] == .string(Self.url))
        #expect(shown["kinds"] == ["transfers", "key.add"])
        #expect(shown["next"] == 3)
        #expect(shown["state"] == "active")
        #expect(shown["dead"] == 0)
        #expect(path == "/v1/webhooks/\(try #require(shown["id"]?.string))")
        #expect(try await hooked.ask(.delete, path).status == 204)
        #expect(try await hooked.ask(.get, path).status == 404)
        #expect(try await hooked.ask(.delete, path).status == 404)
        let settings = try hooked.ledger.engine.settings(withPrefix: "webhook")
        #expect(settings.isEmpty)
    }

    /// Without `from`, what comes next is sent.
    @Test func withoutFromItBeginsAtTheEnd() async throws {
        let hooked = try HookedLedger()
        let path = try await hooked.subscribe(Self.url, from: nil)
        #expect(try await hooked.shown(path, "next") == .integer(Int64(hooked.ledger.size)))
    }

    /// A body, the status, and the place of the problem.
    @Test(arguments: [
        ("", "byte 0"), ("[]", "value"), ("{}", "url"), ("{\"url\":1}", "url"),
        ("{\"url\":\"http://hooks.example.com/\"}", "url"),
        ("{\"url\":\"https:\\u002f/10.0.0.1/\"}", "url"),
        ("{\"url\":\"https://hooks.example.com/\",\"kinds\":[]}", "kinds"),
        ("{\"url\":\"https://hooks.example.com/\",\"kinds\":[\"gossip\"]}", "kinds"),
        ("{\"url\":\"https://hooks.example.com/\",\"kinds\":[1]}", "kinds"),
        ("{\"url\":\"https://hooks.example.com/\",\"kinds\":[\"genesis\",\"genesis\"]}", "kinds"),
        ("{\"url\":\"https://hooks.example.com/\",\"from\":-1}", "from"),
        ("{\"url\":\"https://hooks.example.com/\",\"from\":1000000}", "from"),
        ("{\"url\":\"https://hooks.example.com/\",\"secret\":\"a\"}", "secret"),
    ])
    func aRequestThatIsWrongIsRefusedAtItsPlace(body: String, place: String) async throws {
        let hooked = try HookedLedger()
        var headers = hooked.ledger.headers(.nordwind, identifier: "one")
        headers[.contentType] = MediaType.json
        let answer = try await hooked.send(.post, "/v1/webhooks", headers, Array(body.utf8))
        #expect(answer.status == 400)
        let problem = try Problem(json: JSONValue(parsing: answer.body))
        #expect(problem.code == "MalformedRequest")
        #expect(problem.place == place)
    }

    /// What each role gets of a subscription of nordwind.
    @Test func nobodyTouchesTheSubscriptionOfAnother() async throws {
        let hooked = try HookedLedger()
        let path = try await hooked.subscribe(Self.url)
        let replay = ReplayRequest(from: 0).json
        for role in ServedLedger.Role.allCases where role != .nordwind {
            let status = role == .nobody ? 401 : 404
            #expect(try await hooked.ask(.get, path, by: role).status == status)
            #expect(try await hooked.ask(.get, "\(path)/dead", by: role).status == status)
            #expect(
                try await hooked.ask(.post, "\(path)/replay", by: role, replay).status == status
            )
            #expect(try await hooked.ask(.delete, path, by: role).status == status)
            guard role != .nobody else { continue }
            let list = try await hooked.ask(.get, "/v1/webhooks", by: role)
            #expect(try Page(parsing: list.body).items.isEmpty)
        }
        let own: [(Int, Int)] = [
            (try await hooked.ask(.get, path).status, 200),
            (try await hooked.ask(.get, "\(path)/dead").status, 200),
            (try await hooked.ask(.post, "\(path)/replay", replay).status, 202),
            (try await hooked.ask(.post, "\(path)/replay").status, 415),
            (
                try await hooked.ask(
                    .post,
                    "\(path)/replay",
                    ReplayRequest(from: hooked.ledger.size + 1).json
                ).status, 400
            ),
            (try await hooked.ask(.get, "/v1/webhooks/no-id").status, 404),
        ]
        for (status, expected) in own { #expect(status == expected) }
    }

    @Test func aLoginHasSixteenAndListsThemInPages() async throws {
        let hooked = try HookedLedger()
        var paths: [String] = []
        for number in 0..<WebhookSubscription.limitPerLogin {
            paths.append(try await hooked.subscribe("\(Self.url)/\(number)"))
        }
        let answer = try await hooked.ask(
            .post,
            "/v1/webhooks",
            WebhookRequest(url: Self.url).json
        )
        #expect(answer.status == 409)
        _ = try await hooked.subscribe(Self.url, by: .auditor)
        var listed: [String] = []
        var next: String?
        repeat {
            let cursor = next.map { "&cursor=\($0)" } ?? ""
            let answer = try await hooked.ask(.get, "/v1/webhooks?limit=5\(cursor)")
            let page = try Page(parsing: answer.body)
            #expect(page.items.count <= 5)
            listed += page.items.compactMap { $0["id"]?.string.map { "/v1/webhooks/\($0)" } }
            next = page.next
        } while next != nil
        #expect(listed == paths)
        #expect(try await hooked.ask(.get, "/v1/webhooks?cursor=YQ").status == 400)
        _ = try await hooked.ask(.delete, paths[0])
        _ = try await hooked.subscribe(Self.url)
    }

    @Test func whatIsKeptComesBackWhole() throws {
        let id = try #require(UUIDv7("0195fd5e-5c00-7000-8000-000000000001"))
        let moment = WebhookScheduleTests.start
        var dead = DeadLetters()
        dead.add(
            DeadLetter(
                index: 4,
                attempts: 9,
                time: moment,
                failure: DeliveryFailure(.status, status: 500)
            ),
            limit: 9
        )
        dead.add(
            DeadLetter(index: 5, attempts: 2, time: moment, failure: DeliveryFailure(.tls)),
            limit: 9
        )
        let pending = DeliverySchedule.Pending(
            failureCount: 3,
            firstAt: moment,
            retryAt: moment.advanced(byMilliseconds: 7)
        )
        let schedules = [
            DeliverySchedule(next: 0),
            DeliverySchedule(next: 1 << 40, pause: .gone, dead: dead),
            DeliverySchedule(next: 6, pause: .owner),
            DeliverySchedule(next: 6, pending: pending, dead: dead),
            DeliverySchedule(next: 6, pending: DeliverySchedule.Pending()),
        ]
        for (schedule, kinds) in zip(schedules, [nil, [.transfers], nil, Kind.allCases, nil]) {
            let subscription = WebhookSubscription(
                id: id,
                owner: Reader(role: .auditor, name: "auditor-one"),
                keyID: DigestBuilder.digest([1]),
                url: try WebhookURL(parsing: Self.url, allowsLoopback: false),
                kinds: kinds,
                schedule: schedule
            )
            let kept = try JSONValue(parsing: subscription.kept.text)
            let letters = try JSONValue(parsing: schedule.dead.kept.text)
            let again = WebhookSubscription(kept: kept, dead: DeadLetters(kept: letters))
            #expect(again == subscription)
        }
    }

    @Test func whatCannotBeReadIsLeftAlone() async throws {
        let hooked = try HookedLedger()
        let engine = hooked.ledger.engine
        try engine.setSettings([(name: "webhook/odd", value: Array("{}".utf8))])
        #expect(try hooked.service.webhooks.register.load() == ["odd"])
        let path = try await hooked.subscribe(Self.url)
        #expect(try await hooked.ask(.get, path).status == 200)
        #expect(try engine.settings(withPrefix: "webhook/odd").count == 1)
    }

    /// A store that fails at some call while a subscription is made or removed: if the answer says
    /// so, nothing was changed.
    @Test(arguments: [false, true])
    func aFaultOfTheStoreChangesNothing(removes: Bool) async throws {
        let whole = try await run(FaultyStore(MemoryLogStore()), removes: removes)
        #expect(whole.status == (removes ? 204 : 201))
        #expect(whole.calls.count > 0)
        for call in whole.calls {
            let store = FaultyStore(MemoryLogStore(), .fails, atCall: call)
            let faulty = try await run(store, removes: removes)
            #expect(faulty.status == 500, "call \(call)")
            #expect(faulty.count == 1, "call \(call)")
        }
    }

    /// Makes a second subscription or removes the first: the answer, the store's calls for it, and
    /// how many there are then.
    private func run(
        _ store: FaultyStore,
        removes: Bool
    ) async throws -> (status: Int, calls: ClosedRange<Int>, count: Int) {
        let hooked = try HookedLedger(store: store)
        let path = try await hooked.subscribe(Self.url)
        let before = store.calls
        let answer =
            removes
            ? try await hooked.ask(.delete, path)
            : try await hooked.ask(.post, "/v1/webhooks", WebhookRequest(url: Self.url).json)
        let calls = before + 1...store.calls
        let again = HookedLedger.service(over: hooked.ledger.engine)
        let reader = Reader(role: .partner, name: "nordwind")
        return (answer.status, calls, try again.webhooks.register.all(of: reader).count)
    }
}

extension JSONValue {
    fileprivate var string: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }
}
