internal import Foundation
internal import NIOCore
internal import VerifiableLog

extension BenchmarkRun {
    /// Reads of the checkpoint and of full tiles, against a route that does nothing.
    mutating func reads(_ server: ServerProcess, _ loop: any EventLoop) throws {
        let size = try Self.size(server, loop)
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
        func rate(_ requests: [ByteBuffer]) throws -> Double {
            let plan = LoadPlan(port: server.port, seconds: 3) { RepeatedRequests(requests) }
            let result = try LoadDriver.run(plan, on: loop)
            try result.require([200], name)
            return result.rate
        }
        let empty = [WireRequest.get("/bench/empty")]
        let before = try rate(empty)
        let ours = try rate(requests)
        let after = try rate(empty)
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
