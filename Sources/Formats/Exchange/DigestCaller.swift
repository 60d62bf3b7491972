internal import Signing

/// The side that calls: it asks for the nodes that differ, from the root downwards, and tells the
/// other side what it found (spec/28 §2.2).
///
/// Every answer is proven by the hash above it, up to the greeting. So the other side can name
/// transfers that it has not, but it cannot hide one, nor send us round in circles.
public struct DigestCaller: DigestExchange {
    private let digest: BookDigest
    private let greeting: DigestGreeting
    private let differenceLimit: Int
    private var counter = ExchangeCounter()
    private var state = State.greeting
    private var other: DigestGreeting?
    /// Inner nodes of the other side that differ and were not asked for yet.
    private var open: [Place] = []
    /// Leaves of the other side that differ and have no name yet.
    private var nameless: [Place] = []
    /// Leaves of our own that the other side has not, by their numbers.
    private var own: [Int] = []
    /// Leaves of the other side that we have not.
    private var others: [DigestMessage.Leaf] = []
    /// How many transfers differ at least, apart from those under `open`.
    private var settledCount = 0

    /// A node of the other side.
    private struct Place {
        let prefix: BookPrefix
        let hash: Digest
    }

    private enum State {
        case greeting
        case asking([Place])
        case naming([Place])
        case ending(DigestComparison)
        case over
    }

    /// A side that calls; with more than so many differences it stops looking for them.
    public init(
        _ digest: BookDigest,
        differenceLimit: Int = FormatLimits.exchangeDifferenceCount
    ) {
        self.digest = digest
        greeting = DigestGreeting(digest)
        self.differenceLimit = min(differenceLimit, FormatLimits.exchangeDifferenceCount)
    }

    /// The call.
    public mutating func begin() -> [[UInt8]] {
        [DigestMessage.call(greeting).line]
    }

    /// Takes an answer.
    public mutating func receive(_ line: [UInt8]) throws(FormatError) -> ExchangeStep {
        switch (state, try counter.read(line)) {
        case (.greeting, .answer(let other)):
            try counter.check(greeting, other)
            self.other = other
            try compare(.whole, other.top)
            return try proceed(other)
        case (.asking(let places), .children(let nodes)):
            try take(nodes, of: places)
        case (.naming(let places), .leaves(let leaves)):
            try take(leaves, of: places)
        case (.ending(let result), .end(let count)):
            guard count == UInt64(result.differenceCount) else { throw counter.notDue() }
            state = .over
            return ExchangeStep([], result: result)
        default: throw counter.notDue()
        }
        guard let other else { throw counter.notDue() }
        return try proceed(other)
    }

    private mutating func take(
        _ nodes: [BookNode],
        of places: [Place]
    ) throws(FormatError) {
        guard nodes.count == places.count * BookNode.childCount else { throw counter.notDue() }
        for (index, place) in places.enumerated() {
            let start = index * BookNode.childCount
            let children = Array(nodes[start..<start + BookNode.childCount])
            guard BookNode(children: children)?.hash == place.hash else {
                throw counter.fault(.exchangeHash, "the nodes do not hash to the one above them")
            }
            for (nibble, child) in children.enumerated() {
                try compare(place.prefix.child(UInt8(nibble)), child)
            }
        }
    }

    private mutating func take(
        _ leaves: [DigestMessage.Leaf],
        of places: [Place]
    ) throws(FormatError) {
        guard leaves.count == places.count else { throw counter.notDue() }
        for (leaf, place) in zip(leaves, places) {
            let key = leaf.name.key
            let stands = place.prefix.nibbles.enumerated().allSatisfy { key.nibble(at: $0) == $1 }
            guard leaf.hash == place.hash, stands else {
                throw counter.fault(.exchangeHash, "the name is not that of the leaf asked for")
            }
        }
        others += leaves
    }

