internal import Foundation
internal import Formats

/// Lines over a pair of file descriptors, with a limit on their length and on the silence between
/// them; so neither a slow nor a talkative other side can hold a process.
struct ExchangePipe {
    private static let pieceByteCount = 65_536
    /// What a pipe takes at once when it says that it is ready (POSIX `PIPE_BUF`).
    private static let atomicByteCount = 4_096

    private let input: Int32
    private let output: Int32
    private let timeoutMilliseconds: Int32
    private var buffer: [UInt8] = []
    /// Messages in both directions.
    private(set) var messageCount = 0
    /// Bytes in both directions.
    private(set) var byteCount = 0

    init(input: Int32, output: Int32, timeoutSeconds: Int) {
        self.input = input
        self.output = output
        timeoutMilliseconds = Int32(clamping: timeoutSeconds * 1_000)
        signal(SIGPIPE, SIG_IGN)
    }

    /// Plays one side to its end.
    mutating func run(_ side: some DigestExchange) throws -> DigestComparison {
        var side = side
        do {
            try send(side.begin())
            while true {
                let step = try side.receive(try receive())
                try send(step.lines)
                if let result = step.result { return result }
            }
        } catch let error as FormatError {
            if error.code != .exchangeRefused { try? send([type(of: side).farewell(error)]) }
            throw CommandError("\(error)")
        }
    }

    private mutating func send(_ lines: [[UInt8]]) throws {
        for line in lines {
            messageCount += 1
            byteCount += line.count
            var rest = line[...]
            while !rest.isEmpty {
                try wait(for: output, POLLOUT)
                let count = rest.prefix(Self.atomicByteCount).withUnsafeBytes {
                    write(output, $0.baseAddress, $0.count)
                }
                if count > 0 { rest.removeFirst(count) }
                if count < 0, errno != EINTR { throw gone() }
            }
        }
    }

    /// The next line with its end, or a longer piece than a line may be.
    private mutating func receive() throws -> [UInt8] {
        while true {
            if let end = buffer.firstIndex(of: 0x0a) {
                let line = Array(buffer[...end])
                buffer.removeSubrange(...end)
                messageCount += 1
                byteCount += line.count
                return line
            }
            if buffer.count > FormatLimits.exchangeLineByteCount { return buffer }
            try wait(for: input, POLLIN)
            var piece = [UInt8](repeating: 0, count: Self.pieceByteCount)
            let count = piece.withUnsafeMutableBytes { read(input, $0.baseAddress, $0.count) }
            if count == 0 || count < 0 && errno != EINTR { throw gone() }
            if count > 0 { buffer += piece[..<count] }
        }
    }

    private func wait(for descriptor: Int32, _ event: Int32) throws {
        var one = pollfd(fd: descriptor, events: Int16(event), revents: 0)
        let deadline = ContinuousClock.now + .milliseconds(Int(timeoutMilliseconds))
        while true {
            let left = deadline - ContinuousClock.now
            let milliseconds =
                left.components.seconds * 1_000
                + left.components.attoseconds / 1_000_000_000_000_000
            let count = poll(&one, 1, Int32(clamping: max(0, milliseconds)))
            if count > 0 { return }
            if count == 0 {
                throw FormatError(
                    .exchangeSilent,
                    in: "exchange",
                    "nothing came from the other side for \(timeoutMilliseconds / 1_000) seconds",
                    wayOut: "see that it runs, or give it more time by --timeout"
                )
            }
            if errno != EINTR { throw gone() }
        }
    }

    private func gone() -> CommandError {
        CommandError(
            "exchange: the other side ended before the exchange did; see what it says, and whether "
                + "it is kontor reconcile digest --serve"
        )
    }
}
