/// One side of an exchange of digests: lines in, lines out, and no clock or pipe of its own
/// (spec/28 §2).
///
/// A shell hands on what it returns and gives it what comes in. When `receive` throws, the shell
/// sends `farewell(_:)` and ends.
public protocol DigestExchange: Sendable {
    /// What to send before anything comes in; empty for the side that is called.
    mutating func begin() -> [[UInt8]]

    /// Takes a line of the other side, with its end.
    ///
    /// Throws one of the `exchange…` codes, with the number of the message as its line. What a side
    /// can be made to keep or to send is bounded by `FormatLimits`.
    mutating func receive(_ line: [UInt8]) throws(FormatError) -> ExchangeStep
}

/// What a side of an exchange does next.
public struct ExchangeStep: Sendable {
    /// The lines to send, each with its end.
    public let lines: [[UInt8]]
    /// What came out, when the exchange is over.
    public let result: DigestComparison?

    init(_ messages: [DigestMessage], result: DigestComparison? = nil) {
        lines = messages.map(\.line)
        self.result = result
    }
}

extension DigestExchange {
    /// The last line to the other side after a fault, which tells it the code.
    public static func farewell(_ error: FormatError) -> [UInt8] {
        DigestMessage.error(error.code.rawValue).line
    }
}

/// Counts the messages that came in, and names their faults.
struct ExchangeCounter {
    /// How many messages came in.
    private(set) var number = 0

    /// Reads the next line.
    mutating func read(_ line: [UInt8]) throws(FormatError) -> DigestMessage {
        number += 1
        guard number <= FormatLimits.exchangeMessageCount else {
            throw fault(.exchangeLimit, "there were too many messages")
        }
        let message = try DigestMessage(line: line, number: number)
        if case .error(let code) = message {
            throw DigestMessage.fault(
                .exchangeRefused,
                number,
                "the other side gave up: \(code)",
                wayOut: "see what it reports"
            )
        }
        return message
    }

    /// A fault of the last message.
    func fault(_ code: FormatError.Code, _ reason: String) -> FormatError {
        DigestMessage.fault(code, number, reason)
    }

    /// The fault of a message that is not due.
    func notDue() -> FormatError {
        fault(.exchangeOrder, "the message is not due here")
    }

    /// Requires that both sides speak of the same books, and that equal trees have equal sums.
    func check(_ own: DigestGreeting, _ other: DigestGreeting) throws(FormatError) {
        guard own.scope == other.scope else {
            throw DigestMessage.fault(
                .exchangeScope,
                number,
                "the other side is about \(Self.text(other.scope)), we are about "
                    + Self.text(own.scope),
                wayOut: "give both sides the same ledger, partners, calendar and window"
            )
        }
        let isSame = own.top == other.top
        guard !isSame || own == other else {
            throw fault(.exchangeContradiction, "its tree is ours, its count or sums are not")
        }
    }

    private static func text(_ scope: BookScope) -> String {
        "\(scope.first)+\(scope.second) \(scope.calendar)/\(scope.window) of \(scope.ledger)"
    }
}
