internal import NIOCore

extension BenchmarkRun {
    /// How often submissions and the route that verifies take turns; the middle ratio counts.
    private static let roundCount = 5

    /// Single submissions: their rate against a route that only verifies, and their latency.
    mutating func singles(
        _ input: WireInput,
        _ server: ServerProcess,
        _ loop: any EventLoop
    ) throws {
        let port = server.comparisonPort
        let empty = try LoadDriver.run(
            LoadPlan(port: port) { RepeatedRequests([WireRequest.get("/bench/empty")]) },
            on: loop
        )
        try empty.require([200], "the empty route")
        table.append(Figure(name: "empty route, 64 connections", value: empty.rate, unit: "/s"))
        share("empty route", empty)
        let verifying = WireInput.requests("/bench/verify", input.texts.prefix(20_000))
        var rest = input.requests[...]
        var rounds: [Round] = []
        var syncs: [Double] = []
        for _ in 0..<Self.roundCount {
            syncs.append(try RawLimits.syncing(to: "\(scratch)/synced"))
            let before = try verify(verifying, server, loop)
            let (ours, processor) = try submit(&rest, to: server, seconds: 4, loop: loop)
            let after = try verify(verifying, server, loop)
            rounds.append(
                Round(
                    ours: ours,
                    processor: processor / Double(ours.count),
                    limit: (before.rate + after.rate) / 2,
                    processorOfLimit: (before.processor + after.processor) / 2
                )
            )
        }
        rounds.sort { $0.ours.rate / $0.limit < $1.ours.rate / $1.limit }
        let middle = rounds[Self.roundCount / 2]
        let (ours, limit) = (middle.ours, middle.limit)
        table.append(
            Figure(
                name: "single submissions, 64 connections",
                value: ours.rate,
                unit: "entries/s",
                limit: limit,
                goal: "≥ 65 % of a route that verifies",
                isMet: ours.rate >= 0.65 * limit
            )
        )
        table.append(
            Figure(
                name: "single submissions: processor time of the server",
                value: middle.processor * 1e6,
                unit: "µs/entry",
                limit: middle.processorOfLimit * 1e6
            )
        )
        for (name, round) in [("lowest", rounds.first), ("highest", rounds.last)] {
            guard let round else { continue }
            table.append(
                Figure(
                    name: "single submissions: \(name) ratio of \(Self.roundCount) turns",
                    value: round.ours.rate,
                    unit: "entries/s",
                    limit: round.limit
                )
            )
        }
        share("single submissions", ours)
        let sync = syncs.sorted()[Self.roundCount / 2]
        table.append(
            Figure(name: "this disk: write of 32 KiB and sync, p50", value: sync, unit: "ms")
        )
        latency("single submissions at full load", ours, goal: nil)
        let pace = LoadPlan.Pace.open(perSecond: 0.7 * ours.rate)
        let (paced, _) = try submit(&rest, to: server, pace: pace, seconds: 8, loop: loop)
        latency("single submissions at 70 % of that", paced, goal: 50)
    }

    private struct Round {
        let ours: LoadResult
        /// Seconds of processor time of the server for an entry.
        let processor: Double
        /// Requests a second of the route that verifies, and its processor time for one.
        let limit: Double
        let processorOfLimit: Double
    }

    private func verify(
        _ requests: [ByteBuffer],
        _ server: ServerProcess,
        _ loop: any EventLoop
    ) throws -> (rate: Double, processor: Double) {
        let plan = LoadPlan(port: server.comparisonPort, seconds: 3) { RepeatedRequests(requests) }
        let before = try server.processorSeconds
        let result = try LoadDriver.run(plan, on: loop)
        let used = try server.processorSeconds - before
        try result.require([200], "the verifying route")
        return (result.rate, used / Double(result.sent))
    }

    private func submit(
        _ rest: inout ArraySlice<ByteBuffer>,
        to server: ServerProcess,
        pace: LoadPlan.Pace = .closed,
        seconds: Double,
        loop: any EventLoop
    ) throws -> (LoadResult, processorSeconds: Double) {
        let requests = rest
        let plan = LoadPlan(port: server.port, pace: pace, seconds: seconds) {
            ListedRequests(requests)
        }
        let before = try server.processorSeconds
        let result = try LoadDriver.run(plan, on: loop)
        let used = try server.processorSeconds - before
        try result.require([201], "single submissions")
        rest = rest.dropFirst(result.sent)
        return (result, used * Double(result.count) / Double(result.sent))
    }

    private mutating func latency(_ name: String, _ result: LoadResult, goal: Double?) {
        for (text, share) in [("p50", 0.5), ("p99", 0.99), ("p99.9", 0.999)] {
            let value = result.milliseconds(of: share)
            let goal = text == "p99" ? goal : nil
            table.append(
                Figure(
                    name: "\(name): \(text)",
                    value: value,
                    unit: "ms",
                    goal: goal.map { "≤ \(Int($0)) ms from the moment due" } ?? "",
                    isMet: goal.map { value <= $0 }
                )
            )
        }
    }

    /// How much of a processor the load generator took: it is not what limits the figure.
    mutating func share(_ name: String, _ result: LoadResult) {
        table.append(
            Figure(
                name: "\(name): load generator",
                value: result.processorSeconds / result.seconds,
                unit: "of \(cores) processors"
            )
        )
    }
}
