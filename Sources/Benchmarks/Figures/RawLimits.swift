internal import Dispatch
internal import Foundation
internal import Signing
internal import Synchronization

/// What this machine can do at the most, measured beside the figures that are compared with it.
enum RawLimits {
    private static let messages = 2_000

    /// Ed25519 verifications per second of distinct messages of a size, on so many cores.
    static func verifications(bytes: Int, cores: Int, seconds: Double = 0.8) throws -> Double {
        let key = try PrivateKey(algorithm: .ed25519, seed: DigestBuilder.digest([1]).bytes)
        let count = bytes > 10_000 ? 64 : messages
        let signed = (0..<count).map { number -> (message: [UInt8], signature: [UInt8]) in
            var source = SplitMix(seed: UInt64(number))
            let message = (0..<bytes).map { _ in UInt8(truncatingIfNeeded: source.next()) }
            return (message, key.signature(for: message))
        }
        let verifier = key.publicKey
        let done = Mutex(0)
        let invalid = Mutex(0)
        let watch = Stopwatch()
        DispatchQueue.concurrentPerform(iterations: cores) { core in
            var number = core
            var rounds = 0
            while watch.seconds < seconds {
                for _ in 0..<32 {
                    let item = signed[number % count]
                    if !verifier.isValidSignature(item.signature, for: item.message) {
                        invalid.withLock { $0 += 1 }
                    }
                    number += 1
                }
                rounds += 32
            }
            done.withLock { $0 += rounds }
        }
        guard invalid.withLock({ $0 }) == 0 else {
            throw BenchmarkError("a signature did not verify")
        }
        return Double(done.withLock { $0 }) / watch.seconds
    }

    /// Bytes per second of SHA-256 on one core.
    static func hashing(seconds: Double = 0.4) -> Double {
        let block = [UInt8](repeating: 0x5a, count: 1 << 20)
        var count = 0
        let watch = Stopwatch()
        while watch.seconds < seconds {
            _ = DigestBuilder.digest(block)
            count += 1
        }
        return Double(count << 20) / watch.seconds
    }

    /// Bytes per second of sequential writes with a sync after every 4 MiB.
    static func writing(to path: String, seconds: Double = 1) throws -> Double {
        let block = [UInt8](repeating: 0x5a, count: 4 << 20)
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        guard file >= 0 else { throw BenchmarkError("\(path) cannot be written") }
        defer {
            close(file)
            unlink(path)
        }
        var count = 0
        let watch = Stopwatch()
        while watch.seconds < seconds {
            guard write(file, block, block.count) == block.count, fdatasync(file) == 0 else {
                throw BenchmarkError("\(path) cannot be written")
            }
            count += 1
        }
        return Double(count * block.count) / watch.seconds
    }

    /// Milliseconds that a write of 32 KiB and its sync take, as half of them do.
    static func syncing(to path: String, count: Int = 100) throws -> Double {
        let block = [UInt8](repeating: 0x5a, count: 32 << 10)
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        guard file >= 0 else { throw BenchmarkError("\(path) cannot be written") }
        defer {
            close(file)
            unlink(path)
        }
        var times: [Double] = []
        for _ in 0..<count {
            let watch = Stopwatch()
            guard write(file, block, block.count) == block.count, fdatasync(file) == 0 else {
                throw BenchmarkError("\(path) cannot be written")
            }
            times.append(watch.seconds * 1e3)
        }
        return times.sorted()[count / 2]
    }
}
