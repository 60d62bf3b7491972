public import Signing

/// The head of a log: its origin, the number of its entries, and the root of its tree (C2SP
/// tlog-checkpoint).
///
///     ledger.example/loyalty
///     1000
///     0D1jt3KvmQGYF+4+AYKG02omFhvbW/6CKOksAqvpEV0=
///
/// Extension lines of others are kept; Kontor makes none, since witnesses refuse them (spec/06 §4).
public struct Checkpoint: Hashable, Sendable {
    /// The name of the log: its URL prefix without scheme.
    public let origin: String
    /// The number of entries, at most 2^63 − 1.
    public let size: UInt64
    /// The root of the tree.
    public let root: Digest
    /// Extension lines, each not empty.
    public let extensions: [String]

    /// A checkpoint without extension lines.
    ///
    /// Throws `checkpointMalformed` for an origin that is no key name of 1 to 255 bytes,
    /// `checkpointRoot` for a size of 0 with another root than that of the empty tree.
    public init(origin: String, size: UInt64, root: Digest) throws(LogError) {
        guard KeyName.isValid(origin), origin.utf8.count <= LogLimits.originByteCount else {
            throw Self.malformed("an origin has 1 to 255 bytes, neither white space nor +")
        }
        try self.init(checking: origin, size, root, [])
    }

    private init(
        checking origin: String,
        _ size: UInt64,
        _ root: Digest,
        _ extensions: [String]
    ) throws(LogError) {
        guard size <= LogLimits.treeSize else {
            throw Self.malformed("a size is at most 2^63 - 1")
        }
        guard size > 0 || root == MerkleHash.empty else {
            throw LogError(
                .checkpointRoot,
                at: "checkpoint of \(origin)",
                "the tree of size 0 has the root \(MerkleHash.empty.base64)"
            )
        }
        self.origin = origin
        self.size = size
        self.root = root
        self.extensions = extensions
    }

    /// Parses the text of a note as a checkpoint.
    ///
    /// Throws `checkpointMalformed` or `checkpointRoot`.
    public init(parsing text: [UInt8]) throws(LogError) {
        var lines = LineReader(text)
        guard let line = lines.next(), !line.isEmpty,
            let origin = String(validating: line, as: UTF8.self)
        else { throw Self.malformed("line 1 is the origin") }
        guard let line = lines.next(), let size = DecimalText.parse(line) else {
            throw Self.malformed("line 2 is the size in decimal without leading zeros")
        }
        guard let line = lines.next(), let hash = Base64.standard.decode(line),
            let root = Digest(hash)
        else { throw Self.malformed("line 3 is the root in 44 characters of standard base64") }
        var extensions: [String] = []
        while let line = lines.next() {
            guard !line.isEmpty, let text = String(validating: line, as: UTF8.self) else {
                throw Self.malformed("an extension line is not empty")
            }
            extensions.append(text)
        }
        guard lines.isAtEnd else { throw Self.malformed("its last line is not ended") }
        try self.init(checking: origin, size, root, extensions)
    }

    /// The text that is signed.
    public var text: [UInt8] {
        var text = "\(origin)\n\(size)\n\(root.base64)\n"
        for line in extensions { text += "\(line)\n" }
        return Array(text.utf8)
    }

    /// The checkpoint as a note, signed by the log.
    ///
    /// Throws `checkpointOrigin` unless the key bears the name of the origin.
    public func signed(by signer: NoteSigner) throws(LogError) -> SignedNote {
        guard signer.verifier.name == origin else {
            throw LogError(
                .checkpointOrigin,
                at: "checkpoint of \(origin)",
                "the key \(signer.verifier.name) must be named like the origin"
            )
        }
        let text = text
        return try SignedNote(text: text, signatures: [signer.signature(for: text)])
    }

    static func malformed(_ reason: String) -> LogError {
        LogError(.checkpointMalformed, at: "checkpoint", reason)
    }
}
