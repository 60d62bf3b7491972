internal import KontorClient
internal import Ledger
internal import Signing

/// The terms of agreements, from the verified entries that proposed them.
struct RemoteTerms {
    private let client: KontorClient
    private var known: [Digest: Terms] = [:]
    private var proposals: [Digest: UInt64]?

    init(client: KontorClient) {
        self.client = client
    }

    /// The terms of a terms hash, or nil if the login may not read them.
    mutating func terms(_ hash: Digest) async throws -> Terms? {
        if let terms = known[hash] { return terms }
        guard let index = try await proposal(of: hash) else { return nil }
        let entry = try await client.entry(at: index)
        guard DigestBuilder.digest(entry.payload) == hash else {
            throw CommandError(
                "the server says that entry \(index) proposed the terms \(hash.base64URL); it did not"
            )
        }
        let statement = try Statement(payload: entry.payload)
        guard case .agreementPropose(_, _, let terms) = statement.body else { return nil }
        known[hash] = terms
        return terms
    }

    /// The index of the entry that proposed terms, as the server says it.
    private mutating func proposal(of hash: Digest) async throws -> UInt64? {
        if let proposals { return proposals[hash] }
        var found: [Digest: UInt64] = [:]
        for try await item in client.agreements() {
            guard case .string(let text)? = item["terms"], let terms = Digest(text, as: .url),
                case .integer(let number)? = item["proposedAt"],
                let index = UInt64(exactly: number)
            else { throw CommandError("the server's list of agreements is not that of spec/19") }
            found[terms] = index
        }
        proposals = found
        return found[hash]
    }
}
