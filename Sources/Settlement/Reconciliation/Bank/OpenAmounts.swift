/// What is open of payments, by currency and amount.
struct OpenAmounts {
    private struct Entry {
        let currency: String
        let minorUnits: Int128
        let due: Int
    }

    private let entries: [Entry]
    private let names: [String]

    /// The most candidates that a line is given.
    private static let candidateLimit = 8

    /// What is open of payments, which are sorted by name.
    init(_ dues: [PaymentDue], _ outcomes: [BankCheck.Outcome]) {
        names = dues.map(\.endToEnd)
        entries = dues.indices.compactMap { number in
            outcomes[number].state == .paid
                ? nil
                : Entry(
                    currency: dues[number].currency,
                    minorUnits: Int128(dues[number].minorUnits)
                        - Int128(outcomes[number].received),
                    due: number
                )
        }
        .sorted { left, right in
            (left.currency, left.minorUnits, left.due)
                < (right.currency, right.minorUnits, right.due)
        }
    }

    /// The payments of which exactly a line's amount is open; none when they are many.
    func candidates(for line: BankLine) -> [Int] {
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            let entry = entries[middle]
            if (entry.currency, entry.minorUnits) < (line.currency, Int128(line.minorUnits)) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        let found = entries[low...].prefix(Self.candidateLimit + 1)
            .prefix { $0.currency == line.currency && $0.minorUnits == Int128(line.minorUnits) }
        return found.count > Self.candidateLimit ? [] : found.map(\.due)
    }

    /// Whether a payment of the line's name is due.
    func hasName(_ line: BankLine) -> Bool {
        var low = 0
        var high = names.count
        while low < high {
            let middle = (low + high) / 2
            if names[middle] < line.endToEnd { low = middle + 1 } else { high = middle }
        }
        return low < names.count && names[low] == line.endToEnd
    }
}
