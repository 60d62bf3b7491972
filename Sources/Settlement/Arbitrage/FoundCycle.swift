/// A cycle of agreements, what it makes of a unit, and how far it can be used.
public struct FoundCycle: Hashable, Sendable {
    /// What a cycle does, the worst first.
    public enum Verdict: Int, Hashable, Sendable, Comparable, CaseIterable {
        /// The product is above 1: units from nothing, again and again.
        case gain
        /// A bonus that a member gets once makes it gain, once.
        case onceGain
        /// The product is exactly 1.
        case even
        /// The product is below 1.
        case loss

        /// Orders the worst first.
        public static func < (left: Verdict, right: Verdict) -> Bool {
            left.rawValue < right.rawValue
        }
    }

    /// A cap on one of its agreements, and what it leaves.
    public struct CapBound: Hashable, Sendable {
        /// The agreement.
        public let agreement: String
        /// The cap.
        public let cap: EdgeTerms.Cap
        /// Units of the start that can be gained at most in a period.
        public let gainAtMost: Int128?
    }

    /// The verdict.
    public let verdict: Verdict
    /// Its agreements in order; the first starts at `nodes[0]`.
    public let agreements: [String]
    /// Where it passes, without the return.
    public let nodes: [String]
    /// The product of the edges' values, without bonuses that a member gets once.
    public let product: ExactRatio
    /// The product of the best single items.
    public let onceProduct: ExactRatio
    /// Units of the start that once-bonuses can bring a member at most; nil unless they decide.
    public let onceGainAtMost: Int128?
    /// Caps along the cycle.
    public let caps: [CapBound]
    /// The least amount of its first agreement.
    public let minimum: Int64
    /// The smallest lap that gains; nil when it does not gain, or none was found.
    public let lap: Lap?
    /// Remarks of its agreements.
    public let remarks: [String]
    /// Whether some value along it is a bound and may not be attained.
    public let isBound: Bool

    /// Whether it is an alarm.
    public var isAlarm: Bool { verdict <= .onceGain }

    /// The product that the verdict is about.
    public var decisiveProduct: ExactRatio { verdict == .onceGain ? onceProduct : product }

    init(_ path: [ValuedEdge]) {
        let turned = Self.turned(path)
        product = turned.map(\.value.ratio).product()
        onceProduct = turned.map(\.onceValue.ratio).product()
        verdict = Self.verdict(turned)
        agreements = turned.map(\.terms.id)
        nodes = turned.map(\.terms.from)
        onceGainAtMost = verdict == .onceGain ? Self.onceGain(turned) : nil
        caps = Self.capBounds(turned, product)
        minimum = turned.first?.terms.minimum ?? 1
        remarks = turned.flatMap { edge in edge.terms.remarks.map { "\(edge.terms.id): \($0)" } }
        let withOnce = verdict == .onceGain
        isBound = turned.contains {
            ($0.value.attainment == .atMost) || withOnce && $0.onceValue.attainment == .atMost
        }
        var named: [Int64] = []
        if let first = turned.first {
            for value in [first.value, first.onceValue] {
                if case .reached(let amount) = value.attainment { named.append(amount) }
            }
        }
        lap =
            verdict <= .onceGain
            ? Lap.smallestGain(turned.map(\.terms), also: named, withOnce: withOnce) : nil
    }

    /// The verdict alone.
    static func verdict(_ path: [ValuedEdge]) -> Verdict {
        let product = path.map(\.value.ratio).product()
        if product > .one { return .gain }
        if path.map(\.onceValue.ratio).product() > .one, onceGain(turned(path)) ?? 1 >= 1 {
            return .onceGain
        }
        return product == .one ? .even : .loss
    }

    /// Starts at the agreement whose once-bonus or else whose bonus brings most, else at the
    /// smallest name.
    private static func turned(_ path: [ValuedEdge]) -> [ValuedEdge] {
        let smallest = path.indices.min { left, right in
            let (left, right) = (path[left], path[right])
            let (first, second) = (rank(left), rank(right))
            return first != second ? first < second : left.terms.from < right.terms.from
        }
        guard let smallest else { return path }
        return Array(path[smallest...] + path[..<smallest])
    }

    private static func rank(_ edge: ValuedEdge) -> Int {
        if edge.terms.bonuses.contains(where: \.isOnce) { return 0 }
        return edge.terms.bonuses.isEmpty ? 2 : 1
    }

    /// What once-bonuses can bring in all, in units of the start: each valued by the rest of the
    /// way.
    private static func onceGain(_ path: [ValuedEdge]) -> Int128? {
        var worth = ExactRatio.one
        var sum = ExactRatio.zero
        for edge in path.reversed() {
            let units = edge.terms.bonuses.reduce(Int128(0)) { sum, bonus in
                if case .once(let units) = bonus.kind { sum + Int128(units) } else { sum }
            }
            sum = sum + worth * ExactRatio(units, 1)
            worth = worth * edge.value.ratio
        }
        return sum.wholePart
    }

    /// What each cap leaves: at most `cap / way there × (product − 1)` units of the start.
    private static func capBounds(_ path: [ValuedEdge], _ product: ExactRatio) -> [CapBound] {
        var way = ExactRatio.one
        var bounds: [CapBound] = []
        for edge in path {
            let after = way * edge.value.ratio
            for cap in edge.terms.caps {
                let there = cap.unit == .source ? way : after
                let gain = (product - .one) * ExactRatio(Int128(cap.amount), 1) / there
                bounds.append(
                    CapBound(
                        agreement: edge.terms.id,
                        cap: cap,
                        gainAtMost: product > .one ? gain.wholePart : nil
                    )
                )
            }
            way = after
        }
        return bounds
    }
}
