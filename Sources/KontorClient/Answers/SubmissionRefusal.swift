public import KontorAPI
public import Signing
public import VerifiableLog

/// A refusal that the log key signed about the submission; it can be shown to others.
public struct SubmissionRefusal: Sendable, CustomStringConvertible {
    /// How many entries the log had when it was judged.
    public let size: UInt64
    /// When it was judged, on the ledger's clock.
    public let time: Timestamp
    /// The faults, at least one, as they were signed.
    public let faults: [Problem.Fault]
    /// The compact JWS of the log key.
    public let signed: String

    /// The code of the first fault.
    public var code: String { faults.first?.code ?? "" }

    /// The faults for people, a line each.
    public var description: String {
        faults.map { fault in
            "\(fault.code)\(fault.place.isEmpty ? "" : " at \(fault.place)"): \(fault.reason)"
                + (fault.wayOut.isEmpty ? "" : ". \(fault.wayOut)")
        }.joined(separator: "\n")
    }
}
