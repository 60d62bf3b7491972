internal import KontorStorage

private typealias Samples = LogStoreSamples

extension LogStoreConformance {
    /// Checks of who may write.
    static let standingChecks: [LogStoreConformance] = [
        LogStoreConformance("a new store writes, at epoch 0", checkFresh),
        LogStoreConformance("standings follow on each other in one way only", checkSteps),
        LogStoreConformance("a fence ends the writer, for ever", checkFence),
        LogStoreConformance("a copy takes entries that others wrote", checkCopy),
        LogStoreConformance("an enrolment is whole or not there", checkEnrolment),
        LogStoreConformance("a writer of an earlier epoch is refused", checkEpoch),
        LogStoreConformance("a fence beside a writer lets nothing through", checkFenceRace),
        LogStoreConformance("a standing outlives the store", checkStandingReopen),
    ]

    private static func commit(
        _ base: UInt64,
        _ count: Int,
        _ authority: LogCommit.Authority
    ) -> LogCommit {
        var commit = Samples.commit(base, count)
        commit.authority = authority
        return commit
    }

    /// Brings a fresh store to one of the four states.
    private static func bring(_ store: any LogStore, to state: Standing.State) throws {
        func step(_ state: Standing.State, epoch: UInt64 = 0) throws {
            let now = try store.standing()
            let next = Standing(instance: now.instance, epoch: epoch, state: state)
            try store.replaceStanding(now, with: next)
        }
        switch state {
        case .writes: return
        case .fenced: try step(state, epoch: 1)
        case .copy: try step(.copy)
        case .restored:
            try step(.copy)
            try store.append(commit(0, 2, .copy))
            try step(state)
        }
    }

    private static func checkFresh(_ factory: Factory) throws {
        let store = try factory.open()
        let standing = try store.standing()
        try require(standing.state == .writes && standing.epoch == 0, "it writes at epoch 0")
        try requireError(.conflict, "the mark is no setting") {
            try store.setSetting("standing", nil)
        }
        try store.close()
    }

    private static func checkSteps(_ factory: Factory) throws {
        let store = try factory.open()
        let writes = try store.standing()
        func standing(_ state: Standing.State, _ epoch: UInt64, _ instance: UInt128) -> Standing {
            Standing(instance: instance, epoch: epoch, state: state)
        }
        func refuses(_ from: Standing, _ next: Standing, line: Int = #line) throws {
            try requireError(.conflict, "\(next.state) is refused", line: line) {
                try store.replaceStanding(from, with: next)
            }
            try require(store.standing() == from, "it stays what it was", line: line)
        }
        let instance = writes.instance
        try refuses(writes, standing(.restored(place: "1"), 0, instance))
        try refuses(writes, standing(.fenced(successor: 9), 0, instance))
        try refuses(writes, standing(.fenced(successor: 9), 2, instance))
        try refuses(writes, standing(.fenced(successor: 9), 1, instance &+ 1))
        try refuses(writes, standing(.writes, 1, instance))
        try requireError(.conflict, "another standing was expected") {
            let other = standing(.writes, 7, instance)
            try store.replaceStanding(other, with: standing(.fenced(successor: 9), 8, instance))
        }
        let copy = standing(.copy, 0, 7)
        try store.replaceStanding(writes, with: copy)
        try refuses(copy, standing(.writes, 1, 7))
        try refuses(copy, standing(.fenced(successor: 9), 1, 7))
        try refuses(copy, standing(.restored(place: "1"), 0, 8))
        let restored = standing(.restored(place: "1"), 0, 7)
        try store.replaceStanding(copy, with: restored)
        try refuses(restored, standing(.writes, 0, 7))
        try refuses(restored, standing(.writes, 1, 8))
        try refuses(restored, standing(.fenced(successor: 9), 1, 7))
        let next = standing(.writes, 5, 7)
        try store.replaceStanding(restored, with: next)
        let fenced = standing(.fenced(successor: 9), 6, 7)
        try store.replaceStanding(next, with: fenced)
        for state in [Standing.State.writes, .copy, .restored(place: "1"), .fenced(successor: 8)] {
            try refuses(fenced, standing(state, 7, 7))
        }
        try require(store.standing() == fenced, "what was written is read")
        try store.close()
    }

    private static func checkFence(_ factory: Factory) throws {
        let store = try factory.open()
        try store.append(Samples.commit(0, 3))
        try requireError(.conflict, "a store with entries becomes no copy") {
            try bring(store, to: .copy)
        }
        try bring(store, to: .fenced(successor: 3))
        let transactions = store.counters.transactions
        for epoch in [UInt64(0), 1, 2] {
            try requireError(.fenced, "no entry after the fence") {
                try store.append(commit(3, 1, .writer(epoch: epoch)))
            }
        }
        try requireError(.fenced, "no other checkpoint either") {
            try store.append(commit(3, 0, .writer(epoch: 0)))
        }
        try requireError(.conflict, "nor copied entries") {
            try store.append(commit(3, 1, .copy))
        }
        try require(store.head() == Samples.head(3), "the log stays")
        try require(store.counters.transactions == transactions, "nothing was committed")
        try store.saveProjection(watermark: 3, version: 1, pages: [], dropping: [])
        try store.close()
    }

