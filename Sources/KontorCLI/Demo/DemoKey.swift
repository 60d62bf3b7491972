internal import Ledger
internal import Signing

/// A key of the demonstration, which follows from the seed, as its signatures do.
///
/// Ed25519 signatures are determined by key and message (RFC 8032), and the library that signs on
/// Linux keeps to that. The library's ES256 signatures differ each time, so those of the
/// demonstration are made with `DeterministicES256`: the same seed gives the same log to the last
/// bit.
struct DemoKey: Sendable {
    let key: PrivateKey
    private let signer: DeterministicES256?

    /// The key of a name and a use.
    ///
    /// Its secret is SHA-256 of `kontor demo/SEED/NAME/USE`, which everybody can compute: never use
    /// it elsewhere.
    init(seed: UInt64, name: String, use: String, algorithm: KeyAlgorithm = .ed25519) throws {
        let secret = DigestBuilder.digest(Array("kontor demo/\(seed)/\(name)/\(use)".utf8)).bytes
        key = try PrivateKey(algorithm: algorithm, seed: secret)
        signer = algorithm == .es256 ? DeterministicES256(secret: secret) : nil
    }

    var thumbprint: Digest { key.publicKey.thumbprint }

    /// The compact JWS of a draft.
    func sign(_ draft: Draft) throws -> [UInt8] {
        try remade(JWS(signing: draft.payload, type: JWS.entryType, with: key))
    }

    /// The key as an entry offers it, with the proof of its possession.
    func offer(in draft: Draft, use: KeyUse, owner: String) throws -> JSONValue {
        let offer = draft.offer(key, use: use, owner: owner)
        guard signer != nil, case .object(let members) = offer else { return offer }
        return .object(
            try members.map { member in
                guard member.name == "proof", case .string(let proof) = member.value else {
                    return member
                }
                let text = try remade(JWS(parsing: Array(proof.utf8)))
                return JSONMember(
                    name: "proof",
                    value: .string(String(decoding: text, as: UTF8.self))
                )
            }
        )
    }

    private func remade(_ jws: JWS) throws -> [UInt8] {
        guard let signer else { return jws.compact }
        let signature = try signer.signature(for: jws.signingInput)
        return try JWS(header: jws.header, payload: jws.payload, signature: signature).compact
    }
}
