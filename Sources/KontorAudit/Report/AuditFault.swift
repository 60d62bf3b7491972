public import Ledger
public import VerifiableLog

/// The first thing in a book that is not as it must be: where, what, and why (spec/18 §4).
public struct AuditFault: Error, Hashable, Sendable {
    /// Codes of faults that only an audit finds; others come from `LogError.Code` and `Rejection`.
    public enum Code: String, Sendable, CaseIterable {
        /// The log ends before the size that its checkpoint states.
        case entryMissing
        /// There is something after the last entry that the checkpoint covers.
        case surplusBytes
        /// An entry does not hash to what the hash tile beside it says.
        case leafMismatch
        /// A hash tile is not the one that the entries below it give.
        case tileMismatch
        /// A file that the checkpoint implies is not there.
        case fileMissing
        /// What a store keeps beside an entry is not what the entry says.
        case storedMismatch
        /// The entries do not hash to the root of the checkpoint.
        case rootMismatch
        /// The source shows other bytes for an entry than it did before.
        case pastEntryChanged
        /// The checkpoint's key is not one that the chain registered and that holds.
        case logKeyNotRegistered
        /// The checkpoint is of another origin than the genesis names.
        case originMismatch
        /// A `settlement.calculate` names another head than the tree had at its size.
        case headMismatch
        /// An attachment of a proof bundle is not what its header says.
        case attachmentMismatch
        /// A proof bundle lacks a file that an entry names, or has one that none names.
        case attachmentMissing
        /// A quote of a sheet is not the one of the published file.
        case quoteMismatch
        /// The opening of an account is not of payee and currency of a payment.
        case accountMismatch
    }

    /// The index of the entry, or nil if the fault is of the log as a whole.
    public let index: UInt64?
    /// Where in the entry, or in which file.
    public let place: String
    /// The stable code.
    public let code: String
    /// What is wrong, in words and numbers.
    public let reason: String

    /// A fault of any code.
    public init(index: UInt64?, place: String, code: String, reason: String) {
        self.index = index
        self.place = place
        self.code = code
        self.reason = reason
    }

    /// A fault that only an audit finds.
    public init(_ code: Code, index: UInt64?, at place: String, _ reason: String) {
        self.init(index: index, place: place, code: code.rawValue, reason: reason)
    }

    /// A fault of the log's formats.
    public init(_ error: LogError, index: UInt64?) {
        self.init(index: index, place: error.place, code: error.code.rawValue, reason: error.reason)
    }

    /// An entry that does not follow from the rules, by its first fault.
    ///
    /// A kind or rule set that this software does not know is `UnsupportedRules`: not a fault of
    /// the log, but the audit cannot go on.
    public init(_ refusal: Refusal, index: UInt64) {
        let fault = refusal.first
        let isUnknown = fault.rejection == .unknownKind && fault.detail == nil
        let isUnsupported = isUnknown || fault.rejection == .unsupportedRules
        self.init(
            index: index,
            place: fault.place,
            code: isUnsupported ? Rejection.unsupportedRules.rawValue : fault.code,
            reason: fault.reason
        )
    }

    /// Whether this software is too old for the log, which is no fault of the log.
    public var isUnsupported: Bool { code == Rejection.unsupportedRules.rawValue }
}

extension AuditFault: CustomStringConvertible {
    /// One line for people.
    public var description: String {
        let place = place.isEmpty ? "" : " at \(place)"
        let subject = index.map { "entry \($0)" } ?? "the log"
        return isUnsupported
            ? "\(subject) needs rules that this software does not know\(place): \(reason)"
            : "\(subject) does not follow from the rules: \(code)\(place): \(reason)"
    }
}
