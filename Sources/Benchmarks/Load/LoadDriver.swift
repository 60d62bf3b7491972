internal import Dispatch
internal import Foundation
internal import NIOCore
internal import NIOPosix

/// Puts one load on a server; lives on one event loop.
final class LoadDriver {
    private let plan: LoadPlan
    private let loop: any EventLoop
    private let promise: EventLoopPromise<LoadResult>
    private let source: any LoadSource
    private var result = LoadResult()
    private var all: [ObjectIdentifier: LoadConnection] = [:]
    private var idle: [LoadConnection] = []
    private var waiting = Arrivals()
    private var arrivals = SplitMix(seed: 64)
    private var nextArrival: UInt64 = 0
    private var countsFrom: UInt64 = 0
    private var stopsAt: UInt64 = 0
    private var watch: Stopwatch?
    private var ending: Scheduled<Void>?
    private var isStopping = false
    private var isDone = false

    /// Requests that are due while no connection is free, in their order.
    private struct Arrivals {
        private var moments: [UInt64] = []
        private var first = 0

        mutating func append(_ moment: UInt64) { moments.append(moment) }

        mutating func popFirst() -> UInt64? {
            guard first < moments.count else { return nil }
            defer {
                first += 1
                if first == moments.count {
                    moments.removeAll(keepingCapacity: true)
                    first = 0
                }
            }
            return moments[first]
        }
    }

    private init(
        _ plan: LoadPlan,
        _ loop: any EventLoop,
        _ promise: EventLoopPromise<LoadResult>
    ) throws {
        self.plan = plan
        self.loop = loop
        self.promise = promise
        source = try plan.source()
    }

    /// Runs a load to its end and blocks the caller meanwhile.
    static func run(_ plan: LoadPlan, on loop: any EventLoop) throws -> LoadResult {
        try begin(plan, on: loop).wait()
    }

    /// Begins a load; the result comes when it has ended.
    static func begin(_ plan: LoadPlan, on loop: any EventLoop) -> EventLoopFuture<LoadResult> {
        let promise = loop.makePromise(of: LoadResult.self)
        loop.execute {
            do {
                try LoadDriver(plan, loop, promise).connect()
            } catch {
                promise.fail(error)
            }
        }
        return promise.futureResult
    }

    private func connect() {
        let bound = NIOLoopBound(self, eventLoop: loop)
        let bootstrap = ClientBootstrap(group: loop)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let driver = bound.value
                    let connection = LoadConnection(driver)
                    driver.all[ObjectIdentifier(connection)] = connection
                    driver.idle.append(connection)
                    try channel.pipeline.syncOperations.addHandler(connection)
                }
            }
        let opened = (0..<plan.connections).map { _ in
            bootstrap.connect(host: "127.0.0.1", port: plan.port).map { _ in }
        }
        EventLoopFuture.andAllSucceed(opened, on: loop).assumeIsolated().whenComplete {
            switch $0 {
            case .success: self.start()
            case .failure(let error): self.fail(error)
            }
        }
    }

    private static var now: UInt64 { DispatchTime.now().uptimeNanoseconds }

    private func start() {
        let now = Self.now
        countsFrom = now + UInt64(plan.warmUp * 1e9)
        stopsAt = countsFrom + UInt64(plan.seconds * 1e9)
        nextArrival = now
        let timing = loop.assumeIsolated()
        timing.scheduleTask(in: .nanoseconds(Int64(plan.warmUp * 1e9))) {
            self.watch = Stopwatch()
        }
        let seconds = plan.warmUp + plan.seconds
        ending = timing.scheduleTask(in: .nanoseconds(Int64(seconds * 1e9))) { self.stop() }
        switch plan.pace {
        case .closed: while let connection = idle.popLast() { send(on: connection, dueAt: now) }
        case .open(let rate): arrive(perSecond: rate)
        }
    }

    /// Sends what is due by now, and comes back when the next request is.
    private func arrive(perSecond rate: Double) {
        guard !isStopping else { return }
        let now = Self.now
        while nextArrival <= now {
            waiting.append(nextArrival)
            let share = (Double(arrivals.next() >> 11) + 1) * 0x1p-53
            nextArrival += UInt64(-log(share) / rate * 1e9)
        }
        // In turn, or the server would end those that are never used.
        while !idle.isEmpty, let dueAt = waiting.popFirst() {
            send(on: idle.removeFirst(), dueAt: dueAt)
        }
        loop.assumeIsolated().scheduleTask(in: .nanoseconds(Int64(nextArrival - now))) {
            self.arrive(perSecond: rate)
        }
    }

    private func send(on connection: LoadConnection, dueAt: UInt64) {
        do {
            guard let request = try source.next() else {
                guard plan.endsWithSource else {
                    throw BenchmarkError("the load ran out of requests")
                }
                isStopping = true
                return connection.close()
            }
            result.sent += 1
            connection.send(request, dueAt: dueAt)
        } catch {
            fail(error)
        }
    }

    /// Takes an answer, and gives the connection its next request if one is due.
    func answered(
        _ connection: LoadConnection,
        _ request: (number: Int, dueAt: UInt64),
        _ response: ResponseScanner.Response
    ) {
        let now = Self.now
        if now >= countsFrom, now < stopsAt {
            result.statuses[response.status, default: 0] += 1
            if plan.keepsLatencies { result.latencies.append(now - request.dueAt) }
        }
        plan.observer?(request.number, response)
        if isStopping { return connection.close() }
        // The server ends the connection; `ended` follows.
        if response.isLast { return }
        switch plan.pace {
        case .closed: send(on: connection, dueAt: now)
        case .open:
            if let dueAt = waiting.popFirst() {
                send(on: connection, dueAt: dueAt)
            } else {
                idle.append(connection)
            }
        }
    }

    private func measure() {
        guard let watch else { return }
        let end = min(Self.now, stopsAt)
        result.seconds = end > countsFrom ? Double(end - countsFrom) / 1e9 : 0
        result.processorSeconds = watch.processorSeconds
        self.watch = nil
    }

    private func stop() {
        measure()
        guard !isStopping, !isDone else { return }
        isStopping = true
        while let connection = idle.popLast() { connection.close() }
        // Answers that are under way still come; then each connection closes.
        loop.assumeIsolated().scheduleTask(in: .seconds(10)) {
            for connection in self.all.values { connection.close() }
        }
    }

    /// Notes that a connection ended.
    func ended(_ connection: LoadConnection) {
        all[ObjectIdentifier(connection)] = nil
        idle.removeAll { $0 === connection }
        if let request = connection.current { result.unanswered.append(request.number) }
        if !isStopping, !plan.mayBreak {
            return fail(BenchmarkError("the server ended a connection"))
        }
        guard all.isEmpty, !isDone else { return }
        measure()
        ending?.cancel()
        isDone = true
        result.latencies.sort()
        promise.succeed(result)
    }

    /// Ends the load because it cannot be put.
    func fail(_ error: any Error) {
        guard !isDone else { return }
        isDone = true
        isStopping = true
        promise.fail(error)
        for connection in all.values { connection.close() }
    }
}
