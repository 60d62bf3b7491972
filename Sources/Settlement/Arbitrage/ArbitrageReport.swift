/// What the arbitrage check found in a set of agreements at one moment (S-60).
public struct ArbitrageReport: Sendable {
    /// Programmes and currencies.
    public let nodes: [String]
    /// Agreements with a value.
    public let edgeCount: Int
    /// Agreements that allow no amount at all, by id.
    public let valueless: [String]
    /// The cycles found, the worst first.
    public let cycles: [FoundCycle]
    /// Agreements that a way round pays better than, the largest factor first.
    public let detours: [Detour]
    /// Pairs with agreements both ways, the largest loss first.
    public let roundTrips: [RoundTrip]
    /// Whether all cycles of at most `ArbitrageLimits.shortCycle` conversions were looked at.
    public let isComplete: Bool
    /// The first programme of each component whose exact decision was cut off.
    public let undecided: [String]

    /// The cycles that gain.
    public var alarms: [FoundCycle] { cycles.filter(\.isAlarm) }

    let edges: [ValuedEdge]
    let graph: ExchangeGraph

    /// Checks a set of edges; the order of the list decides nothing.
    ///
    /// Complexity: O(nodes × edges) at worst.
    public init(_ list: [EdgeTerms]) {
        let sorted = list.sorted { left, right in
            let (first, second) = ((left.from, left.to, left.id), (right.from, right.to, right.id))
            // Terms of one id differ by what people read of them.
            return first == second ? "\(left)" < "\(right)" : first < second
        }
        self.init(sorted: sorted)
    }

    private init(sorted: [EdgeTerms]) {
        let names = Self.distinct(sorted.flatMap { [$0.from, $0.to] })
        let (edges, valueless) = Self.value(sorted, names)
        let graph = ExchangeGraph(names, edges) { $0.value.ratio }
        let hasOnce = edges.contains { $0.onceValue.ratio != $0.value.ratio }
        var search = CycleSearch(edges, hasOnce: hasOnce)
        search.search(graph)
        if hasOnce { search.search(ExchangeGraph(names, edges) { $0.onceValue.ratio }) }
        self.edges = edges
        self.graph = graph
        self.valueless = valueless
        nodes = names
        edgeCount = edges.count
        cycles = search.cycles()
        isComplete = search.isComplete
        undecided = search.undecided.sorted()
        detours = Self.detours(graph, edges)
        roundTrips = Self.roundTrips(graph, edges)
    }

    private static func value(
        _ sorted: [EdgeTerms],
        _ names: [String]
    ) -> (edges: [ValuedEdge], valueless: [String]) {
        var places: [String: Int] = [:]
        for (place, name) in names.enumerated() { places[name] = place }
        var edges: [ValuedEdge] = []
        var valueless: [String] = []
        for terms in sorted {
            guard let value = EdgeValue(of: terms, withOnce: false), let from = places[terms.from],
                let to = places[terms.to]
            else {
                valueless.append(terms.id)
                continue
            }
            let hasOnce = terms.bonuses.contains(where: \.isOnce)
            let once = hasOnce ? EdgeValue(of: terms, withOnce: true) ?? value : value
            edges.append(
                ValuedEdge(terms: terms, from: from, to: to, value: value, onceValue: once)
            )
        }
        return (edges, valueless)
    }

    private static func distinct(_ names: [String]) -> [String] {
        var list: [String] = []
        for name in names.sorted() where name != list.last { list.append(name) }
        return list
    }

    private static func detours(_ graph: ExchangeGraph, _ edges: [ValuedEdge]) -> [Detour] {
        let search = DetourSearch(graph)
        var found: [Detour] = []
        for source in graph.names.indices {
            for (place, path) in search.detours(from: source) {
                let direct = graph.edges[place]
                let log = path.reduce(Int64(0)) { $0 + graph.edges[$1].log }
                guard log - direct.log >= -4 * BinaryLogarithm.error else { continue }
                let ratio = graph.product(path)
                guard direct.ratio < ratio else { continue }
                let route = path.map { edges[graph.edges[$0].place].terms }
                found.append(
                    Detour(
                        agreement: edges[direct.place].terms.id,
                        from: graph.names[direct.from],
                        to: graph.names[direct.to],
                        direct: direct.ratio,
                        route: route.map(\.id),
                        via: route.dropFirst().map(\.from),
                        ratio: ratio
                    )
                )
            }
        }
        return found.sorted {
            $0.factor != $1.factor
                ? $0.factor > $1.factor : ($0.from, $0.to) < ($1.from, $1.to)
        }
    }

    private static func roundTrips(_ graph: ExchangeGraph, _ edges: [ValuedEdge]) -> [RoundTrip] {
        var found: [RoundTrip] = []
        for edge in graph.edges where edge.from < edge.to {
            guard let place = graph.edge(from: edge.to, to: edge.from) else { continue }
            let back = graph.edges[place]
            found.append(
                RoundTrip(
                    from: graph.names[edge.from],
                    to: graph.names[edge.to],
                    agreements: [edges[edge.place].terms.id, edges[back.place].terms.id],
                    kept: edge.ratio * back.ratio
                )
            )
        }
        return found.sorted {
            $0.kept != $1.kept ? $0.kept < $1.kept : ($0.from, $0.to) < ($1.from, $1.to)
        }
    }
}
