/// For how long a small group gathers calls before it is committed.
///
/// Clients that wait for an answer before they send again come back some time after a commit. If
/// those whom it answered and those who wait already would all be there sooner than another commit
/// takes, one commit for all serves them faster than two in turn, so the next group waits for all.
/// Otherwise it waits for half of them: the processors work for one half while the other is
/// committed. A client that is alone never waits, and nobody waits longer than `waits`.
///
/// Times are nanoseconds of a clock that never goes back; a call is one list of submissions.
struct Gathering: Sendable, Hashable {
    /// A group waits for a missing call as long as the last commit took, within these bounds.
    static let waits: ClosedRange<UInt64> = 2_000_000...5_000_000

    /// The number of calls at which the group is due.
    private(set) var target = 1
    /// The moment at which it is due whatever came.
    private(set) var deadline: UInt64 = 0
    private var answeredAt: UInt64 = 0
    /// Calls that were answered then, how many came since, and when the last of those came.
    private var answered = 0
    private var returned = 0
    private var returnedAt: UInt64 = 0

    /// Whether a group of so many calls is due.
    func isDue(_ waiting: Int, at now: UInt64) -> Bool { waiting >= target || now >= deadline }

    /// Notes that a call came.
    mutating func arrived(at now: UInt64) {
        guard returned < answered else { return }
        returned += 1
        returnedAt = now
    }

    /// Notes that a commit, begun at a moment, answers so many calls, while others wait already.
    mutating func committed(_ calls: Int, waiting: Int, since begin: UInt64, at now: UInt64) {
        let all = calls + waiting
        let commitTime = now - begin
        let comesBackSooner =
            returned > 0
            && Double(returnedAt - answeredAt) / Double(returned) * Double(all) < Double(commitTime)
        target = comesBackSooner ? all : (all + 1) / 2
        deadline = now + min(max(commitTime, Self.waits.lowerBound), Self.waits.upperBound)
        (answered, returned, answeredAt, returnedAt) = (calls, 0, now, now)
    }
}
