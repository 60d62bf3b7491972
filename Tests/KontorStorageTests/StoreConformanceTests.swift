import KontorStorage
import TestSupport
import Testing

/// Every store keeps every promise of the contract.
@Suite struct StoreConformanceTests {
    @Test(arguments: LogStoreConformance.checks)
    func memory(_ check: LogStoreConformance) throws {
        let store = MemoryLogStore()
        try check.run(LogStoreConformance.Factory(isPersistent: false) { store })
    }

    @Test(arguments: LogStoreConformance.checks)
    func sqlite(_ check: LogStoreConformance) throws {
        try TemporaryDirectory.with { directory in
            let factory = LogStoreConformance.Factory(isPersistent: true) {
                let exists = directory.has("ledger.db")
                return try SQLiteLogStore(
                    directory: directory.path,
                    access: exists ? .readWrite : .create
                )
            }
            try check.run(factory)
        }
    }

    @Test(arguments: LogStoreConformance.checks)
    func faultyStoreWithoutFaults(_ check: LogStoreConformance) throws {
        let store = FaultyStore(MemoryLogStore())
        try check.run(LogStoreConformance.Factory(isPersistent: false) { store })
    }
}
