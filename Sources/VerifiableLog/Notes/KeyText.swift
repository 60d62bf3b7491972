internal import Signing

/// The common shape of public and private note keys: `name+hex8+base64`.
enum KeyText {
    /// Splits a key text at its first two `+` and decodes the parts.
    static func split(
        _ text: ArraySlice<UInt8>,
        at place: String
    ) throws(LogError) -> (name: String, keyID: UInt32, data: [UInt8]) {
        let parts = text.split(separator: 0x2b, maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let name = String(validating: parts[0], as: UTF8.self) else {
            throw LogError(.keyMalformed, at: place, "it is written name+key id+base64")
        }
        guard let keyID = HexText.parse(parts[1]) else {
            throw LogError(.keyMalformed, at: place, "a key id is eight digits 0-9a-f")
        }
        guard let data = Base64.standard.decode(parts[2]) else {
            throw LogError(.keyMalformed, at: place, "a key is canonical padded base64")
        }
        return (name, keyID, data)
    }

    private static let secretPrefix = "PRIVATE+KEY+"

    /// The text of a private key, in the form of Go's note package.
    static func secret(_ verifier: VerifierKey, _ seed: [UInt8]) -> String {
        let data = Base64.standard.encode([verifier.kind.typeByte] + seed)
        return "\(secretPrefix)\(verifier.name)+\(HexText.format(verifier.keyID))+\(data)"
    }

    /// The name and seed of a private key text of a type.
    static func parseSecret(
        _ text: String,
        type: UInt8
    ) throws(LogError) -> (key: PrivateKey, name: String, keyID: UInt32) {
        let place = "private note key"
        guard let rest = Array(text.utf8)[...].after(secretPrefix) else {
            throw LogError(.keyMalformed, at: place, "it starts with \(secretPrefix)")
        }
        let (name, keyID, data) = try split(rest, at: place)
        guard data.first == type else {
            throw LogError(.keyUnsupported, at: place, "a key of type \(type) is due")
        }
        do {
            return (try PrivateKey(algorithm: .ed25519, seed: Array(data[1...])), name, keyID)
        } catch {
            throw LogError(.keyMalformed, at: place, "a seed has 32 bytes")
        }
    }

    /// Requires that a private key text named the id of its own key.
    static func require(_ keyID: UInt32, of verifier: VerifierKey) throws(LogError) {
        guard keyID == verifier.keyID else {
            throw LogError(
                .keyMalformed,
                at: "private note key",
                "the key id is not that of name and key"
            )
        }
    }
}
