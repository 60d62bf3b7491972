/// Sets off what failed parties owe each other in circles, and puts them in order (S-30).
///
/// As long as there is a circle: leave out, again and again, those that owe none of the others
/// left; start at the first name left and go each time to the first name among them that it owes,
/// until a name comes twice. Each debt of that circle is lessened by the smallest of them.
/// Every round ends at least one debt, so it ends.
struct DefaultCircles {
    private let members: [Int]
    /// What one member owes another, by their places among the members.
    private var owes: [[Int128]]
    /// The failed parties, each after all that owe it; among several the first name.
    private(set) var order: [Int] = []

    init(_ members: [Int], _ edges: [ClaimBook.Edge]) {
        self.members = members
        let places = members.enumerated().reduce(into: [Int: Int]()) { $0[$1.element] = $1.offset }
        owes = Array(repeating: Array(repeating: 0, count: members.count), count: members.count)
        for edge in edges {
            guard let debtor = places[edge.debtor], let creditor = places[edge.creditor] else {
                continue
            }
            owes[debtor][creditor] = edge.amount
        }
        while let circle = nextCircle() { lessen(circle) }
        order = sorted()
    }

    /// The claims with circles set off, those of 0 left out.
    func setOff(_ edges: [ClaimBook.Edge]) -> [ClaimBook.Edge] {
        let places = members.enumerated().reduce(into: [Int: Int]()) { $0[$1.element] = $1.offset }
        return edges.compactMap { edge in
            guard let debtor = places[edge.debtor], let creditor = places[edge.creditor] else {
                return edge
            }
            let amount = owes[debtor][creditor]
            return amount == 0
                ? nil : ClaimBook.Edge(debtor: edge.debtor, creditor: edge.creditor, amount: amount)
        }
    }

    /// The places of a circle, each of which owes the next and the last the first.
    private func nextCircle() -> [Int]? {
        var isLeft = Array(repeating: true, count: members.count)
        func creditor(of debtor: Int) -> Int? {
            owes.indices.first { isLeft[$0] && owes[debtor][$0] > 0 }
        }
        while let free = owes.indices.first(where: { isLeft[$0] && creditor(of: $0) == nil }) {
            isLeft[free] = false
        }
        guard var place = isLeft.firstIndex(of: true) else { return nil }
        var path: [Int] = []
        while true {
            if let start = path.firstIndex(of: place) { return Array(path[start...]) }
            path.append(place)
            guard let next = creditor(of: place) else { return nil }
            place = next
        }
    }

    private mutating func lessen(_ circle: [Int]) {
        let steps = Array(zip(circle, circle.dropFirst() + circle.prefix(1)))
        let smallest = steps.map { owes[$0][$1] }.min() ?? 0
        for (debtor, creditor) in steps { owes[debtor][creditor] -= smallest }
    }

    /// The members in order, once there is no circle.
    private func sorted() -> [Int] {
        var isLeft = Array(repeating: true, count: members.count)
        var order: [Int] = []
        while let next = owes.indices.first(where: { place in
            isLeft[place] && !owes.indices.contains { isLeft[$0] && owes[$0][place] > 0 }
        }) {
            isLeft[next] = false
            order.append(members[next])
        }
        return order
    }
}
