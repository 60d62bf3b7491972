import Signing
import Testing

@testable import KontorServer

/// What is sent when: the schedule told as tables, without clock, network and chance.
struct WebhookScheduleTests {
    static let limits = DeliverySchedule.Limits()
    static let start = Timestamp(milliseconds: 1_772_438_400_000)

    private func moment(_ seconds: Int64) -> Timestamp {
        Self.start.advanced(byMilliseconds: seconds * 1_000)
    }

    private func wanting(_ index: UInt64) -> DeliverySchedule {
        var schedule = DeliverySchedule(next: index)
        schedule.looked(upTo: index, isWanted: true, in: 0)
        return schedule
    }

    /// Failures before, and the greatest wait after one more, in seconds.
    @Test(arguments: [
        (1, 1), (2, 2), (3, 4), (4, 8), (5, 16), (11, 1_024), (12, 2_048), (13, 3_600),
        (40, 3_600), (1_000_000, 3_600),
    ])
    func waitsDoubleUpToAnHour(failures: Int, seconds: Int64) {
        let delay = DeliverySchedule.greatestDelay(after: failures, Self.limits)
        #expect(delay == seconds * 1_000)
    }

    @Test func jitterReachesFromNothingToTheWholeWait() {
        for (fraction, milliseconds) in [(0, 0), (1, 1_000), (2, 2_000), (4, 4_000)] {
            var schedule = wanting(7)
            for _ in 0..<2 {
                _ = schedule.action(at: moment(0), Self.limits)
                _ = schedule.attempted(
                    .failed(DeliveryFailure(.timeout)),
                    at: moment(0),
                    in: 0,
                    Self.limits,
                    draw: { _ in 0 }
                )
            }
            _ = schedule.attempted(
                .failed(DeliveryFailure(.timeout)),
                at: moment(0),
                in: 0,
                Self.limits,
                draw: { $0 / 4 * Int64(fraction) }
            )
            let due = moment(0).advanced(byMilliseconds: Int64(milliseconds))
            #expect(schedule.pending?.retryAt == due)
        }
    }

    /// One hour after another, always with the longest wait: the day is used up, then it is dead.
    @Test func anEntryIsDeadAfterADay() throws {
        var schedule = wanting(7)
        var now = Self.start
        var attempts = 0
        var effect = DeliverySchedule.Effect.none
        repeat {
            let action = schedule.action(at: now, Self.limits)
            if case .wait(let due) = action {
                now = due
                continue
            }
            attempts += 1
            #expect(action == .send(index: 7, attempt: attempts))
            effect = schedule.attempted(
                .failed(DeliveryFailure(.status, status: 503)),
                at: now,
                in: 0,
                Self.limits,
                draw: { $0 }
            )
        } while effect == .retried || effect == .none
        #expect(now == moment(86_400), "the last attempt is made when the day ends")
        #expect(attempts == 13 + 23)
        let letter = DeadLetter(
            index: 7,
            attempts: attempts,
            time: now,
            failure: DeliveryFailure(.status, status: 503)
        )
        #expect(effect == .died(letter))
        #expect(schedule.dead.letters == [letter])
        #expect(schedule.action(at: now, Self.limits) == .look(from: 8), "and the next one follows")
    }

    /// What is told, and what is to be done then.
    @Test func eachTellingHasItsConsequence() {
        let now = moment(0)
        var schedule = DeliverySchedule(next: 3)
        #expect(schedule.action(at: now, Self.limits) == .look(from: 3))
        schedule.looked(upTo: 6, isWanted: false, in: 0)
        #expect(schedule.action(at: now, Self.limits) == .look(from: 6))
        schedule.looked(upTo: 8, isWanted: true, in: 0)
        #expect(schedule.action(at: now, Self.limits) == .send(index: 8, attempt: 1))
        #expect(attempt(&schedule, .failed(DeliveryFailure(.connection)), now) == .retried)
        #expect(schedule.action(at: now, Self.limits) == .wait(until: moment(1)))
        #expect(schedule.action(at: moment(1), Self.limits) == .send(index: 8, attempt: 2))
        #expect(attempt(&schedule, .taken, moment(1)) == .delivered)
        schedule.looked(upTo: 9, isWanted: true, in: 0)
        #expect(schedule.action(at: now, Self.limits) == .send(index: 9, attempt: 1))
        schedule.skipped(9, in: 0)
        #expect(schedule.action(at: now, Self.limits) == .look(from: 10))
        schedule.looked(upTo: 10, isWanted: true, in: 0)
        #expect(attempt(&schedule, .gone, now) == .paused(.gone))
        #expect(schedule.action(at: moment(99_999), Self.limits) == .rest)
        schedule.replay(from: 2)
        #expect(schedule.action(at: now, Self.limits) == .look(from: 2))
        #expect(schedule.stop(.owner) == .paused(.owner))
        #expect(schedule.action(at: now, Self.limits) == .rest)
    }

    @Test func whatIsToldOfAnEarlierRoundMeansNothing() {
        var schedule = wanting(9)
        schedule.replay(from: 4)
        let after = schedule
        #expect(attempt(&schedule, .taken, moment(0), round: 0) == .none)
        #expect(attempt(&schedule, .gone, moment(0), round: 0) == .none)
        schedule.looked(upTo: 50, isWanted: true, in: 0)
        schedule.skipped(4, in: 0)
        #expect(schedule == after)
    }

    @Test func aClockThatWasSetBackDoesNotHoldUpAnEntry() {
        var schedule = wanting(1)
        _ = schedule.action(at: moment(0), Self.limits)
        _ = attempt(&schedule, .failed(DeliveryFailure(.timeout)), moment(0))
        #expect(schedule.action(at: moment(-3_599), Self.limits) == .wait(until: moment(1)))
        #expect(schedule.action(at: moment(-3_600), Self.limits) == .send(index: 1, attempt: 2))
    }

    @Test func deadLettersAreBoundedAndKeptInOrder() {
        func letter(_ index: UInt64, attempts: Int = 1) -> DeadLetter {
            DeadLetter(
                index: index,
                attempts: attempts,
                time: Self.start,
                failure: DeliveryFailure(.address)
            )
        }
        var dead = DeadLetters()
        for index: UInt64 in [5, 9, 7, 3] { dead.add(letter(index), limit: 4) }
        #expect(dead.letters.map(\.index) == [3, 5, 7, 9])
        dead.add(letter(7, attempts: 2), limit: 4)
        #expect(dead.letters.map(\.attempts) == [1, 1, 2, 1], "an index stands once")
        #expect(dead.droppedCount == 0)
        dead.add(letter(8), limit: 4)
        #expect(dead.letters.map(\.index) == [5, 7, 8, 9])
        #expect(dead.droppedCount == 1)
        dead.removeAll(from: 8)
        #expect(dead.letters.map(\.index) == [5, 7])
        #expect(DeadLetters(kept: dead.kept) == dead)
    }

    private func attempt(
        _ schedule: inout DeliverySchedule,
        _ outcome: DeliveryOutcome,
        _ now: Timestamp,
        round: Int? = nil
    ) -> DeliverySchedule.Effect {
        schedule.attempted(
            outcome,
            at: now,
            in: round ?? schedule.round,
            Self.limits,
            draw: { $0 }
        )
    }
}
