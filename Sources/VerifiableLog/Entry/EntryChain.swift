public import Signing

/// The chain of entries, checked one by one: index, hash of the entry before, and time (spec/04
/// §3).
///
/// The chain is redundant beside the tree. It is recomputed for every entry and stands in for no
/// proof.
public struct EntryChain: Hashable, Sendable {
    /// The number of entries so far, which is the index of the next one.
    public private(set) var size: UInt64
    /// The leaf hash of the last entry; zero before the first.
    public private(set) var lastHash: Digest
    /// The time of the last entry, or nil before the first.
    public private(set) var lastTime: Timestamp?

    /// The chain before its first entry.
    public init() {
        size = 0
        lastHash = .zero
        lastTime = nil
    }

    /// The chain after an entry that was checked earlier, as a store keeps it.
    public init(after last: EntryFrame) {
        size = last.index + 1
        lastHash = last.leafHash
        lastTime = last.time
    }

    /// The chain after an entry that `frame(jws:clock:)` made, whose leaf hash is known.
    public init(continuing last: EntryFrame, leafHash: Digest) {
        size = last.index + 1
        lastHash = leafHash
        lastTime = last.time
    }

    /// Requires that an entry is the next one, and takes it; the leaf hash is returned.
    ///
    /// Throws `chainIndex`, `chainPrevious` or `chainTime`, in this order.
    ///
    /// Complexity: O(n) of the entry.
    @discardableResult
    public mutating func append(_ frame: EntryFrame) throws(LogError) -> Digest {
        let place = "entry \(frame.index)"
        guard frame.index == size else {
            throw LogError(.chainIndex, at: place, "index \(size) is due here")
        }
        guard frame.previous == lastHash else {
            throw LogError(.chainPrevious, at: place, "it must name the hash \(lastHash.base64)")
        }
        if let lastTime, frame.time < lastTime {
            throw LogError(.chainTime, at: place, "\(frame.time) is before \(lastTime)")
        }
        let hash = frame.leafHash
        size += 1
        lastHash = hash
        lastTime = frame.time
        return hash
    }

    /// The next entry of a JWS at a time of the clock; its time is never before the last one.
    ///
    /// Throws `entryTooLong` or `entryMalformed`.
    ///
    /// Complexity: O(n).
    public func frame(jws: [UInt8], clock: Timestamp) throws(LogError) -> EntryFrame {
        let time = max(clock, lastTime ?? clock)
        return try EntryFrame(index: size, time: time, previous: lastHash, jws: jws)
    }
}
