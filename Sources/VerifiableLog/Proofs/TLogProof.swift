public import Signing

/// A proof that can be checked without a network: index, inclusion path and signed checkpoint (C2SP
/// tlog-proof).
///
///     c2sp.org/tlog-proof@v1
///     extra <base64>            (optional, not authenticated)
///     index <decimal>
///     <base64 of a hash>        (leaf sibling first; none for a tree of one leaf)
///     (an empty line)
///     <the checkpoint note>
///
/// Bytes and values determine each other (spec/07 §3).
public struct TLogProof: Hashable, Sendable {
    /// Bytes that nothing vouches for, or nil.
    public let extra: [UInt8]?
    /// The index of the leaf.
    public let index: UInt64
    /// The inclusion path, leaf sibling first.
    public let hashes: [Digest]
    /// The signed checkpoint.
    public let checkpoint: SignedNote

    /// A proof of its parts.
    public init(
        index: UInt64,
        hashes: [Digest],
        checkpoint: SignedNote,
        extra: [UInt8]? = nil
    ) {
        self.extra = extra
        self.index = index
        self.hashes = hashes
        self.checkpoint = checkpoint
    }

    /// Parses a `.tlog-proof` file.
    ///
    /// Throws `proofFileMalformed`, and what `SignedNote.init(parsing:)` throws.
    ///
    /// Complexity: O(n).
    public init(parsing bytes: [UInt8]) throws(LogError) {
        guard bytes.count <= LogLimits.fileByteCount else {
            throw Self.malformed(0, "the file is larger than 2000000 bytes")
        }
        var lines = LineReader(bytes)
        guard let first = lines.next(), first.elementsEqual(Self.version.utf8) else {
            throw Self.malformed(1, "it reads \(Self.version)")
        }
        var number = 2
        var line = lines.next()
        var extra: [UInt8]?
        if let text = line?.after("extra ") {
            guard let data = Base64.standard.decode(text) else {
                throw Self.malformed(2, "extra data are canonical padded base64")
            }
            extra = data
            line = lines.next()
            number += 1
        }
        guard let text = line?.after("index "), let index = DecimalText.parse(text) else {
            throw Self.malformed(number, "it is the index in decimal without leading zeros")
        }
        let hashes = try Self.hashes(&lines, after: number)
        let checkpoint = try SignedNote(parsing: lines.rest)
        self.init(index: index, hashes: hashes, checkpoint: checkpoint, extra: extra)
    }

    private static func hashes(
        _ lines: inout LineReader,
        after number: Int
    ) throws(LogError) -> [Digest] {
        var hashes: [Digest] = []
        while true {
            let number = number + hashes.count + 1
            guard let line = lines.next() else {
                throw malformed(number, "an empty line stands before the checkpoint")
            }
            if line.isEmpty { return hashes }
            guard hashes.count < LogLimits.inclusionHashCount,
                let data = Base64.standard.decode(line), let hash = Digest(data)
            else {
                throw malformed(number, "at most 63 hashes, 44 characters of base64 each")
            }
            hashes.append(hash)
        }
    }

    /// The bytes of the file.
    ///
    /// Complexity: O(n).
    public var bytes: [UInt8] {
        var text = Array(Self.version.utf8)
        text.append(0x0a)
        if let extra {
            text.append(contentsOf: "extra ".utf8)
            Base64.standard.append(extra, to: &text)
            text.append(0x0a)
        }
        text.append(contentsOf: "index \(index)\n".utf8)
        for hash in hashes {
            Base64.standard.append(hash.bytes, to: &text)
            text.append(0x0a)
        }
        text.append(0x0a)
        return text + checkpoint.bytes
    }

    /// Requires the log's signature, and that the leaf stands at the index; gives the checkpoint.
    ///
    /// Throws as `Checkpoint.init(opening:logKey:)` and `InclusionProof.verify(leaf:root:)`.
    @discardableResult
    public func verify(leaf: Digest, logKey: VerifierKey) throws(LogError) -> Checkpoint {
        let head = try Checkpoint(opening: checkpoint, logKey: logKey)
        try verify(leaf, in: head)
        return head
    }

    /// Requires what a trust policy wants of the checkpoint, and that the leaf stands at the index.
    ///
    /// Throws as `TrustPolicy.open` and `InclusionProof.verify(leaf:root:)`.
    @discardableResult
    public func verify(leaf: Digest, policy: TrustPolicy) throws(LogError) -> Checkpoint {
        let head = try policy.open(checkpoint)
        try verify(leaf, in: head)
        return head
    }

    private func verify(_ leaf: Digest, in head: Checkpoint) throws(LogError) {
        let proof = InclusionProof(index: index, size: head.size, hashes: hashes)
        try proof.verify(leaf: leaf, root: head.root)
    }

    private static let version = "c2sp.org/tlog-proof@v1"

    private static func malformed(_ line: Int, _ reason: String) -> LogError {
        LogError(.proofFileMalformed, at: "tlog-proof, line \(line)", reason)
    }
}
