/// Decides for one strongly connected component whether a cycle gives more than 1, or exactly 1.
///
/// Logarithms that are certainly too small find cycles that certainly gain (Bellman 1958, Ford
/// 1956). If there is none, what they leave are prices for all nodes at which no edge gains more
/// than the error; a cycle of 1 or more can use only edges that lose next to nothing at these
/// prices. Those few are decided in exact fractions (spec/23 §3).
struct GainSearch {
    /// What was found.
    enum Finding {
        /// A cycle of more than 1.
        case gain([Int])
        /// None of more than 1, and a cycle of exactly 1.
        case even([Int])
        /// Every cycle gives less than 1.
        case none
        /// Cycles are so near to 1, and so long, that the exact decision was cut off.
        case undecided
    }

    private let graph: ExchangeGraph
    private let nodes: [Int]

    init(_ graph: ExchangeGraph, nodes: [Int]) {
        self.graph = graph
        self.nodes = nodes
    }

    /// Complexity: O(nodes × edges) at worst.
    func finding() -> Finding {
        let edges = inner(nodes)
        var price = [Int64](repeating: 0, count: graph.names.count)
        var before = [Int](repeating: -1, count: graph.names.count)
        for _ in nodes.indices {
            var changed = false
            for place in edges {
                let edge = graph.edges[place]
                let offer = price[edge.from] + edge.log - BinaryLogarithm.error
                guard offer > price[edge.to] else { continue }
                price[edge.to] = offer
                before[edge.to] = place
                changed = true
            }
            guard changed else { break }
            if let cycle = cycle(before, nodes) { return .gain(cycle) }
        }
        let window = 2 * BinaryLogarithm.error * Int64(nodes.count)
        let tight = edges.filter { place in
            let edge = graph.edges[place]
            return price[edge.to] - price[edge.from] - edge.log + BinaryLogarithm.error <= window
        }
        return decide(tight)
    }

    private func inner(_ nodes: [Int]) -> [Int] {
        guard let number = nodes.first.map({ graph.component[$0] }) else { return [] }
        return nodes.flatMap { graph.out($0) }.filter {
            graph.component[graph.edges[$0].to] == number
        }
    }

    /// A cycle among the edges by which nodes got their price, or nil.
    private func cycle(_ before: [Int], _ nodes: [Int]) -> [Int]? {
        var seen = [Int](repeating: -1, count: graph.names.count)
        for start in nodes where seen[start] < 0 {
            var node = start
            while seen[node] < 0, before[node] >= 0 {
                seen[node] = start
                node = graph.edges[before[node]].from
            }
            guard before[node] >= 0, seen[node] == start else {
                if seen[node] < 0 { seen[node] = start }
                continue
            }
            var cycle: [Int] = []
            var place = node
            repeat {
                cycle.append(before[place])
                place = graph.edges[before[place]].from
            } while place != node
            return cycle.reversed()
        }
        return nil
    }

    /// Decides among edges that nearly tie.
    private func decide(_ tight: [Int]) -> Finding {
        let part = ExchangeGraph(graph.names, tight.map { graph.edges[$0] })
        var even: [Int]?
        var isUndecided = false
        for nodes in part.cyclic {
            switch ExactSearch(part, nodes: nodes).finding() {
            case .gain(let cycle): return .gain(cycle.map { tight[$0] })
            case .even(let cycle): even = even ?? cycle.map { tight[$0] }
            case .none: break
            case .undecided: isUndecided = true
            }
        }
        if isUndecided { return .undecided }
        return even.map { Finding.even($0) } ?? .none
    }
}
