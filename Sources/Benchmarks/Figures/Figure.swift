/// One line of the table: what was measured, beside a limit and a goal.
struct Figure: Codable, Sendable {
    /// What is measured.
    let name: String
    /// What came out, and its unit.
    let value: Double
    let unit: String
    /// The limit that was measured in the same run, in the same unit.
    var limit: Double?
    /// The goal in words.
    var goal = ""
    /// Whether the goal is met; nil without one.
    var isMet: Bool?
    /// Whether it is a count, whose goal is a gate.
    var isGate = false

    /// The value as a share of the limit.
    var ratio: Double? { limit.map { value / $0 } }
}
