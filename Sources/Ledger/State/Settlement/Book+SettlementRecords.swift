internal import Money
internal import Signing

/// The records of accounts, trails, windows, sheets and debts (spec/20 §12).
extension Book {
    func noteNights(_ digest: inout StateDigest) {}
}
