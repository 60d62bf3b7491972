internal import Foundation

/// The descriptors that this process may have open.
enum OpenFiles {
    /// Raises the limit to what the system allows, and returns it.
    @discardableResult
    static func raiseLimit() -> Int {
        var limit = rlimit()
        let name = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        guard getrlimit(name, &limit) == 0 else { return 1_024 }
        limit.rlim_cur = limit.rlim_max
        setrlimit(name, &limit)
        return Int(clamping: limit.rlim_cur)
    }
}
