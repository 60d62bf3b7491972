/// All simple cycles of few edges, by a walk from each node through larger ones.
struct ShortCycles {
    private let graph: ExchangeGraph
    /// Whether cycles are skipped that certainly lose.
    private let skipsLosses: Bool
    private var steps = 0
    /// The cycles found, each a list of edges that begins at its first node.
    private(set) var cycles: [[Int]] = []
    /// Whether nothing was cut off.
    private(set) var isComplete = true

    /// The most that walks from each node back to the root can make of a unit, by edges left.
    private var best: [[Int64]]
    /// The nodes of each row of `best` that are not `never`.
    private var layers: [[Int]] = []
    private let into: [[Int]]

    private static let never = Int64.min / 2

    /// Finds the cycles.
    ///
    /// With `skipsLosses` only those that may give 1 or more.
    init(_ graph: ExchangeGraph, skipsLosses: Bool, budget: Int) {
        self.graph = graph
        self.skipsLosses = skipsLosses
        let row = [Int64](repeating: Self.never, count: graph.names.count)
        best = [[Int64]](repeating: row, count: ArbitrageLimits.shortCycle)
        var into = [[Int]](repeating: [], count: graph.names.count)
        for (place, edge) in graph.edges.enumerated()
        where graph.component[edge.from] == graph.component[edge.to] {
            into[edge.to].append(place)
        }
        self.into = into
        let roots = graph.cyclic.flatMap { $0 }
        let share = max(1_000, budget / max(1, roots.count))
        for root in roots {
            reach(root)
            let limit = steps + share
            for length in 2...ArbitrageLimits.shortCycle {
                var path: [Int] = []
                walk(root, root, length, 0, &path, limit)
            }
        }
    }

    /// Computes what can come back to a root through larger nodes.
    private mutating func reach(_ root: Int) {
        for (length, nodes) in layers.enumerated() {
            for node in nodes { best[length][node] = Self.never }
        }
        best[0][root] = 0
        layers = [[root]]
        var layer = [root]
        for length in 1..<best.count {
            var following: [Int] = []
            for node in layer {
                let rest = best[length - 1][node]
                for place in into[node] where graph.edges[place].from > root {
                    let from = graph.edges[place].from
                    if best[length][from] == Self.never { following.append(from) }
                    let log = graph.edges[place].log + rest
                    best[length][from] = max(best[length][from], log)
                }
            }
            layer = following
            layers.append(layer)
        }
    }

    private mutating func walk(
        _ root: Int,
        _ node: Int,
        _ left: Int,
        _ log: Int64,
        _ path: inout [Int],
        _ limit: Int
    ) {
        for place in graph.out(node) {
            let edge = graph.edges[place]
            guard edge.to >= root, best[left - 1][edge.to] != Self.never else { continue }
            let sum = log + edge.log
            let margin = BinaryLogarithm.error * Int64(ArbitrageLimits.shortCycle)
            if skipsLosses, sum + best[left - 1][edge.to] < -margin { continue }
            guard steps < limit else {
                isComplete = false
                return
            }
            steps += 1
            if left == 1 {
                cycles.append(path + [place])
            } else if edge.to != root, !path.contains(where: { graph.edges[$0].to == edge.to }) {
                path.append(place)
                walk(root, edge.to, left - 1, sum, &path, limit)
                path.removeLast()
            }
        }
    }
}
