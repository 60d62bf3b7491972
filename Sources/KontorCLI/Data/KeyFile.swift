internal import Foundation
internal import Signing

/// A private key as a JWK in a file of mode 0600 (RFC 7517).
enum KeyFile {
    /// Writes a new key file.
    static func write(_ key: PrivateKey, to path: String) throws {
        try SecretFile.write(key.jwk.text + [0x0a], to: path)
    }

    /// Reads a key file.
    static func read(_ path: String) throws -> PrivateKey {
        var bytes = try SecretFile.read(path)
        while bytes.last == 0x0a || bytes.last == 0x0d { bytes.removeLast() }
        let value: JSONValue
        do { value = try JSONValue(parsing: bytes) } catch {
            throw CommandError(
                "\(path): not a JWK (\(error.reason.rawValue) at byte \(error.offset))"
            )
        }
        do { return try PrivateKey(jwk: value) } catch {
            throw CommandError("\(path): \(error)")
        }
    }
}

extension UUIDv7 {
    /// A new id of the present moment.
    static func now() throws -> UUIDv7 {
        let milliseconds = Int64((Date().timeIntervalSince1970 * 1_000).rounded(.down))
        return try new(at: Timestamp(milliseconds: milliseconds))
    }

    /// A new id of a moment.
    static func new(at moment: Timestamp) throws -> UUIDv7 {
        let id = UUIDv7(
            timestamp: moment,
            high: UInt16.random(in: 0...UInt16.max),
            low: UInt64.random(in: 0...UInt64.max)
        )
        guard let id else {
            throw CommandError("the clock is outside of the range of ids; set the clock right")
        }
        return id
    }
}
