import KontorClient
import Testing

/// When a request is sent again, by a table.
@Suite struct RetryScheduleTests {
    private static let policy = RetryPolicy(
        attemptCount: 5,
        firstWait: .milliseconds(100),
        longestWait: .milliseconds(300),
        totalTime: .seconds(2)
    )

    struct Step: Sendable {
        let outcome: RetrySchedule.Outcome
        let milliseconds: Int
        let random: UInt64
        let action: RetrySchedule.Action
    }

    static let tables: [(name: String, steps: [Step])] = [
        (
            "a refusal is final",
            [Step(outcome: .final, milliseconds: 0, random: .max, action: .giveUp(.final))]
        ),
        (
            "waits double up to the longest one, then the attempts are used up",
            [
                again(at: 0, .max, .milliseconds(100)), again(at: 100, .max, .milliseconds(200)),
                again(at: 300, .max, .milliseconds(300)), again(at: 600, .max, .milliseconds(300)),
                Step(
                    outcome: .again(after: nil),
                    milliseconds: 900,
                    random: .max,
                    action: .giveUp(.attempts)
                ),
            ]
        ),
        (
            "jitter is full: from nothing to all of the wait",
            [again(at: 0, 0, .zero), again(at: 0, .max / 2 + 1, .milliseconds(100))]
        ),
        (
            "the server's wait comes first, jitter on top",
            [
                Step(
                    outcome: .again(after: .seconds(1)),
                    milliseconds: 0,
                    random: .max,
                    action: .wait(.milliseconds(1_100))
                )
            ]
        ),
        (
            "a wait that passes the total time is not begun",
            [
                Step(
                    outcome: .again(after: .seconds(3)),
                    milliseconds: 0,
                    random: 0,
                    action: .giveUp(.time)
                )
            ]
        ),
        (
            "nor is one when time is up",
            [
                Step(
                    outcome: .again(after: nil),
                    milliseconds: 2_001,
                    random: 0,
                    action: .giveUp(.time)
                )
            ]
        ),
        (
            "a negative wait is none",
            [
                Step(
                    outcome: .again(after: .seconds(-5)),
                    milliseconds: 0,
                    random: 0,
                    action: .wait(.zero)
                )
            ]
        ),
    ]

    static func again(at milliseconds: Int, _ random: UInt64, _ wait: Duration) -> Step {
        Step(
            outcome: .again(after: nil),
            milliseconds: milliseconds,
            random: random,
            action: .wait(wait)
        )
    }

    @Test(arguments: tables.indices)
    func table(index: Int) {
        let table = Self.tables[index]
        var schedule = RetrySchedule(Self.policy)
        for step in table.steps {
            let action = schedule.next(
                step.outcome,
                now: .milliseconds(step.milliseconds),
                random: step.random
            )
            #expect(action == step.action, "\(table.name)")
        }
    }

    @Test func progressGivesNewAttemptsAndTime() {
        var schedule = RetrySchedule(Self.policy)
        for _ in 0..<4 { _ = schedule.next(.again(after: nil), now: .zero, random: 0) }
        schedule.noteProgress(now: .seconds(10))
        let action = schedule.next(.again(after: nil), now: .seconds(11), random: .max)
        #expect(action == .wait(.milliseconds(100)))
        #expect(schedule.attempts == 1)
    }

    @Test func everyWaitLiesWithinItsBounds() {
        var random = SystemRandomNumberGenerator()
        for attempt in 0..<200 {
            var schedule = RetrySchedule(RetryPolicy(attemptCount: 100, totalTime: .seconds(1_000)))
            for _ in 0..<(attempt % 70) {
                guard
                    case .wait(let wait) = schedule.next(
                        .again(after: nil),
                        now: .zero,
                        random: random.next()
                    )
                else { continue }
                #expect(wait >= .zero && wait <= schedule.policy.longestWait)
            }
        }
    }
}
