/// Why something about the log is refused: a stable code, the place, and the reason with the way
/// out.
public struct LogError: Error, Hashable, Sendable {
    /// What is wrong; the raw value is the stable code of spec/04 to spec/07.
    public enum Code: String, Sendable, CaseIterable {
        /// An entry is longer than 65,535 bytes.
        case entryTooLong
        /// An entry is not five lines in the one form.
        case entryMalformed
        /// An entry has not the index that follows.
        case chainIndex
        /// An entry does not name the leaf hash of the entry before it.
        case chainPrevious
        /// An entry is earlier than the entry before it.
        case chainTime
        /// A proof was asked for, or given, outside of the tree.
        case proofRange
        /// A proof has more or fewer hashes than its tree needs.
        case proofLength
        /// A proof leads to another root.
        case proofRoot
        /// A compact range or the edge of a tree does not fit its size.
        case treeEdge
        /// A tile path is not written in the one form, or names no tile that can exist.
        case tilePath
        /// A tile has not the number of bytes that its path says.
        case tileLength
        /// A tile that the checkpoint implies was not served.
        case tileMissing
        /// A tile does not hash to what the checkpoint says.
        case tileForged
        /// An entry bundle is not a run of length-prefixed entries.
        case bundleMalformed
        /// An entry of a bundle does not hash to its leaf.
        case bundleForged
        /// A note is not text, an empty line, and signature lines.
        case noteMalformed
        /// A note is larger, or has more signatures, than is read.
        case noteTooLong
        /// A note carries no signature by a known key.
        case noteUnsigned
        /// A signature by a known key does not fit the text.
        case noteSignature
        /// Two known keys share a name and a key id.
        case keyAmbiguous
        /// A key text is not written in the one form.
        case keyMalformed
        /// A key is of a type that cannot do what is asked.
        case keyUnsupported
        /// A checkpoint text is not origin, size, root and extension lines.
        case checkpointMalformed
        /// A checkpoint of size 0 has another root than the empty tree.
        case checkpointRoot
        /// A checkpoint is of another log.
        case checkpointOrigin
        /// Two checkpoints of one log exclude each other, or their consistency is not proven.
        case checkpointFork
        /// A cosignature is not eight bytes of time and a signature.
        case cosignatureMalformed
        /// A `.tlog-proof` file is not written in the one form.
        case proofFileMalformed
        /// A request to a witness is not written in the one form.
        case requestMalformed
        /// A trust policy is not written by the rules.
        case policyMalformed
        /// Fewer witnesses cosigned than the policy wants.
        case quorumMissing
        /// A receipt is not a JSON object of exactly the six members in their forms.
        case receiptMalformed
        /// What was submitted is no JWS, or is not what the log stored.
        case receiptSubmission
        /// A receipt is for another submission id.
        case receiptID
        /// The rebuilt entry has another leaf hash than the receipt.
        case receiptLeaf
        /// Receipt and proof name different indices.
        case receiptIndex
        /// A refusal is not an object of exactly its five members in their forms.
        case refusalMalformed
        /// A refusal is no JWS of its type by the log's key.
        case refusalSignature
        /// A refusal is about another ledger.
        case refusalLedger
        /// A refusal is about another submission.
        case refusalSubmission
    }

    /// What is wrong.
    public let code: Code
    /// Where: a line, an index, a path, a key name.
    public let place: String
    /// Why, and what to do about it.
    public let reason: String

    /// An error of a code at a place.
    public init(_ code: Code, at place: String, _ reason: String) {
        self.code = code
        self.place = place
        self.reason = reason
    }
}

extension LogError: CustomStringConvertible {
    /// Place, code and reason in one line.
    public var description: String { "\(place): \(code.rawValue): \(reason)" }
}
