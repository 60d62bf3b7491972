internal import Formats

/// A statement that is read is written and read again as the same value, and can be shown.
enum PartnerStatementTarget: FuzzTarget {
    static func run(_ input: [UInt8]) {
        guard let statement = try? PartnerStatement(parsing: input) else { return }
        let again = try? PartnerStatement(parsing: statement.json)
        expect(again == statement, "text and value determine each other")
        expect(!statement.csv.isEmpty && !statement.page().isEmpty, "every statement can be shown")
    }
}
