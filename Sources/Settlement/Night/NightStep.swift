public import Money

/// The next thing that a night needs, on one calendar (spec/20 §4 to §7).
///
/// Some the operator does now, others somebody else does or the clock brings.
public enum NightStep: Sendable, Hashable {
    /// The settlement of one window, model and currency.
    public struct Book: Sendable, Hashable, Comparable {
        /// The number of the window.
        public let window: UInt64
        /// Between whom debts are netted.
        public let model: SettlementModel
        /// The settlement currency.
        public let currency: Currency

        /// A book.
        public init(window: UInt64, model: SettlementModel, currency: Currency) {
            self.window = window
            self.model = model
            self.currency = currency
        }

        /// Orders by window, then model, then currency.
        public static func < (left: Book, right: Book) -> Bool {
            if left.window != right.window { return left.window < right.window }
            if left.model != right.model { return left.model.rawValue < right.model.rawValue }
            return left.currency < right.currency
        }
    }

    /// Close the open window, whose cut-off has come.
    case close(cutoff: Int64)
    /// Enter the provisional sheets of a window.
    case fix(window: UInt64)
    /// Calculate, for the first time, again after an abort, or once more after an objection.
    case calculate(Book, revision: Int64)
    /// Send the statements.
    case advise(Book)
    /// Begin to collect.
    case collect(Book)
    /// Pass the point of no return.
    case commit(Book)
    /// Enter the final sheets of a window.
    case finalise(window: UInt64)

    /// Wait for the next cut-off, in milliseconds since 1970.
    case awaitCutoff(Int64)
    /// Wait for the end of objections, or for everybody's confirmation.
    case awaitObjections(Book, until: Int64)
    /// Wait for money from payers; from the deadline on, a default may be claimed.
    case awaitPayments(Book, deadline: Int64)
    /// Wait until the payees are paid.
    case awaitPayouts(Book)
    /// Wait until what came in before an abort is returned.
    case awaitRefunds(Book)
    /// Wait for another operator.
    case awaitApproval(entry: UInt64)

    /// Whether nobody but the operator is needed, and now.
    public var isReady: Bool {
        switch self {
        case .close, .fix, .calculate, .advise, .collect, .commit, .finalise: true
        default: false
        }
    }
}
