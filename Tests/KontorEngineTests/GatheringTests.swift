import Testing

@testable import KontorEngine

/// For how long small groups gather, played with clients that send again once they are answered.
struct GatheringTests {
    /// Clients, what the processors need for each of their calls, and what a commit takes, in
    /// microseconds.
    struct Load: Sendable {
        let clients: Int
        let call: UInt64
        let commit: UInt64
    }

    /// The sizes of groups, after some to settle.
    private func groups(_ load: Load, count: Int = 40) -> [Int] {
        let call = load.call * 1_000
        var gathering = Gathering()
        var coming = (1...load.clients).map { UInt64($0) * call }
        var processorsFree = UInt64(load.clients) * call
        var waiting = 0
        var now: UInt64 = 0
        var sizes: [Int] = []
        func arrive(by moment: UInt64) {
            while let next = coming.first, next <= moment {
                coming.removeFirst()
                gathering.arrived(at: next)
                waiting += 1
            }
        }
        while sizes.count < count {
            arrive(by: now)
            while waiting == 0 || !gathering.isDue(waiting, at: now) {
                let next = coming.first ?? .max
                now = max(now, waiting == 0 ? next : min(next, gathering.deadline))
                arrive(by: now)
            }
            let begin = now
            let size = waiting
            waiting = 0
            now += load.commit * 1_000
            arrive(by: now)
            gathering.committed(size, waiting: waiting, since: begin, at: now)
            for _ in 0..<size {
                processorsFree = max(processorsFree, now) + call
                coming.append(processorsFree)
            }
            sizes.append(size)
        }
        return Array(sizes.suffix(10))
    }

    @Test(arguments: [
        // Alone, nobody waits for others.
        (Load(clients: 1, call: 80, commit: 3_500), 1),
        (Load(clients: 1, call: 80, commit: 100), 1),
        // All come back while a commit would run: one commit serves all.
        (Load(clients: 2, call: 80, commit: 3_500), 2),
        (Load(clients: 64, call: 20, commit: 3_500), 64),
        (Load(clients: 64, call: 76, commit: 8_000), 64),
        // A commit takes less than that: one half is at work while the other is committed.
        (Load(clients: 64, call: 76, commit: 3_500), 32),
        (Load(clients: 64, call: 20, commit: 1_200), 32),
        (Load(clients: 2, call: 80, commit: 100), 1),
        // Commits are quick: each takes what came meanwhile.
        (Load(clients: 64, call: 20, commit: 200), 10),
    ]) func groupsSettle(load: Load, size: Int) {
        #expect(groups(load) == [Int](repeating: size, count: 10))
    }

    @Test func nobodyWaitsLongForThoseWhoLeft() {
        var gathering = Gathering()
        gathering.committed(64, waiting: 0, since: 0, at: 90_000_000)
        #expect(!gathering.isDue(31, at: 90_000_000))
        #expect(gathering.isDue(32, at: 90_000_000))
        let deadline = 90_000_000 + Gathering.waits.upperBound
        #expect(!gathering.isDue(1, at: deadline - 1))
        #expect(gathering.isDue(1, at: deadline))
        gathering.committed(64, waiting: 0, since: 0, at: 100_000)
        #expect(gathering.deadline == 100_000 + Gathering.waits.lowerBound)
    }

    @Test func whoNeverCameBackIsNotExpected() {
        var gathering = Gathering()
        gathering.committed(4, waiting: 0, since: 0, at: 3_000_000)
        gathering.committed(1, waiting: 3, since: 4_000_000, at: 7_000_000)
        #expect(gathering.target == 2)
        gathering.arrived(at: 7_100_000)
        gathering.arrived(at: 9_900_000)
        gathering.committed(3, waiting: 1, since: 7_000_000, at: 10_000_000)
        // The one that was answered came back within 0.1 ms; whoever came later was another.
        #expect(gathering.target == 4)
    }
}
