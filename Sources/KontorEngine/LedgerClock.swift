internal import Dispatch
internal import Foundation
public import Signing
internal import Synchronization

/// Where the writer takes the time of an entry from.
public protocol LedgerClock: Sendable {
    /// The present moment, or `clockJump`.
    func now() throws -> Timestamp
}

/// The wall clock of the machine, watched against its monotonic clock (spec/04 §3).
public final class SystemClock: LedgerClock {
    /// How far the two may drift apart, in milliseconds.
    public static let driftLimit: Int64 = 5_000
    private let wallStart: Int64
    private let monotonicStart: UInt64

    /// A clock that takes the present moment as its anchor.
    public init() {
        wallStart = Self.wall()
        monotonicStart = DispatchTime.now().uptimeNanoseconds
    }

    /// The present moment; throws when the wall clock was moved by more than five seconds.
    public func now() throws -> Timestamp {
        let wall = Self.wall()
        let elapsed = Int64((DispatchTime.now().uptimeNanoseconds - monotonicStart) / 1_000_000)
        let drift = wall - wallStart - elapsed
        guard abs(drift) <= Self.driftLimit else {
            throw EngineError(
                .clockJump,
                "the wall clock moved \(drift) ms against the monotonic one; set the clock right and start again"
            )
        }
        return Timestamp(milliseconds: wall)
    }

    private static func wall() -> Int64 {
        Int64((Date().timeIntervalSince1970 * 1_000).rounded(.down))
    }
}

/// A clock that its owner sets, for demonstrations, simulations and tests.
public final class ManualClock: LedgerClock {
    private let moment: Mutex<Timestamp>

    /// A clock that stands at a moment.
    public init(_ moment: Timestamp) {
        self.moment = Mutex(moment)
    }

    /// The moment that was set last.
    public func now() -> Timestamp {
        moment.withLock { $0 }
    }

    /// Sets the clock to a moment.
    public func set(_ moment: Timestamp) {
        self.moment.withLock { $0 = moment }
    }

    /// Moves the clock by some milliseconds.
    public func advance(byMilliseconds interval: Int64) {
        moment.withLock { $0 = $0.advanced(byMilliseconds: interval) }
    }
}
