internal import Foundation
internal import NIOCore

extension BenchmarkRun {
    private static let idleCount = 10_000

    /// The memory of a server with many event streams, and with many idle connections.
    mutating func idleConnections(_ loop: any EventLoop) throws {
        let input = try wireInput(singles: 1_000)
        let token = try BenchmarkNetwork().token(of: 0)
        let events = WireRequest.get("/v1/events", token: token)
        try idle("event streams", events, input, loop)
        try idle("keep-alive connections", WireRequest.get("/healthz"), input, loop)
    }

    private mutating func idle(
        _ name: String,
        _ request: ByteBuffer,
        _ input: WireInput,
        _ loop: any EventLoop
    ) throws {
        let count = Self.idleCount
        let server = try server("idle-\(name.first ?? "-")", input)
        let before = try server.memory
        let watch = Stopwatch()
        let connections = try IdleConnections(
            count,
            port: server.port,
            request: request,
            on: loop
        )
        let seconds = watch.seconds
        // Every stream hears of some entries, so that their buffers have been used.
        for number in 0..<8 {
            let answers = try Exchange.perform(
                [input.requests[number]],
                port: server.port,
                on: loop
            )
            guard answers[0]?.status == 201 else {
                throw BenchmarkError("an entry was refused while \(count) \(name) were open")
            }
            Thread.sleep(forTimeInterval: 0.5)
        }
        Thread.sleep(forTimeInterval: 2)
        let memory = Double(try server.memory)
        guard connections.openCount == count else {
            throw BenchmarkError("of \(count) \(name) \(connections.openCount) stayed open")
        }
        try connections.close()
        try end(server)
        let title = "10,000 idle \(name)"
        table.append(Figure(name: "\(title): opened", value: Double(count) / seconds, unit: "/s"))
        table.append(
            Figure(
                name: "\(title): memory of the server",
                value: memory / 1e6,
                unit: "MB",
                goal: "≤ 400, without them \(before / 1_000_000)",
                isMet: memory <= 400e6,
                isGate: true
            )
        )
    }
}
