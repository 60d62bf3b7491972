internal import Signing

/// A signature that was verified, with the time that a cosigner stated.
public struct VerifiedSignature: Hashable, Sendable {
    /// The key that signed.
    public let key: VerifierKey
    /// The POSIX seconds of a cosignature, or nil for a plain signature.
    public let seconds: UInt64?
}

extension SignedNote {
    /// The signatures by known keys, all of them verified, in the order of the note.
    ///
    /// Lines by others are ignored, and so are lines by ML-DSA-44 keys and second lines by one key.
    /// A line that names a known key and does not fit refuses the whole note (spec/06 §3).
    ///
    /// Throws `keyAmbiguous`, `noteSignature`, or `noteUnsigned` if no known key signed.
    public func verify(with keys: [VerifierKey]) throws(LogError) -> [VerifiedSignature] {
        var verified: [VerifiedSignature] = []
        for line in signatures {
            let known = keys.filter { $0.keyID == line.keyID && $0.name == line.name }
            guard let key = known.first else { continue }
            guard known.allSatisfy({ $0 == key }) else {
                throw LogError(
                    .keyAmbiguous,
                    at: "key \(line.name)",
                    "two known keys have this name and key id; trust one of them only"
                )
            }
            guard !verified.contains(where: { $0.key == key }) else { continue }
            if let signature = try verify(line, by: key) { verified.append(signature) }
        }
        guard !verified.isEmpty else {
            throw LogError(.noteUnsigned, at: "note", "no known key signed it")
        }
        return verified
    }

    private func verify(
        _ line: NoteSignature,
        by key: VerifierKey
    ) throws(LogError) -> VerifiedSignature? {
        let isValid: Bool
        var seconds: UInt64?
        switch key.kind {
        case .signature(let publicKey):
            isValid = publicKey.isValidSignature(line.signature, for: text)
        case .cosignature(let publicKey):
            let cosignature = try Cosignature(parsing: line.signature)
            let message = Cosignature.message(for: text, seconds: cosignature.seconds)
            isValid = publicKey.isValidSignature(cosignature.signature, for: message)
            seconds = cosignature.seconds
        case .cosignatureMLDSA44:
            return nil
        }
        guard isValid else {
            throw LogError(
                .noteSignature,
                at: "signature by \(key.name)",
                "it does not fit the text; the note is forged or damaged, fetch it again"
            )
        }
        return VerifiedSignature(key: key, seconds: seconds)
    }
}
