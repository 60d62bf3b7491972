public import KontorStorage
internal import Synchronization

// Who may write: one store of each log, and only while it was not fenced (spec/15 §8).

extension Engine {
    /// Refuses a store that takes no entries of its own; gives the epoch of one that does.
    ///
    /// Throws `readOnly` with the way out.
    @discardableResult
    public static func requireWriting(_ store: any LogStore) throws -> UInt64 {
        let standing: Standing
        do { standing = try store.standing() } catch {
            throw EngineError.readOnly(after: error) ?? error
        }
        if let objection = standing.objection {
            throw EngineError(.readOnly, "this ledger takes no entries: \(objection)")
        }
        return standing.epoch
    }
}

extension Engine {
    /// Whether the writer still takes entries: it met no fault, and its store was not fenced.
    public var isWriting: Bool {
        guard !hasFailed.withLock({ $0 }) else { return false }
        return (try? Self.requireWriting(store)) != nil
    }
}

extension EngineError {
    /// What a fenced store means to whoever submits, or nil for another fault.
    static func readOnly(after fault: any Error) -> EngineError? {
        guard let fault = fault as? StorageError, fault.code == .fenced else { return nil }
        return EngineError(.readOnly, fault.message, cause: fault)
    }
}
