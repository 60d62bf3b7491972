internal import Signing

/// Whether a store takes entries of its own, and since which hand-over (spec/15 §8).
///
/// A log has one store that writes. The right to write passes from store to store with an epoch
/// that grows, and a store that gave it away never gets it back.
public struct Standing: Sendable, Hashable {
    /// What the store is for.
    public enum State: Sendable, Hashable {
        /// Takes entries from the one writer that opens it.
        case writes
        /// A backup or a mirror, whose entries another store took.
        case copy
        /// A copy that was made from an audited log, at a place, and may become the one that
        /// writes.
        case restored(place: String)
        /// Gave the right to write to the store of an instance, for ever.
        case fenced(successor: UInt128)
    }

    /// The random number of this copy of the log; 0 if it was never given one.
    public var instance: UInt128
    /// How often the right to write was handed over, as far as this store knows.
    public var epoch: UInt64
    /// What the store is for.
    public var state: State

    /// A standing of these parts.
    public init(instance: UInt128, epoch: UInt64, state: State) {
        self.instance = instance
        self.epoch = epoch
        self.state = state
    }

    /// What a store without a mark is: it writes, and nothing was ever handed over.
    public static let unmarked = Standing(instance: 0, epoch: 0, state: .writes)

    /// Whether the right to write was given away.
    public var isFenced: Bool {
        if case .fenced = state { true } else { false }
    }

    /// Whether a store of this standing may be given another one.
    ///
    /// A fence is for ever. Only a restored copy begins to write, and only at a later epoch. Only
    /// an empty store becomes a copy.
    public func mayBecome(_ next: Standing, size: UInt64) -> Bool {
        switch (state, next.state) {
        case (.writes, .fenced):
            next.instance == instance && epoch < .max && next.epoch == epoch + 1
        case (.writes, .copy): size == 0
        case (.copy, .restored): next.instance == instance && next.epoch == epoch
        case (.restored, .writes): next.instance == instance && next.epoch > epoch
        default: false
        }
    }

    /// Why the store takes no entries of its own, and the way out; nil if it takes them.
    public var objection: String? {
        switch state {
        case .writes: nil
        case .copy: "it is a copy for reading; make a directory of it with kontor restore"
        case .restored:
            "it was restored and its tip is not confirmed; end the restore with "
                + "kontor restore --old-instance, or with --enrol if the old instance is lost"
        case .fenced(let successor):
            "it handed over to instance \(successor.base64URL) at epoch \(epoch); "
                + "write there, and keep this one for reading"
        }
    }
}
