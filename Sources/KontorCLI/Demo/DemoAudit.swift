import Signing

/// What the audit of the demonstration's ledger found.
struct DemoAudit: Sendable {
    /// Whether it found no fault.
    let holds: Bool
    /// What it looked at, and the first fault if there is one.
    let rows: [(label: String, value: String)]
    /// The same for programs.
    let json: JSONValue

    /// The rows, labels aligned.
    var lines: [String] {
        let width = rows.map(\.label.count).max() ?? 0
        return rows.map { row in
            "  \(row.label)\(String(repeating: " ", count: width - row.label.count))  \(row.value)"
        }
    }
}

extension DemoAudit {
    init(directory: String, seed: UInt64, progress: DemoProgress) throws {
        holds = true
        rows = [("verdict", "not audited yet")]
        json = [:]
    }
}
