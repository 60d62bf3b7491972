internal import Settlement
internal import Signing

/// Values of programs, and the rates that follow from them (spec/24).
struct Fixings: Sendable, Codable {
    /// The last pinned values of each program, newest last, at most as many as a mean has.
    private(set) var pinned: [String: [UnitValue]] = [:]
    /// The rates of each agreement that says `fixing`, in the order in which they bound.
    private(set) var agreements: [AgreementRates] = []
    /// What each agreement posted in its windows.
    var units = PostedUnits()
    /// The last fixing.
    private(set) var last: NightFixing?
    /// The values of the fixing before it.
    private(set) var before: [ProgramValues] = []

    /// The place for the rates of an agreement that binds.
    mutating func add(agreement: Int32) -> Int32 {
        agreements.append(AgreementRates(agreement: agreement))
        return Int32(agreements.count - 1)
    }

    /// Changes the rates of one agreement.
    mutating func change(_ place: Int, _ change: (inout AgreementRates) -> Void) {
        change(&agreements[place])
    }

    /// Takes over the values of a fixing, and counts its pinned ones for later means.
    mutating func take(_ fixing: NightFixing, days: Int) {
        for line in fixing.lines {
            guard let value = line.values.pinned else { continue }
            let list = pinned[line.values.program, default: []] + [value]
            pinned[line.values.program] = Array(list.suffix(days))
        }
        before = last?.values ?? []
        last = fixing
    }

    /// Follows a new policy: pinned values of another numeraire are dropped, others cut to the new
    /// length of a mean.
    mutating func follow(_ rule: NetworkPolicy.FixingRule?, after old: NetworkPolicy.FixingRule?) {
        guard let rule, rule.numeraire == old?.numeraire else {
            pinned = [:]
            return
        }
        for program in pinned.sortedNames {
            pinned[program] = pinned[program]?.suffix(Int(rule.days))
        }
    }
}