    private static func checkCopy(_ factory: Factory) throws {
        let store = try factory.open()
        try requireError(.conflict, "one that writes takes no copied entries") {
            try store.append(commit(0, 1, .copy))
        }
        try bring(store, to: .copy)
        try store.append(commit(0, 300, .copy))
        try requireError(.fenced, "a copy takes no entries of its own") {
            try store.append(commit(300, 1, .writer(epoch: 0)))
        }
        let now = try store.standing()
        var restored = now
        restored.state = .restored(place: "here")
        try store.replaceStanding(now, with: restored)
        try store.append(commit(300, 5, .copy))
        try requireError(.fenced, "nor does a restored one") {
            try store.append(commit(305, 1, .writer(epoch: 0)))
        }
        try require(store.head() == Samples.head(305), "what was copied is there")
        try store.close()
    }

    private static func checkEnrolment(_ factory: Factory) throws {
        let store = try factory.open()
        let writes = Standing(instance: try store.standing().instance, epoch: 1, state: .writes)
        try requireError(.conflict, "only a restored store is enrolled") {
            try store.append(commit(0, 1, .enrolment(writes)))
        }
        try bring(store, to: .restored(place: "here"))
        let restored = try store.standing()
        try requireError(.conflict, "the standing must follow") {
            var wrong = writes
            wrong.instance = restored.instance &+ 1
            try store.append(commit(2, 1, .enrolment(wrong)))
        }
        try requireError(.conflict, "the base must fit") {
            try store.append(commit(3, 1, .enrolment(writes)))
        }
        try require(store.standing() == restored, "a refused one changes no standing")
        try require(store.head() == Samples.head(2), "and adds no entry")
        try store.append(commit(2, 2, .enrolment(writes)))
        try require(store.standing() == writes, "it writes")
        try require(store.head() == Samples.head(4), "with the entries")
        try store.append(commit(4, 1, .writer(epoch: 1)))
        try store.close()
    }

    private static func checkEpoch(_ factory: Factory) throws {
        let store = try factory.open()
        try bring(store, to: .restored(place: "here"))
        let restored = try store.standing()
        let writes = Standing(instance: restored.instance, epoch: 4, state: .writes)
        try store.replaceStanding(restored, with: writes)
        for epoch in [UInt64(0), 3, 5] {
            try requireError(.fenced, "the writer must have opened epoch 4") {
                try store.append(commit(2, 1, .writer(epoch: epoch)))
            }
        }
        try store.append(commit(2, 1, .writer(epoch: 4)))
        try store.close()
    }

    private static func checkFenceRace(_ factory: Factory) throws {
        let store = try factory.open()
        let reads = try ConcurrentRun(readers: 1).run {
            var next: UInt64 = 0
            do {
                while true {
                    try store.append(Samples.commit(next, 1, payloadBytes: 20))
                    next += 1
                }
            } catch let error as StorageError {
                try require(error.code == .fenced, "the fence ends it, not \(error)")
            }
        } reader: {
            guard try store.head()?.size ?? 0 >= 20 else { return }
            if try !store.standing().isFenced { try bring(store, to: .fenced(successor: 3)) }
            let head = try store.head()
            for _ in 0..<5 {
                try require(store.head() == head, "the head at the fence is the last one")
            }
        }
        try require(reads > 0, "the fence came from beside")
        try store.close()
    }

    private static func checkStandingReopen(_ factory: Factory) throws {
        guard factory.isPersistent else { return }
        var store = try factory.open()
        let instance = try store.standing().instance
        try store.close()
        store = try factory.open()
        try require(store.standing().instance == instance, "a store keeps its instance")
        try bring(store, to: .restored(place: "a b"))
        let restored = try store.standing()
        try store.close()
        store = try factory.open()
        try require(store.standing() == restored, "a restored one stays restored")
        let writes = Standing(instance: restored.instance, epoch: .max - 1, state: .writes)
        try store.replaceStanding(restored, with: writes)
        let fenced = Standing(
            instance: restored.instance,
            epoch: .max,
            state: .fenced(successor: .max)
        )
        try store.replaceStanding(writes, with: fenced)
        try store.close()
        store = try factory.open()
        try require(store.standing() == fenced, "a fenced one stays fenced")
        try requireError(.fenced, "and takes nothing") {
            try store.append(commit(2, 1, .writer(epoch: .max)))
        }
        try store.close()
    }
}
