import KontorStorage
import TestSupport
import Testing

/// The simulated faults do what simulations rely on.
@Suite struct FaultyStoreTests {
    private typealias Samples = LogStoreSamples

    @Test(arguments: FaultyStore.Fault.allCases)
    func faultAtTheSecondCall(_ fault: FaultyStore.Fault) throws {
        let inner = MemoryLogStore()
        let store = FaultyStore(inner, fault, atCall: 2)
        try store.append(Samples.commit(0, 1))
        #expect(throws: (any Error).self) { try store.append(Samples.commit(1, 1)) }
        let hasEffect = fault == .failsAfterEffect || fault == .crashesAfterEffect
        #expect(try inner.head()?.size == (hasEffect ? 2 : 1))
        switch fault {
        case .fails:
            try store.append(Samples.commit(1, 1))
        case .failsAfterEffect:
            #expect(throws: StorageError.self) { try store.append(Samples.commit(2, 1)) }
            #expect(try store.head()?.size == 2)
        case .crashes, .crashesAfterEffect:
            #expect(store.isCrashed)
            #expect(throws: FaultyStore.Crash(call: 3)) { try store.head() }
        }
        #expect(store.calls >= 3)
    }
}
