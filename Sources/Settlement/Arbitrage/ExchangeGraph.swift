/// Programmes and currencies with the best edge for each ordered pair.
///
/// Nodes stand in the order of their names and edges in that of their ends, so nothing depends on
/// the order of the input.
struct ExchangeGraph {
    /// The best edge from one node to another.
    struct Edge {
        let from: Int
        let to: Int
        /// Its place among the valued edges.
        let place: Int
        let ratio: ExactRatio
        /// The binary logarithm of the ratio, off by less than `BinaryLogarithm.error`.
        let log: Int64
    }

    let names: [String]
    /// Ordered by source, then by target; none leads from a node to itself.
    let edges: [Edge]
    /// Where the edges of a node begin; one more at the end.
    let starts: [Int]
    /// The component of each node; components are numbered, each strongly connected.
    let component: [Int]
    /// The nodes of each component, rising; only components of two nodes and more.
    let cyclic: [[Int]]

    /// The graph of edges with their values.
    ///
    /// Complexity: O(m log m).
    init(_ names: [String], _ list: [ValuedEdge], value: (ValuedEdge) -> ExactRatio) {
        var order: [(from: Int, to: Int, place: Int, ratio: ExactRatio)] = []
        for (place, edge) in list.enumerated() where edge.from != edge.to {
            let ratio = value(edge)
            if ratio > .zero { order.append((edge.from, edge.to, place, ratio)) }
        }
        order.sort { ($0.from, $0.to, $0.place) < ($1.from, $1.to, $1.place) }
        var edges: [Edge] = []
        for item in order {
            let edge = Edge(
                from: item.from,
                to: item.to,
                place: item.place,
                ratio: item.ratio,
                log: BinaryLogarithm.of(item.ratio)
            )
            if let last = edges.last, last.from == edge.from, last.to == edge.to {
                if last.ratio < edge.ratio { edges[edges.count - 1] = edge }
            } else {
                edges.append(edge)
            }
        }
        self.init(names, edges)
    }

    /// The graph of some edges, ordered as they must be.
    init(_ names: [String], _ edges: [Edge]) {
        self.names = names
        self.edges = edges
        starts = Self.starts(edges, count: names.count)
        component = Self.components(count: names.count, starts, edges)
        var members: [[Int]] = []
        for (node, number) in component.enumerated() {
            while members.count <= number { members.append([]) }
            members[number].append(node)
        }
        cyclic = members.filter { $0.count > 1 }.sorted { $0[0] < $1[0] }
    }

    /// The edges that leave a node.
    func out(_ node: Int) -> Range<Int> { starts[node]..<starts[node + 1] }

    /// The edge from one node to another, or nil.
    ///
    /// Complexity: O(log of the edges that leave the node).
    func edge(from: Int, to: Int) -> Int? {
        var (low, high) = (starts[from], starts[from + 1])
        while low < high {
            let middle = (low + high) / 2
            if edges[middle].to < to { low = middle + 1 } else { high = middle }
        }
        return low < starts[from + 1] && edges[low].to == to ? low : nil
    }

    /// The exact product of edges.
    func product(_ path: [Int]) -> ExactRatio { path.map { edges[$0].ratio }.product() }

    private static func starts(_ edges: [Edge], count: Int) -> [Int] {
        var starts = [Int](repeating: 0, count: count + 1)
        for edge in edges { starts[edge.from + 1] += 1 }
        for node in 0..<count { starts[node + 1] += starts[node] }
        return starts
    }

    /// Strongly connected components, without recursion (Tarjan 1972).
    private static func components(count: Int, _ starts: [Int], _ edges: [Edge]) -> [Int] {
        var index = [Int](repeating: -1, count: count)
        var low = index
        var component = index
        var waiting: [Int] = []
        var (next, found) = (0, 0)
        for root in 0..<count where index[root] < 0 {
            var stack: [(node: Int, edge: Int)] = []
            func open(_ node: Int) {
                index[node] = next
                low[node] = next
                next += 1
                waiting.append(node)
                stack.append((node, starts[node]))
            }
            open(root)
            while let (node, edge) = stack.last {
                if edge < starts[node + 1] {
                    stack[stack.count - 1].edge += 1
                    let target = edges[edge].to
                    if index[target] < 0 {
                        open(target)
                    } else if component[target] < 0 {
                        low[node] = min(low[node], index[target])
                    }
                    continue
                }
                stack.removeLast()
                if let parent = stack.last?.node { low[parent] = min(low[parent], low[node]) }
                guard low[node] == index[node] else { continue }
                while let member = waiting.popLast() {
                    component[member] = found
                    if member == node { break }
                }
                found += 1
            }
        }
        return component
    }
}

/// Terms with the values of their edge.
struct ValuedEdge {
    let terms: EdgeTerms
    let from: Int
    let to: Int
    let value: EdgeValue
    /// The best single item, with bonuses that a member gets once.
    let onceValue: EdgeValue
}
