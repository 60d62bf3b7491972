import KontorAPI
import NIOCore
import NIOSSL
import Signing
import Testing

@testable import KontorServer

/// One attempt over TLS: to the address that was checked, with the name that is subscribed.
@Suite struct WebhookSenderTests {
    /// A name that no resolver knows, so that a delivery arrives only at the address given to it.
    private static let name = "partner.test"

    /// A signed delivery, as a courier makes it.
    private static func delivery() throws -> [UInt8] {
        let payload = WebhookDelivery.payload(
            ledger: .zero,
            subscription: try #require(UUIDv7("019a0000-0000-7000-8000-000000000000")),
            index: 3,
            attempt: 1,
            entry: Array("{}".utf8)
        )
        return JWS(signing: payload, type: WebhookDelivery.type, with: .generate(.ed25519)).compact
    }

    /// Posts to a receiver at a port of this machine.
    private static func post(
        to receiver: HookReceiver,
        trust: TLSConfiguration,
        count: Int = 1
    ) async throws -> [DeliveryOutcome] {
        let port = receiver.port
        var tools = HookedLedger.tools
        tools.tls = trust
        let address = try SocketAddress(ipAddress: "127.0.0.1", port: port)
        tools.resolve = { _, _, _ in address }
        let url = try WebhookURL(parsing: "https://\(name):\(port)/hook", allowsLoopback: true)
        var sender = WebhookSender(url: url, allowsLoopback: true, tools: tools)
        var outcomes: [DeliveryOutcome] = []
        for _ in 0..<count { outcomes.append(await sender.post(try delivery())) }
        await sender.close()
        return outcomes
    }

    @Test func theNameIsProvedAtTheAddressThatWasChecked() async throws {
        let authority = try TestAuthority()
        let receiver = HookReceiver()
        try await receiver.start(tls: try authority.server(named: Self.name))
        let outcomes = try await Self.post(to: receiver, trust: authority.trust, count: 2)
        #expect(outcomes == [.taken, .taken])
        #expect(
            receiver.received.map(\.host)
                == Array(repeating: "\(Self.name):\(receiver.port)", count: 2)
        )
        await receiver.stop()
    }

    @Test func aReceiverThatDoesNotProveTheNameGetsNothing() async throws {
        let authority = try TestAuthority()
        let other = try TestAuthority()
        for (server, trust) in [
            // The certificate is another name's; another authority's; of one that is not trusted.
            (try authority.server(named: "other.test"), authority.trust),
            (try other.server(named: Self.name), authority.trust),
            (try authority.server(named: Self.name), TLSConfiguration.makeClientConfiguration()),
        ] {
            let receiver = HookReceiver()
            try await receiver.start(tls: server)
            let outcomes = try await Self.post(to: receiver, trust: trust)
            #expect(outcomes == [.failed(DeliveryFailure(.tls))])
            #expect(receiver.received.isEmpty)
            await receiver.stop()
        }
    }

    @Test func aReceiverWithoutTLSGetsNothing() async throws {
        let authority = try TestAuthority()
        let receiver = HookReceiver()
        try await receiver.start()
        guard case .failed = try await Self.post(to: receiver, trust: authority.trust)[0] else {
            Issue.record("it was taken without TLS")
            return
        }
        #expect(receiver.received.isEmpty)
        await receiver.stop()
    }
}
