import Foundation
import KontorEngine
import NIOCore
import Synchronization
import Testing

@testable import KontorServer

/// The two addresses, their connections, and the end of a server.
@Suite struct OperationTests {
    private func expect(_ status: Int, of path: String, at client: RawClient) async throws {
        let found = try await client.status(of: path)
        #expect(found == status, "\(path)")
    }

    @Test func healthAndMetrics() async throws {
        try await RunningServer.with { server in
            for client in [server.client, server.admin] {
                try await expect(200, of: "/healthz", at: client)
                try await expect(200, of: "/readyz", at: client)
                try await expect(404, of: "/nothing", at: client)
            }
            try await expect(404, of: "/metrics", at: server.client)
            try await expect(200, of: "/metrics", at: server.admin)
        }
    }

    /// Bytes that are no request, and the answer's status.
    @Test(arguments: [
        (
            "GET /healthz HTTP/1.1\r\nHost: x\r\nX: \(String(repeating: "a", count: 3_000))\r\n\r\n",
            431
        ),
        (
            "GET /healthz HTTP/1.1\r\nHost: x\r\n\(String(repeating: "X: a\r\n", count: 40))\r\n",
            431
        ),
        ("NONSENSE\r\n\r\n", 400), ("\u{16}\u{03}\u{01}", 400),
        ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400),
        (
            "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n",
            400
        ),
        ("GET /healthz HTTP/1.1\r\nHost: x", 408),
    ])
    func whatIsNoRequest(bytes: String, status: Int) async throws {
        try await RunningServer.with(change: {
            $0.limits.headerBytes = 2_048
            $0.limits.headerFields = 32
            $0.limits.headerSeconds = 1
        }) { server in
            let answer = try await server.client.exchange(bytes)
            #expect(answer.hasPrefix("HTTP/1.1 \(status) "), "\(answer)")
            #expect(answer.contains("application/problem+json"))
            #expect(answer.contains("\"requestId\""))
            // The next one is served as if nothing had been.
            try await expect(200, of: "/healthz", at: server.client)
        }
    }

    @Test func aHeadByteByByteIsCut() async throws {
        try await RunningServer.with(change: {
            $0.limits.headerSeconds = 1
        }) { server in
            let channel = try await server.client.connect()
            let start = ContinuousClock.now
            let answer = try await channel.executeThenClose { inbound, outbound in
                try await withThrowingTaskGroup(of: String.self) { group in
                    group.addTask {
                        for byte in "GET /healthz HTTP/1.1\r\n".utf8 {
                            try await outbound.write(ByteBuffer(bytes: [byte]))
                            try await Task.sleep(for: .milliseconds(200))
                        }
                        return ""
                    }
                    group.addTask {
                        var answer = ""
                        for try await part in inbound { answer += String(buffer: part) }
                        return answer
                    }
                    let answer = try await group.next() ?? ""
                    group.cancelAll()
                    return answer
                }
            }
            #expect(answer.hasPrefix("HTTP/1.1 408 "))
            #expect(start.duration(to: .now) < .seconds(4))
            #expect(server.metrics.snapshot.connectionsCut == 1)
        }
    }

    @Test func silentConnectionsAreCut() async throws {
        try await RunningServer.with(change: {
            $0.limits.idleSeconds = 1
        }) { server in
            let silence = try await server.client.exchange("")
            #expect(silence == "")
            // Kept alive after a request, and then silent.
            let answer = try await server.client.exchange(
                "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
            )
            #expect(answer.hasPrefix("HTTP/1.1 200 "))
        }
    }

    @Test func connectionsAreBounded() async throws {
        try await RunningServer.with(change: {
            $0.limits.connectionsPerAddress = 2
        }) { server in
            let held = [try await server.client.connect(), try await server.client.connect()]
            while server.metrics.snapshot.connections < 2 { await Task.yield() }
            let answer = try? await server.client.status(of: "/healthz")
            #expect(answer ?? 0 == 0)
            #expect(server.metrics.snapshot.connectionsRefused == 1)
            try await expect(200, of: "/healthz", at: server.admin)
            for channel in held { try await channel.executeThenClose { _, _ in } }
            while server.metrics.snapshot.connections > 0 { await Task.yield() }
            try await expect(200, of: "/healthz", at: server.client)
        }
    }

    @Test func theRegisterForgetsAddresses() {
        let register = ConnectionRegister(limit: 3, limitPerAddress: 2)
        #expect(register.admit("a"))
        #expect(register.admit("a"))
        #expect(!register.admit("a"))
        #expect(register.admit("b"))
        #expect(!register.admit("c"))
        register.release("a")
        #expect(register.admit("c"))
        #expect(register.count == 3)
    }

    @Test func aShutdownClosesTheLedger() async throws {
        let engine = Mutex<Engine?>(nil)
        try await RunningServer.with { server in
            engine.withLock { $0 = server.engine }
            // An idle connection does not hold up the end.
            let idle = server.client
            Task { _ = try? await idle.exchange("") }
            while server.metrics.snapshot.connections < 1 { await Task.yield() }
            try await expect(200, of: "/readyz", at: server.client)
        }
        let closed = try #require(engine.withLock { $0 })
        #expect(throws: (any Error).self) { try closed.acceptedEntry(at: 0) }
    }

    @Test func anAddressInUseIsNamed() async throws {
        try await RunningServer.with { server in
            let port = server.addresses.port
            let error = await #expect(throws: ServerError.self) {
                try await RunningServer.with(change: {
                    $0.port = port
                }) { _ in
                    Issue.record("two servers on one port")
                }
            }
            #expect(error?.code == .address)
            #expect(error?.message.contains("127.0.0.1:\(port)") == true)
        }
    }
}
