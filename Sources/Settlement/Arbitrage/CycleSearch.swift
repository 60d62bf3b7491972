/// Collects the cycles of a set of edges, each once.
struct CycleSearch {
    private let edges: [ValuedEdge]
    private var seen: Set<[Int]> = []
    private var found: [FoundCycle] = []
    private(set) var isComplete = true
    private(set) var undecided: Set<String> = []

    init(_ edges: [ValuedEdge], hasOnce: Bool) {
        self.edges = edges
        for (place, edge) in edges.enumerated() where edge.from == edge.to {
            // From member to member within a programme, one for one is no news.
            let cycle = FoundCycle([edge])
            if cycle.isAlarm, seen.insert([place]).inserted { found.append(cycle) }
        }
    }

    /// Adds the short cycles of a graph, and one long one for each component that needs it.
    mutating func search(_ graph: ExchangeGraph) {
        let short = shortCycles(graph)
        isComplete = isComplete && short.isComplete
        var worst: [Int: FoundCycle.Verdict] = [:]
        for cycle in short.cycles {
            guard let verdict = add(cycle, graph) else { continue }
            let component = graph.component[graph.edges[cycle[0]].from]
            worst[component] = min(worst[component] ?? .loss, verdict)
        }
        for nodes in graph.cyclic {
            let known = worst[graph.component[nodes[0]]] ?? .loss
            if known == .gain { continue }
            switch GainSearch(graph, nodes: nodes).finding() {
            case .gain(let cycle): add(cycle, graph)
            case .even(let cycle) where known == .loss: add(cycle, graph)
            case .even, .none: break
            case .undecided: undecided.insert(graph.names[nodes[0]])
            }
        }
    }

    /// All of them in a small graph; else, or when they are too many, those that may not lose.
    private func shortCycles(_ graph: ExchangeGraph) -> ShortCycles {
        let budget = ArbitrageLimits.walkSteps
        if graph.names.count <= ArbitrageLimits.smallGraph {
            let all = ShortCycles(graph, skipsLosses: false, budget: budget)
            if all.isComplete, all.cycles.count <= ArbitrageLimits.listedCycles { return all }
        }
        return ShortCycles(graph, skipsLosses: true, budget: budget)
    }

    @discardableResult private mutating func add(
        _ cycle: [Int],
        _ graph: ExchangeGraph
    ) -> FoundCycle.Verdict? {
        let places = cycle.map { graph.edges[$0].place }
        guard let least = places.indices.min(by: { places[$0] < places[$1] }) else { return nil }
        let turned = Array(places[least...] + places[..<least])
        let result = FoundCycle.verdict(turned.map { edges[$0] })
        guard seen.insert(turned).inserted else { return result }
        if found.count >= ArbitrageLimits.listedCycles, result > .onceGain {
            isComplete = false
            return result
        }
        found.append(FoundCycle(turned.map { edges[$0] }))
        return result
    }

    /// The cycles, the worst first; equals by their length, then by the names that they pass.
    func cycles() -> [FoundCycle] {
        let sorted = found.sorted { left, right in
            if left.verdict != right.verdict { return left.verdict < right.verdict }
            let (first, second) = (left.decisiveProduct, right.decisiveProduct)
            if first != second { return second < first }
            if left.nodes.count != right.nodes.count { return left.nodes.count < right.nodes.count }
            return left.nodes == right.nodes
                ? left.agreements.lexicographicallyPrecedes(right.agreements)
                : left.nodes.lexicographicallyPrecedes(right.nodes)
        }
        return Array(sorted.prefix(ArbitrageLimits.listedCycles))
    }
}
