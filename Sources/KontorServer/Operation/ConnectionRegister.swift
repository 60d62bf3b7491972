internal import Synchronization

/// The connections that are open, in all and of each address.
final class ConnectionRegister: Sendable {
    private let state = Mutex(State())
    private let limit: Int
    private let limitPerAddress: Int

    private struct State: Sendable {
        var count = 0
        var countByAddress: [String: Int] = [:]
    }

    init(limit: Int, limitPerAddress: Int) {
        self.limit = limit
        self.limitPerAddress = limitPerAddress
    }

    /// How many are open.
    var count: Int { state.withLock { $0.count } }

    /// Notes a connection of an address, or answers false if it is one too many.
    func admit(_ address: String) -> Bool {
        state.withLock { state in
            let ofAddress = state.countByAddress[address, default: 0]
            guard state.count < limit, ofAddress < limitPerAddress else { return false }
            state.count += 1
            state.countByAddress[address] = ofAddress + 1
            return true
        }
    }

    /// Notes that a connection which was admitted ended.
    func release(_ address: String) {
        state.withLock { state in
            state.count -= 1
            let ofAddress = state.countByAddress[address, default: 1] - 1
            state.countByAddress[address] = ofAddress > 0 ? ofAddress : nil
        }
    }
}
