internal import Foundation
internal import NIOCore
internal import VerifiableLog

extension BenchmarkRun {
    /// Reads of the checkpoint and of full tiles, against a route that does nothing.
    mutating func reads(
        _ input: WireInput,
        _ server: ServerProcess,
        _ loop: any EventLoop
    ) throws {
        if try Self.size(server, loop) < 1_024 {
            let requests = Array(input.requests.prefix(1_024))
            _ = try Exchange.perform(requests, port: server.port, connections: 16, on: loop)
        }
        let size = try Self.settledSize(server, loop)
        let tiles = try (0..<min(64, size / 256)).map {
            WireRequest.get("/\(try TilePath(level: 0, index: $0, width: 256))")
        }
        try read("tile reads", tiles, server, loop)
        try read("checkpoint reads", [WireRequest.get("/checkpoint")], server, loop)
    }

    /// The size of the tree that `/checkpoint` shows.
    static func size(_ server: ServerProcess, _ loop: any EventLoop) throws -> UInt64 {
        let response = try Exchange.perform(
            [WireRequest.get("/checkpoint")],
            port: server.port,
            on: loop
        )
        let lines = String(buffer: response[0]?.body ?? ByteBuffer()).split(separator: "\n")
        guard lines.count > 1, let size = UInt64(lines[1]) else {
            throw BenchmarkError("the server has no checkpoint")
        }
        return size
    }

    /// The size of the tree once `/checkpoint`, which follows once a second, has come up with it.
    static func settledSize(_ server: ServerProcess, _ loop: any EventLoop) throws -> UInt64 {
        Thread.sleep(forTimeInterval: 1.5)
        return try size(server, loop)
    }

    private mutating func read(
        _ name: String,
        _ requests: [ByteBuffer],
        _ server: ServerProcess,
        _ loop: any EventLoop
    ) throws {
        func rate(_ requests: [ByteBuffer], _ port: Int) throws -> Double {
            let plan = LoadPlan(port: port, seconds: 3) { RepeatedRequests(requests) }
            let result = try LoadDriver.run(plan, on: loop)
            try result.require([200], name)
            return result.rate
        }
        let empty = [WireRequest.get("/bench/empty")]
        let before = try rate(empty, server.comparisonPort)
        let ours = try rate(requests, server.port)
        let after = try rate(empty, server.comparisonPort)
        table.append(
            Figure(
                name: name,
                value: ours,
                unit: "/s",
                limit: (before + after) / 2,
                goal: "≥ 20,000",
                isMet: ours >= 20_000
            )
        )
    }
}
