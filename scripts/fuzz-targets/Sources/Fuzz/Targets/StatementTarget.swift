internal import Ledger
internal import Signing

/// Payloads of every kind, and terms, are read or refused with a code; a fault names its place in words.
enum StatementTarget: FuzzTarget {
    static func run(_ input: [UInt8]) {
        do throws(Fault) {
            let statement = try Statement(payload: input)
            expect(!statement.signer.isEmpty, "a statement has a signer")
        } catch {
            expect(!error.reason.isEmpty, "a fault has a reason")
        }
        guard let value = try? JSONValue(parsing: input) else { return }
        _ = try? Terms(value)
    }
}
