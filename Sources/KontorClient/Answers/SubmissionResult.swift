public import VerifiableLog

/// What became of a submission, verified.
public enum SubmissionResult: Sendable {
    /// It took effect now.
    case accepted(Receipt)
    /// It took effect before; `stored` is the JWS in the log where its bytes differ.
    case known(Receipt, stored: [UInt8]?)
    /// It took no effect.
    case refused(SubmissionRefusal)

    /// The receipt, or nil for a refusal.
    public var receipt: Receipt? {
        switch self {
        case .accepted(let receipt), .known(let receipt, _): receipt
        case .refused: nil
        }
    }
}
