import Foundation
import Hummingbird
import KontorAPI
import KontorClient
import KontorEngine
import KontorServer
import KontorStorage
import Ledger
import Logging
import Signing
import Synchronization
import TestSupport
import Testing
import VerifiableLog

/// The client against the service of this package.
@Suite struct LiveServerTests {
    /// A network whose clock is the wall clock, so that tokens hold.
    private struct World: Sendable {
        var story: NetworkStory
        let terms: Digest
        let member: String
        let service: Service

        init() throws {
            var network = Network(seed: 3, now: World.now)
            network.signs = true
            var story = NetworkStory(network)
            try story.take(story.network.genesis())
            for partner in ["nordwind", "harbour"] { try story.admit(partner) }
            for partner in ["nordwind", "harbour"] {
                try story.take(
                    story.network.addKey("\(partner)#access", use: .access, for: partner)
                )
            }
            terms = try story.agree(NetworkTerms.exchange())
            member = try story.member("nordwind", "harbour")
            let clock = FoundingClock(story.network.now)
            let engine = try Engine(
                store: MemoryLogStore(),
                signer: story.network.logSigner,
                clock: clock
            )
            _ = try engine.submitAndWait(story.ledger.entries.map(\.text))
            clock.release()
            service = Service(
                engine: engine,
                settings: ServiceSettings(),
                metrics: ServerMetrics(),
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            )
            self.story = story
        }

        private static var now: Timestamp {
            Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000))
        }

        func client(_ url: String) throws -> KontorClient {
            try KontorClient(
                url: url,
                verifierKey: story.network.logSigner.verifier,
                login: Login(issuer: "nordwind", key: story.network.key("nordwind#access")),
                policy: quick
            )
        }

        /// New transfers, and the last one of them refused.
        func texts(_ count: Int) -> [[UInt8]] {
            var network = story.network
            return (0...count).map { number in
                let amount = Int64(number == count ? -1 : 100 + number)
                let item = Network.item(member, amount: amount)
                return network.transfers(from: "nordwind", terms: terms, items: [item])
            }
        }
    }

    /// A clock that stands at a moment until it is released, and then is the wall clock.
    private final class FoundingClock: LedgerClock {
        private let moment: Mutex<Timestamp?>
        private let system = SystemClock()

        init(_ moment: Timestamp) {
            self.moment = Mutex(moment)
        }

        func now() throws -> Timestamp { try moment.withLock { $0 } ?? system.now() }

        func release() {
            moment.withLock { $0 = nil }
        }
    }

    @Test func everyCall() async throws {
        let world = try World()
        try await FakeServer.serve(world.service.router().buildResponder()) { url in
            let client = try world.client(url)
            #expect(try await client.ledger() == world.story.network.ledger)
            let size = try await client.checkpoint().size
            #expect(size == UInt64(world.story.ledger.entries.count))

            let texts = world.texts(20)
            let single = try await client.submit(texts[0])
            #expect(single.receipt?.index == size)
            var answers: [SubmissionResult] = []
            for try await result in client.submit(Gathered(texts)) { answers.append(result) }
            guard case .known(let again, nil) = answers[0], case .refused(let no)? = answers.last
            else {
                Issue.record("the first is known, the last refused: \(answers)")
                return
            }
            #expect(again.leafHash == single.receipt?.leafHash)
            #expect(!no.faults.isEmpty)
            #expect(answers.compactMap(\.receipt?.index) == Array(size..<size + 20))

            let id = try #require(single.receipt?.id)
            #expect(try await client.transfer(partner: "nordwind", id: id).jws == texts[0])
            #expect(try await client.entry(at: size).frame.jws == texts[0])
            var count = 0
            for try await entry in client.entries() where entry.kind == "transfers" { count += 1 }
            #expect(count == 20)
            let quote = try await client.quote(QuoteQuestion(terms: world.terms, amount: 50))
            #expect(quote["wouldBe"] == "accepted")
            for list in [client.partners(), client.programs(), client.agreements()] {
                var items = 0
                for try await _ in list { items += 1 }
                #expect(items >= 1)
            }
            for list in [client.positions(), client.rates(), client.statements()] {
                for try await item in list { #expect(item["nothing"] == nil) }
            }
            // A path that the server does not have would end with a problem.
            for list in [client.settlements(), client.certificates(), client.disputes()] {
                for try await _ in list { Issue.record("this world has no night") }
            }
            await expect(.problem) { _ = try await client.entry(at: 1_000) }
        }
    }

    @Test func eventsAsTheyCome() async throws {
        let world = try World()
        try await FakeServer.serve(world.service.router().buildResponder()) { url in
            let client = try world.client(url)
            let start = try await client.checkpoint().size
            let texts = world.texts(12)
            async let seen: [LogEntry] = {
                var entries: [LogEntry] = []
                for try await entry in client.events(from: start) {
                    entries.append(entry)
                    if entries.count == 12 { break }
                }
                return entries
            }()
            for text in texts.dropLast() { _ = try await client.submit(text) }
            #expect(try await seen.map(\.frame.jws) == Array(texts.dropLast()))
        }
    }
}
