internal import ArgumentParser
internal import Dispatch
internal import Foundation
internal import Signing

/// `kontor bench`: what this machine can verify at the most.
struct BenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract:
            "Measure the limits of this machine: signatures verified and bytes hashed a second.",
        discussion: """
            scripts/bench measures the ledger against these limits.

            Example: kontor bench --seconds 2
            """
    )

    @Option(help: "How long each measurement runs.") var seconds: Int = 1
    @Flag(help: "Print one JSON object.") var json = false

    func run() throws {
        let cores = ProcessInfo.processInfo.activeProcessorCount
        let one = Self.verifyRate(seconds: seconds, cores: 1)
        let all = Self.verifyRate(seconds: seconds, cores: cores)
        let hash = Self.hashRate(seconds: seconds)
        if json {
            let value: JSONValue = [
                "cores": .integer(Int64(cores)), "ed25519VerifyOneCore": .integer(one),
                "ed25519VerifyAllCores": .integer(all), "sha256MegabytesPerSecond": .integer(hash),
            ]
            return Console.print(value.text)
        }
        Console.print("Ed25519 verify, one core     \(one.grouped)/s")
        Console.print("Ed25519 verify, \(cores) cores      \(all.grouped)/s")
        Console.print("SHA-256, one core            \(hash.grouped) MB/s")
    }

    private static func verifyRate(seconds: Int, cores: Int) -> Int64 {
        let key = PrivateKey.generate(.ed25519)
        let message = [UInt8](repeating: 0x6b, count: 500)
        let signature = key.signature(for: message)
        let deadline = DispatchTime.now() + .seconds(seconds)
        let counts = CoreCounts(count: cores)
        DispatchQueue.concurrentPerform(iterations: cores) { core in
            var count: Int64 = 0
            while DispatchTime.now() < deadline {
                for _ in 0..<64 where key.publicKey.isValidSignature(signature, for: message) {
                    count += 1
                }
            }
            counts.set(core, count)
        }
        return counts.sum / Int64(max(1, seconds))
    }

    private static func hashRate(seconds: Int) -> Int64 {
        let block = [UInt8](repeating: 1, count: 1 << 20)
        let deadline = DispatchTime.now() + .seconds(seconds)
        var count: Int64 = 0
        while DispatchTime.now() < deadline {
            _ = DigestBuilder.digest(block)
            count += 1
        }
        return count * 1_048_576 / 1_000_000 / Int64(max(1, seconds))
    }
}
