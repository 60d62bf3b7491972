internal import Formats

/// Histories of books: what is read is written so that it is read again as the same.
enum BookHistoryTarget: FuzzTarget {
    static func run(_ input: [UInt8]) {
        do throws(FormatError) {
            let history = try BookHistory(parsing: input)
            let again = try? BookHistory(parsing: history.json)
            expect(again == history, "a history is written as it is read")
        } catch {
            expect(!error.reason.isEmpty, "a fault has a reason")
        }
    }
}
