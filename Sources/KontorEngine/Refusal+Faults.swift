public import Ledger
public import VerifiableLog

extension Refusal {
    /// The faults as a signed refusal and a problem tell them, as many as fit (spec/07 §7).
    public var told: [SignedRefusal.Fault] {
        SignedRefusal.fitting(
            faults.map { fault in
                SignedRefusal.Fault(
                    code: fault.code,
                    place: fault.place,
                    reason: fault.reason,
                    wayOut: fault.rejection.wayOut
                )
            }
        )
    }
}
