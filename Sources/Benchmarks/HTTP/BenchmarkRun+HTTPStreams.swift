internal import NIOCore

extension BenchmarkRun {
    private static let rounds = 3
    private static let entriesOfRound = 1_200

    /// Streams of lines, each an entry of 200 transfers: two connections at once.
    mutating func streams(_ server: ServerProcess, _ loops: [any EventLoop]) throws {
        let lines = try wireBatches(Self.rounds * Self.entriesOfRound)
        var rest = lines[...]
        var results: [(rate: Double, limit: Double)] = []
        for _ in 0..<Self.rounds {
            let before = try verifying()
            let rate = try stream(rest.prefix(Self.entriesOfRound), to: server, loops)
            rest = rest.dropFirst(Self.entriesOfRound)
            results.append((rate, (before + (try verifying())) / 2))
        }
        results.sort { $0.rate / $0.limit < $1.rate / $1.limit }
        let (rate, limit) = results[Self.rounds / 2]
        table.append(
            Figure(
                name: "NDJSON of 200-item entries, 2 streams",
                value: rate,
                unit: "transfers/s",
                limit: limit,
                goal: "≥ 150,000",
                isMet: rate >= 150_000
            )
        )
    }

    private func verifying() throws -> Double {
        try RawLimits.verifications(bytes: 43_000, cores: cores, seconds: 0.5) * 200
    }

    private func stream(
        _ lines: ArraySlice<[UInt8]>,
        to server: ServerProcess,
        _ loops: [any EventLoop]
    ) throws -> Double {
        let half = lines.startIndex + lines.count / 2
        let bodies = [lines[..<half], lines[half...]].map(Self.pieces)
        let watch = Stopwatch()
        let results = zip(bodies, loops).map { body, loop in
            LineStream.run(body[...], port: server.port, on: loop)
        }
        var accepted = 0
        for result in results {
            let result = try result.wait()
            if let other = result.firstOther { throw BenchmarkError("a line is told \(other)") }
            accepted += result.accepted
        }
        let seconds = watch.seconds
        guard accepted == lines.count else {
            throw BenchmarkError("of \(lines.count) lines \(accepted) are told accepted")
        }
        return Double(accepted * 200) / seconds
    }

    /// Some lines in each piece.
    static func pieces(_ lines: ArraySlice<[UInt8]>) -> [ByteBuffer] {
        stride(from: lines.startIndex, to: lines.endIndex, by: 6).map { start in
            var piece = ByteBuffer()
            for line in lines[start..<min(start + 6, lines.endIndex)] {
                piece.writeBytes(line)
                piece.writeInteger(UInt8(0x0a))
            }
            return piece
        }
    }
}
