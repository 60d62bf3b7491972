internal import Foundation

/// A server in a process of its own, and what the system says about that process.
final class ServerProcess {
    private let process = Process()
    /// Its standard input: when this process ends, however that comes, the server reads the end of
    /// it and ends too.
    private let leash = Pipe()
    /// The port on the loopback address.
    let port: Int
    /// The port of what the server is compared with.
    let comparisonPort: Int

    /// Starts a server of a ledger, and waits until it serves.
    init(directory: String, founding: String) throws {
        process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = ["serve", directory, founding]
        let output = Pipe()
        process.standardInput = leash
        process.standardOutput = output
        try process.run()
        var text = ""
        while !text.hasSuffix("\n") {
            let data = output.fileHandleForReading.availableData
            guard !data.isEmpty else {
                process.waitUntilExit()
                throw BenchmarkError("the server did not start")
            }
            text += String(decoding: data, as: UTF8.self)
        }
        let ports = text.dropLast().split(separator: " ").compactMap { Int($0) }
        guard ports.count == 2 else {
            throw BenchmarkError("the server said \(text) instead of its ports")
        }
        (port, comparisonPort) = (ports[0], ports[1])
    }

    deinit { kill() }

    /// Resident memory, in bytes.
    var memory: Int {
        get throws {
            let text = try String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)
            let line = text.split(separator: "\n").first { $0.hasPrefix("VmRSS:") } ?? ""
            let digits = line.filter { ("0"..."9").contains($0) }
            guard let kilobytes = Int(digits) else {
                throw BenchmarkError("the system does not say how much memory the server has")
            }
            return kilobytes * 1_024
        }
    }

    /// How many descriptors are open.
    var descriptors: Int {
        get throws { try FileManager.default.contentsOfDirectory(atPath: "/proc/\(pid)/fd").count }
    }

    /// Seconds of processor time so far, of all threads.
    var processorSeconds: Double {
        get throws {
            let text = try String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)
            let parts = text.split(separator: ")").last?.split(separator: " ") ?? []
            guard parts.count > 12, let user = Double(parts[11]), let system = Double(parts[12])
            else { throw BenchmarkError("the system does not say how long the server worked") }
            return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
        }
    }

    /// Asks it to end, as a supervisor does; `wait` waits for it.
    func terminate() {
        if process.isRunning { process.terminate() }
    }

    /// Ends it without asking.
    func kill() {
        if process.isRunning { Foundation.kill(pid, SIGKILL) }
    }

    /// Waits for its end and returns its exit code.
    @discardableResult
    func wait() -> Int32 {
        process.waitUntilExit()
        return process.terminationStatus
    }

    private var pid: Int32 { process.processIdentifier }
}