    /// Notes what differs at one place.
    private mutating func compare(_ prefix: BookPrefix, _ node: BookNode) throws(FormatError) {
        guard digest.node(at: prefix) != node else { return }
        switch node.kind {
        case .empty: keep(digest.leaves(under: prefix), besides: nil, orElse: 0)
        case .leaf:
            let leaves = digest.leaves(under: prefix)
            let twin = leaves.first { digest.hashes[$0] == node.hash }
            if twin == nil { nameless.append(Place(prefix: prefix, hash: node.hash)) }
            keep(leaves, besides: twin, orElse: twin == nil ? 1 : 0)
        case .inner:
            guard prefix.nibbles.count < Digest.nibbleCount else {
                throw counter.fault(.exchangeHash, "the tree is deeper than its keys are long")
            }
            open.append(Place(prefix: prefix, hash: node.hash))
        }
    }

    /// Notes leaves that only we have, but for the one that both have; of theirs there are so many.
    private mutating func keep(_ leaves: Range<Int>, besides twin: Int?, orElse count: Int) {
        settledCount += max(leaves.count - (twin == nil ? 0 : 1), count)
        guard settledCount <= differenceLimit else { return }
        own += leaves.filter { $0 != twin }
    }

    /// The next question, or the end.
    private mutating func proceed(_ other: DigestGreeting) throws(FormatError) -> ExchangeStep {
        if greeting == other {
            state = .over
            return ExchangeStep([], result: comparison(other, []))
        }
        let count = settledCount + open.count
        if count > differenceLimit {
            state = .over
            let result = DigestComparison(greeting, other, differences: [], differenceCount: count)
            return ExchangeStep([.stop(UInt64(count))], result: result)
        }
        if let places = Self.takeFirst(&open) {
            state = .asking(places)
            return ExchangeStep([.nodes(places.map(\.prefix))])
        }
        if let places = Self.takeFirst(&nameless) {
            state = .naming(places)
            return ExchangeStep([.names(places.map(\.prefix))])
        }
        return try finish(other)
    }

    private mutating func finish(_ other: DigestGreeting) throws(FormatError) -> ExchangeStep {
        let result = comparison(other, differences)
        let surplus = result.differences.reduce(0) { sum, difference in
            sum + (difference.own == nil ? 1 : 0) - (difference.other == nil ? 1 : 0)
        }
        guard UInt64(exactly: digest.count + surplus) == other.count, !result.isEqual else {
            throw counter.fault(.exchangeContradiction, "its count is not that of its leaves")
        }
        state = .ending(result)
        let findings = result.differences.map {
            DigestMessage.Finding(name: $0.name, caller: $0.own, answerer: $0.other)
        }
        let messages = stride(
            from: 0,
            to: findings.count,
            by: FormatLimits.exchangePlaceCount
        ).map { start in
            let end = min(start + FormatLimits.exchangePlaceCount, findings.count)
            return DigestMessage.differ(Array(findings[start..<end]))
        }
        return ExchangeStep(messages + [.end(UInt64(findings.count))])
    }

    /// The leaves of both sides, put together by their names.
    private var differences: [DigestDifference] {
        let all =
            own.map { DigestDifference(name: digest.names[$0], own: digest.hashes[$0], other: nil) }
            + others.map { DigestDifference(name: $0.name, own: nil, other: $0.hash) }
        var merged: [DigestDifference] = []
        for difference in all.sorted(by: { $0.name < $1.name }) {
            guard let last = merged.last, last.name == difference.name else {
                merged.append(difference)
                continue
            }
            merged[merged.count - 1] = DigestDifference(
                name: last.name,
                own: last.own ?? difference.own,
                other: last.other ?? difference.other
            )
        }
        return merged
    }

    private func comparison(
        _ other: DigestGreeting,
        _ differences: [DigestDifference]
    ) -> DigestComparison {
        DigestComparison(
            greeting,
            other,
            differences: differences,
            differenceCount: differences.count
        )
    }

    private static func takeFirst(_ places: inout [Place]) -> [Place]? {
        let taken = Array(places.prefix(FormatLimits.exchangePlaceCount))
        guard !taken.isEmpty else { return nil }
        places.removeFirst(taken.count)
        return taken
    }
}
