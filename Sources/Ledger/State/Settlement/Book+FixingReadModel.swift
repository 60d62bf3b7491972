public import Settlement
public import Signing

/// Fixings for people and programs (spec/24 §6); nothing here changes anything.
extension Book {
    /// The last fixing, or nil before the first.
    public var fixing: NightFixing? { fixings.last }

    /// The official cross rates of the last fixing, with those of the one before it, or nil before
    /// the first.
    public var crossRates: CrossRateTable? {
        fixings.last.map { CrossRateTable($0.values, yesterday: fixings.before) }
    }

    /// The rates that hold for an agreement, or nil if it says no `fixing` or none were found yet.
    public func fixedRates(of agreement: Digest) -> FixedRates? {
        agreementRates(agreement)?.current
    }

    /// The rates of an agreement that wait for acceptance, or nil.
    public func waitingRates(of agreement: Digest) -> WaitingRates? {
        agreementRates(agreement)?.waiting
    }

    /// The terms hashes of all agreements that say `fixing`, in the order in which they bound.
    public var fixingAgreements: [Digest] {
        fixings.agreements.map { registry.agreements[Int($0.agreement)].hash }
    }

    /// What a fix of a closed window with these sheets would give at a moment, or nil if there is
    /// no such window or the policy fixes no rates.
    ///
    /// The operator's tool signs its hash; whoever recomputes a fix compares the text.
    ///
    /// Complexity: O(programs + agreements that say `fixing`, × log of both).
    public func rehearseFixing(
        _ fix: SettlementFix,
        at time: Timestamp
    ) -> FixingDraft? {
        guard let window = nights.window(fix.window, of: fix.calendar),
            let rule = registry.policy?.fixing
        else { return nil }
        return draftFixing(fix.sheets, of: window, rule, at: time)
    }

    private func agreementRates(_ agreement: Digest) -> AgreementRates? {
        guard let place = registry.agreement(agreement)?.plan?.fixing else { return nil }
        return fixings.agreements[Int(place)]
    }
}
