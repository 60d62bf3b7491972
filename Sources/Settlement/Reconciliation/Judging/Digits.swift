/// What people do to a number when they write it down.
enum Digits {
    /// Whether one number is the other with one to six zeros more.
    static func differByScale(_ left: Int128, _ right: Int128) -> Bool {
        var small = min(left, right)
        let large = max(left, right)
        guard small > 0 else { return false }
        for _ in 0..<ReconciliationLimits.scaleDigits {
            small *= 10
            if small == large { return true }
            if small > large { return false }
        }
        return false
    }

    /// Whether the numbers, which have as many digits, are equal but for two neighbouring digits
    /// that changed places.
    static func differByTransposition(_ left: Int128, _ right: Int128) -> Bool {
        let first = Array(String(left).utf8)
        let second = Array(String(right).utf8)
        guard first.count == second.count else { return false }
        let places = first.indices.filter { first[$0] != second[$0] }
        guard places.count == 2, places[1] == places[0] + 1 else { return false }
        return first[places[0]] == second[places[1]] && first[places[1]] == second[places[0]]
    }
}
