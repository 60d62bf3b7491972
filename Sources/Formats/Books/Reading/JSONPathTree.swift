/// The paths that are looked for in a JSON value, as a tree of their steps.
struct JSONPathTree {
    /// A place that a path leads through or to.
    struct Node {
        var children: [(step: [UInt8], node: Int)] = []
        /// The slots of the paths that end here.
        var slots: [Int] = []
        /// Whether the array of rows stands here.
        var holdsRows = false
    }

    private(set) var nodes: [Node] = [Node()]

    /// The tree of some paths; the position of each is its slot.
    init(_ paths: [JSONPath], rows: JSONPath? = nil) {
        for (slot, path) in paths.enumerated() {
            let node = insert(path)
            nodes[node].slots.append(slot)
        }
        if let rows {
            let node = insert(rows)
            nodes[node].holdsRows = true
        }
    }

    private mutating func insert(_ path: JSONPath) -> Int {
        var node = 0
        for step in path.steps {
            if let child = nodes[node].children.first(where: { $0.step == step }) {
                node = child.node
            } else {
                nodes.append(Node())
                nodes[node].children.append((step, nodes.count - 1))
                node = nodes.count - 1
            }
        }
        return node
    }

    /// The node behind a step from a node, or nil.
    func child(of node: Int?, _ step: some Collection<UInt8>) -> Int? {
        guard let node else { return nil }
        for child in nodes[node].children where child.step.elementsEqual(step) {
            return child.node
        }
        return nil
    }
}
