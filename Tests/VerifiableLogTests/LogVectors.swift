import Foundation
import Signing
import Testing
import VerifiableLog

/// Files of fixtures/vectors as JSON values, and short ways to reach into them.
enum LogVectors {
    static let tlog = load("tlog-vectors.json")
    static let cases = load("log-cases.json")
    static let worked = load("worked-log.json")

    static func load(_ name: String) -> JSONValue {
        let root = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let url = root.appending(path: "fixtures/vectors/\(name)")
        guard let data = try? Data(contentsOf: url) else { return .null }
        return (try? JSONValue(parsing: Array(data))) ?? .null
    }

    /// The leaf hashes of the entries `entry-0`, `entry-1`, … of the vectors.
    static let leaves: [Digest] = (0..<70_000).map { MerkleHash.leaf(Array("entry-\($0)".utf8)) }
}

extension JSONValue {
    var elements: [JSONValue] {
        guard case .array(let elements) = self else { return [] }
        return elements
    }

    var string: String {
        guard case .string(let text) = self else { return "" }
        return text
    }

    var utf8: [UInt8] { Array(string.utf8) }

    var number: UInt64 {
        guard case .integer(let value) = self else { return 0 }
        return UInt64(max(0, value))
    }

    /// The bytes of hexadecimal digits.
    var hex: [UInt8] {
        let digits = utf8.map { UInt8($0 < 0x40 ? $0 - 0x30 : $0 - 0x57) }
        return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }

    var digest: Digest { Digest(string, as: .standard) ?? .zero }
    var digests: [Digest] { elements.map(\.digest) }
}

/// Requires that something is refused with a code.
func expect(
    _ code: LogError.Code,
    _ comment: String = "",
    location: SourceLocation = #_sourceLocation,
    _ body: () throws -> Void
) {
    do {
        try body()
        Issue.record(
            "\(code) is due, but nothing was refused. \(comment)",
            sourceLocation: location
        )
    } catch let error as LogError {
        #expect(error.code == code, "\(error) \(comment)", sourceLocation: location)
        #expect(!error.place.isEmpty && !error.reason.isEmpty, sourceLocation: location)
    } catch {
        Issue.record("\(error)", sourceLocation: location)
    }
}

/// A small generator with a seed (SplitMix64), so that a failure can be repeated.
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var value = state
        value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
        value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
        return value ^ (value >> 31)
    }
}

extension Digest {
    /// The digest with one bit of a byte turned.
    func flipped(byte: Int) -> Digest {
        var bytes = self.bytes
        bytes[byte % 32] ^= 1 << UInt8(byte % 8)
        return Digest(bytes) ?? .zero
    }
}
