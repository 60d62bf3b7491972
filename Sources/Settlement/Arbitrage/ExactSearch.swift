/// The same question as `GainSearch`, in exact fractions, for a component of edges that nearly tie.
struct ExactSearch {
    private let graph: ExchangeGraph
    private let nodes: [Int]
    private let inner: [Int]

    init(_ graph: ExchangeGraph, nodes: [Int]) {
        self.graph = graph
        self.nodes = nodes
        let number = nodes.first.map { graph.component[$0] }
        inner = nodes.flatMap { graph.out($0) }.filter {
            graph.component[graph.edges[$0].to] == number
        }
    }

    /// Raises the value of every node until no edge gains, at most as often as there are nodes.
    func finding() -> GainSearch.Finding {
        var value = [ExactRatio](repeating: .zero, count: graph.names.count)
        var before = [Int](repeating: -1, count: graph.names.count)
        for node in nodes { value[node] = .one }
        if let first = spread(&value), isFlat(value) { return .even(shortest(inner, from: first)) }
        for node in nodes { value[node] = .one }
        var work = 0
        var changed = true
        while changed {
            changed = false
            for place in inner {
                let edge = graph.edges[place]
                let offer = value[edge.from] * edge.ratio
                let size = offer.numerator.limbs.count + offer.denominator.limbs.count
                work += size * size * 64
                guard work < ArbitrageLimits.exactWork else { return .undecided }
                guard value[edge.to] < offer else { continue }
                value[edge.to] = offer
                before[edge.to] = place
                changed = true
                if let cycle = cycle(before, through: edge.to) { return .gain(cycle) }
            }
        }
        let ties = inner.filter { place in
            let edge = graph.edges[place]
            return value[edge.from] * edge.ratio == value[edge.to]
        }
        let part = ExchangeGraph(graph.names, ties.map { graph.edges[$0] })
        guard let nodes = part.cyclic.first, let first = nodes.first else { return .none }
        let found = ExactSearch(part, nodes: nodes)
        return .even(found.shortest(found.inner, from: first).map { ties[$0] })
    }

    /// Gives every node the value of one path from the first one.
    private func spread(_ value: inout [ExactRatio]) -> Int? {
        guard let first = nodes.first else { return nil }
        var isKnown = [Bool](repeating: false, count: graph.names.count)
        isKnown[first] = true
        var queue = [first]
        var next = 0
        while next < queue.count {
            let node = queue[next]
            next += 1
            for place in graph.out(node) {
                let edge = graph.edges[place]
                guard graph.component[edge.to] == graph.component[first], !isKnown[edge.to] else {
                    continue
                }
                isKnown[edge.to] = true
                value[edge.to] = value[node] * edge.ratio
                queue.append(edge.to)
            }
        }
        return first
    }

    /// Whether every edge leads exactly from value to value, so that all cycles give exactly 1.
    private func isFlat(_ value: [ExactRatio]) -> Bool {
        inner.allSatisfy { place in
            let edge = graph.edges[place]
            return value[edge.from] * edge.ratio == value[edge.to]
        }
    }

    /// The cycle through a node among the edges by which nodes got their value, or nil.
    private func cycle(_ before: [Int], through start: Int) -> [Int]? {
        var cycle: [Int] = []
        var node = start
        while before[node] >= 0, cycle.count <= nodes.count {
            cycle.append(before[node])
            node = graph.edges[before[node]].from
            if node == start { return cycle.reversed() }
        }
        return nil
    }

    /// A shortest cycle through a node.
    private func shortest(_ edges: [Int], from first: Int) -> [Int] {
        var before = [Int](repeating: -1, count: graph.names.count)
        var queue = [first]
        var next = 0
        while next < queue.count {
            let node = queue[next]
            next += 1
            for place in graph.out(node) {
                let edge = graph.edges[place]
                guard graph.component[edge.to] == graph.component[first] else { continue }
                if edge.to == first {
                    var path = [place]
                    var node = node
                    while node != first {
                        path.append(before[node])
                        node = graph.edges[before[node]].from
                    }
                    return path.reversed()
                }
                guard before[edge.to] < 0 else { continue }
                before[edge.to] = place
                queue.append(edge.to)
            }
        }
        return []
    }
}
