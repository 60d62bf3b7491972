internal import Formats

/// Bank files and payment files: amounts are in range, and a fault has words.
enum BankStatementTarget: FuzzTarget {
    static func run(_ input: [UInt8]) {
        do throws(FormatError) {
            let file = try BankStatementFile(parsing: input)
            for statement in file.statements {
                for entry in statement.entries {
                    expect(entry.amount >= 0, "an amount has no sign")
                    expect(entry.amount < 1_000_000_000_000_000_000_000, "an amount has a limit")
                }
            }
        } catch {
            expect(!error.reason.isEmpty, "a fault has a reason")
        }
        _ = try? PaymentFileCheck(parsing: input)
    }
}
