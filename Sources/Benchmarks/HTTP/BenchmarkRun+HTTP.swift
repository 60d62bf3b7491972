internal import NIOCore
internal import NIOPosix

extension BenchmarkRun {
    /// Members of the network under HTTP load.
    static let membersOverHTTP = 20_000

    /// The figures of the service over loopback, with the load generator on the same processors.
    mutating func http() throws {
        OpenFiles.raiseLimit()
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 2)
        defer { try? group.syncShutdownGracefully() }
        let loops = [group.next(), group.next()]
        let parts = options.parts
        if !parts.isDisjoint(with: [.singles, .streams, .reads]) {
            let input = try wireInput(singles: parts.contains(.singles) ? 500_000 : 2_000)
            let server = try server("load", input)
            if parts.contains(.singles) { try singles(input, server, loops[0]) }
            if parts.contains(.streams) { try streams(server, loops) }
            if parts.contains(.reads) { try reads(input, server, loops[0]) }
            try end(server)
        }
        if parts.contains(.idle) { try idleConnections(loops[0]) }
        if parts.contains(.soak) { try soak(seconds: options.seconds, loops) }
        if parts.contains(.shutdown) { try shutdowns(loops[0]) }
    }

    /// Pre-signed submissions of one transfer each.
    func wireInput(singles: Int) throws -> WireInput {
        let files = try prepare(items: singles, members: Self.membersOverHTTP, perEntry: 1)
        return try WireInput(founding: files.founding, transfers: files.transfers)
    }

    /// Pre-signed submissions of 200 transfers each, several in a piece of a stream.
    func wireBatches(_ count: Int) throws -> [[UInt8]] {
        let files = try prepare(items: count * 200, members: Self.membersOverHTTP, perEntry: 200)
        return try LineReader(path: files.transfers).next(count) ?? []
    }

    /// A server of a new ledger.
    func server(_ name: String, _ input: WireInput) throws -> ServerProcess {
        try ServerProcess(directory: "\(scratch)/\(name)", founding: input.founding)
    }

    /// Ends a server as a supervisor does.
    func end(_ server: ServerProcess) throws {
        server.terminate()
        let code = server.wait()
        guard code == 0 else { throw BenchmarkError("the server ended with code \(code)") }
    }
}

/// Submissions that were signed before anything is timed, and the file that founds their ledger.
struct WireInput: Sendable {
    let founding: String
    /// Compact JWS, each of one transfer.
    let texts: [[UInt8]]

    init(founding: String, transfers: String) throws {
        self.founding = founding
        let lines = try LineReader(path: transfers)
        var texts: [[UInt8]] = []
        while let chunk = try lines.next(4_096) { texts += chunk }
        self.texts = texts
    }

    /// The requests that submit them.
    var requests: [ByteBuffer] { Self.requests("/v1/entries", texts[...]) }

    /// Requests that post texts to a path.
    static func requests(_ path: String, _ texts: ArraySlice<[UInt8]>) -> [ByteBuffer] {
        texts.map { WireRequest.post(path, type: "application/jose", $0) }
    }
}
