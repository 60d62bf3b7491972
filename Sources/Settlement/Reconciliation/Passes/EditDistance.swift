/// How many letters differ between two texts: letters to put in, take out, change or swap with a
/// neighbour, no letter twice (P6).
enum EditDistance {
    /// The distance, or nil when it is more than a limit.
    ///
    /// Complexity: O(letters × limit).
    static func between(
        _ left: ArraySlice<UInt8>,
        _ right: ArraySlice<UInt8>,
        atMost limit: Int
    ) -> Int? {
        guard abs(left.count - right.count) <= limit else { return nil }
        let first = Array(left)
        let second = Array(right)
        let width = second.count + 1
        let far = limit + 1
        var rows = [[Int]](repeating: Array(repeating: far, count: width), count: 3)
        for column in 0..<min(width, far) { rows[0][column] = column }
        for line in 1..<first.count + 1 {
            let row = line % 3
            let above = (line + 2) % 3
            let higher = (line + 1) % 3
            let near = max(0, line - limit)...min(second.count, line + limit)
            for column in 0..<width { rows[row][column] = far }
            for column in near {
                if column == 0 {
                    rows[row][0] = line
                    continue
                }
                let isSame = first[line - 1] == second[column - 1]
                var best = rows[above][column - 1] + (isSame ? 0 : 1)
                best = min(best, rows[above][column] + 1, rows[row][column - 1] + 1)
                if line > 1, column > 1, first[line - 1] == second[column - 2],
                    first[line - 2] == second[column - 1]
                {
                    best = min(best, rows[higher][column - 2] + 1)
                }
                rows[row][column] = min(best, far)
            }
        }
        let distance = rows[first.count % 3][second.count]
        return distance > limit ? nil : distance
    }
}
