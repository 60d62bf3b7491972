internal import Foundation
internal import NIOCore

extension BenchmarkRun {
    /// Lines of 200 items that are streamed a second, and event streams that are opened, both in
    /// proportion to the rate of the mix.
    private var linesPerSecond: Int { options.rate / 200 }
    private var streamsAtOnce: Int { options.rate / 20 }

    /// A mixed load for a long time: neither memory nor descriptors may grow.
    ///
    /// Beside the mix, each second a stream of some entries of 200 is sent, and event streams are
    /// opened and those of the second before ended. The first quarter warms up; of the rest, the
    /// maximum of the last third is at most a tenth above that of the first.
    mutating func soak(seconds: Int, _ loops: [any EventLoop]) throws {
        let singles = Int(Double((seconds + 5) * options.rate) * MixedRequests.share * 1.05)
        let files = try prepare(items: singles, members: Self.membersOverHTTP, perEntry: 1)
        let batches = try prepare(
            items: (seconds + 5) * linesPerSecond * 200,
            members: Self.membersOverHTTP,
            perEntry: 200
        )
        let token = try BenchmarkNetwork().token(of: 0)
        let server = try ServerProcess(
            directory: "\(scratch)/soak",
            founding: files.founding
        )
        var plan = LoadPlan(
            port: server.port,
            connections: 32,
            pace: .open(perSecond: Double(options.rate)),
            warmUp: 0,
            seconds: Double(seconds)
        ) { try MixedRequests(transfers: files.transfers, token: token) }
        plan.keepsLatencies = false
        let load = LoadDriver.begin(plan, on: loops[0])
        let samples = try samples(
            seconds,
            server,
            LineReader(path: batches.transfers),
            WireRequest.get("/v1/events", token: token),
            loops[1]
        )
        let result = try load.wait()
        try result.require([200, 201, 400, 404], "soak")
        try end(server)
        table.append(
            Figure(name: "soak of \(seconds) s: requests", value: result.rate, unit: "/s")
        )
        let warm = samples.dropFirst(samples.count / 4)
        growth("memory", "MB", warm.map { Double($0.memory) / 1e6 }, allowed: 1.1)
        growth("descriptors", "", warm.map { Double($0.descriptors) }, allowed: 1.1)
    }

    private struct Sample {
        let memory: Int
        let descriptors: Int
    }

    private func samples(
        _ seconds: Int,
        _ server: ServerProcess,
        _ lines: LineReader,
        _ events: ByteBuffer,
        _ loop: any EventLoop
    ) throws -> [Sample] {
        var samples: [Sample] = []
        var open: IdleConnections?
        let watch = Stopwatch()
        while samples.count < seconds - 1 {
            let next = Double(samples.count + 1)
            let opened = try IdleConnections(
                streamsAtOnce,
                port: server.port,
                request: events,
                on: loop
            )
            try open?.close()
            open = opened
            if let batch = try lines.next(linesPerSecond) {
                let pieces = Self.pieces(batch[...])
                let told = try LineStream.run(pieces[...], port: server.port, on: loop).wait()
                if let other = told.firstOther { throw BenchmarkError("a line is told \(other)") }
            }
            // By the end of the second the server has ended the connections that were ended.
            Thread.sleep(forTimeInterval: max(0, next - watch.seconds))
            samples.append(
                Sample(memory: try server.memory, descriptors: try server.descriptors)
            )
        }
        try open?.close()
        return samples
    }

    private mutating func growth(_ name: String, _ unit: String, _ all: [Double], allowed: Double) {
        let third = all.count / 3
        let parts = [all.prefix(third), all.dropFirst(third).prefix(third), all.suffix(third)]
        let most = parts.map { $0.max() ?? 0 }
        let title = "soak: \(name)"
        table.append(Figure(name: "\(title), first third", value: most[0], unit: unit))
        table.append(Figure(name: "\(title), middle third", value: most[1], unit: unit))
        table.append(
            Figure(
                name: "\(title), last third against first",
                value: most[2],
                unit: unit,
                limit: most[0],
                goal: "≤ \(allowed)",
                isMet: most[2] <= most[0] * allowed,
                isGate: true
            )
        )
    }
}
