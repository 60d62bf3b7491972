/// An agreement that a way round pays better than.
public struct Detour: Hashable, Sendable {
    /// The agreement that is dominated.
    public let agreement: String
    /// Its source.
    public let from: String
    /// Its target.
    public let to: String
    /// What it gives for a unit at best.
    public let direct: ExactRatio
    /// The agreements of the detour, in order.
    public let route: [String]
    /// Where the detour passes, without the two ends.
    public let via: [String]
    /// What the detour gives for a unit at best.
    public let ratio: ExactRatio
    /// How much more the detour gives.
    public var factor: ExactRatio { ratio / direct }
}

/// What a member keeps that goes there and back.
public struct RoundTrip: Hashable, Sendable {
    /// The programme at which it starts.
    public let from: String
    /// Where it turns.
    public let to: String
    /// The agreement there and the agreement back.
    public let agreements: [String]
    /// What is left of a unit, at best.
    public let kept: ExactRatio
    /// What is lost of a unit; 0 when nothing is.
    public var loss: ExactRatio { .one - kept }
}

/// The best ways of at most three conversions from one node, by logarithms.
///
/// Which of two ways is the better one is decided to 2^−36; whether it beats a direct agreement,
/// exactly.
struct DetourSearch {
    /// A way to a node: its log, its edges, and its first stop.
    private struct Way {
        var log: Int64
        var path: [Int]
        var first: Int
    }

    private let graph: ExchangeGraph

    init(_ graph: ExchangeGraph) {
        self.graph = graph
    }

    /// The best detour to each node that has a direct edge from the source, as pairs of the edge
    /// and the detour's edges, in the order of the edges.
    ///
    /// Complexity: O(edges).
    func detours(from source: Int) -> [(edge: Int, path: [Int])] {
        let second = ways(after: source)
        var third: [Int: Way] = [:]
        for node in second.keys.sorted() where node != source {
            for place in graph.out(node) {
                let edge = graph.edges[place]
                guard edge.to != source,
                    let way = second[node]?.first(where: { $0.first != edge.to })
                else { continue }
                let log = way.log + edge.log
                if third[edge.to].map({ $0.log < log }) ?? true {
                    third[edge.to] = Way(log: log, path: way.path + [place], first: way.first)
                }
            }
        }
        return graph.out(source).compactMap { place in
            let target = graph.edges[place].to
            let ways = [second[target]?.first, third[target]].compactMap { $0 }
            let best = ways.min { $0.log > $1.log }
            return best.map { (place, $0.path) }
        }
    }

    /// The two best ways of two edges to each node, with different first stops.
    private func ways(after source: Int) -> [Int: [Way]] {
        var ways: [Int: [Way]] = [:]
        for first in graph.out(source) {
            let stop = graph.edges[first].to
            for place in graph.out(stop) {
                let edge = graph.edges[place]
                guard edge.to != source else { continue }
                let way = Way(
                    log: graph.edges[first].log + edge.log,
                    path: [first, place],
                    first: stop
                )
                var list = ways[edge.to] ?? []
                let rank = list.firstIndex { $0.log < way.log } ?? list.count
                guard rank < 2 else { continue }
                list.insert(way, at: rank)
                ways[edge.to] = Array(list.prefix(2))
            }
        }
        return ways
    }
}
