/// An element of a payment file: how often it stands in the one around it, and what it holds.
///
/// The lists below are those of spec/22 §3, row by row; a test compares them with the chapter.
public struct PaymentElement: Hashable, Sendable {
    /// What an element holds.
    public enum Content: Hashable, Sendable {
        /// Elements.
        case group
        /// Exactly one of the elements listed.
        case choice
        /// An identifier of 1 to so many characters.
        case identifier(Int)
        /// A text of 1 to so many characters of the Latin set.
        case text(Int)
        /// One of these codes.
        case code([String])
        /// A whole number of 1 to 15 digits.
        case count
        /// A decimal of at most 18 digits.
        case sum
        /// A positive decimal of at most 18 digits, with the currency in `Ccy`.
        case amount
        /// A day.
        case date
        /// A moment in whole seconds of UTC.
        case moment
        /// An account number.
        case iban
        /// A bank code.
        case bic
    }

    /// The names from the root element down.
    public let path: [String]
    /// How often it stands there at the least, 0 or 1.
    public let least: Int
    /// How often it stands there at the most, or nil for any number.
    public let most: Int?
    /// What it holds.
    public let content: Content

    /// The element of a row: path, times and content, with bars between them.
    init?(row: some StringProtocol) {
        let cells = row.split(separator: "|").map { cell in
            cell.split(separator: " ").map { String($0.filter { $0 != "`" }) }
        }
        guard cells.count == 3, let path = cells[0].first, let times = cells[1].first,
            let content = Content(words: cells[2])
        else { return nil }
        self.path = path.split(separator: "/").map(String.init)
        least = times.hasPrefix("1") ? 1 : 0
        most = times.hasSuffix("n") ? nil : 1
        self.content = content
    }

    /// The elements of a version in their order.
    public static func list(_ version: PaymentInstruction.Version) -> [PaymentElement] {
        let rows =
            switch version {
            case .pain03: head + day03 + middle.replacing("BICFI", with: "BIC")
            case .pain09: head + day09 + middle
            }
        return rows.split(separator: "\n").compactMap { PaymentElement(row: $0) }
    }

    private static let head = """
        Document | 1..1 | group
        Document/CstmrCdtTrfInitn | 1..1 | group
        Document/CstmrCdtTrfInitn/GrpHdr | 1..1 | group
        Document/CstmrCdtTrfInitn/GrpHdr/MsgId | 1..1 | identifier 35
        Document/CstmrCdtTrfInitn/GrpHdr/CreDtTm | 1..1 | moment
        Document/CstmrCdtTrfInitn/GrpHdr/NbOfTxs | 1..1 | count
        Document/CstmrCdtTrfInitn/GrpHdr/CtrlSum | 1..1 | sum
        Document/CstmrCdtTrfInitn/GrpHdr/InitgPty | 1..1 | group
        Document/CstmrCdtTrfInitn/GrpHdr/InitgPty/Nm | 1..1 | text 140
        Document/CstmrCdtTrfInitn/PmtInf | 1..n | group
        Document/CstmrCdtTrfInitn/PmtInf/PmtInfId | 1..1 | identifier 35
        Document/CstmrCdtTrfInitn/PmtInf/PmtMtd | 1..1 | code TRF
        Document/CstmrCdtTrfInitn/PmtInf/NbOfTxs | 1..1 | count
        Document/CstmrCdtTrfInitn/PmtInf/CtrlSum | 1..1 | sum
        Document/CstmrCdtTrfInitn/PmtInf/PmtTpInf | 0..1 | group
        Document/CstmrCdtTrfInitn/PmtInf/PmtTpInf/SvcLvl | 1..1 | group
        Document/CstmrCdtTrfInitn/PmtInf/PmtTpInf/SvcLvl/Cd | 1..1 | code SEPA

        """

    private static let day03 = """
        Document/CstmrCdtTrfInitn/PmtInf/ReqdExctnDt | 1..1 | date

        """

    private static let day09 = """
        Document/CstmrCdtTrfInitn/PmtInf/ReqdExctnDt | 1..1 | group
        Document/CstmrCdtTrfInitn/PmtInf/ReqdExctnDt/Dt | 1..1 | date

        """

    private static let middle = """
        Document/CstmrCdtTrfInitn/PmtInf/Dbtr | 1..1 | group
        Document/CstmrCdtTrfInitn/PmtInf/Dbtr/Nm | 1..1 | text 140
        Document/CstmrCdtTrfInitn/PmtInf/DbtrAcct | 1..1 | group
        Document/CstmrCdtTrfInitn/PmtInf/DbtrAcct/Id | 1..1 | group
        Document/CstmrCdtTrfInitn/PmtInf/DbtrAcct/Id/IBAN | 1..1 | iban
        Document/CstmrCdtTrfInitn/PmtInf/DbtrAgt | 1..1 | group
        Document/CstmrCdtTrfInitn/PmtInf/DbtrAgt/FinInstnId | 1..1 | choice
        Document/CstmrCdtTrfInitn/PmtInf/DbtrAgt/FinInstnId/BICFI | 0..1 | bic
        Document/CstmrCdtTrfInitn/PmtInf/DbtrAgt/FinInstnId/Othr | 0..1 | group
        Document/CstmrCdtTrfInitn/PmtInf/DbtrAgt/FinInstnId/Othr/Id | 1..1 | code NOTPROVIDED
        Document/CstmrCdtTrfInitn/PmtInf/ChrgBr | 1..1 | code SLEV SHAR
        Document/CstmrCdtTrfInitn/PmtInf/CdtTrfTxInf | 1..n | group
        Document/CstmrCdtTrfInitn/PmtInf/CdtTrfTxInf/PmtId | 1..1 | group
        Document/CstmrCdtTrfInitn/PmtInf/CdtTrfTxInf/PmtId/EndToEndId | 1..1 | identifier 35
        Document/CstmrCdtTrfInitn/PmtInf/CdtTrfTxInf/Amt | 1..1 | group
        Document/CstmrCdtTrfInitn/PmtInf/CdtTrfTxInf/Amt/InstdAmt | 1..1 | amount
        Document/CstmrCdtTrfInitn/PmtInf/CdtTrfTxInf/CdtrAgt | 0..1 | group
        Document/CstmrCdtTrfInitn/PmtInf/CdtTrfTxInf/CdtrAgt/FinInstnId | 1..1 | group
        Document/CstmrCdtTrfInitn/PmtInf/CdtTrfTxInf/CdtrAgt/FinInstnId/BICFI | 1..1 | bic
        Document/CstmrCdtTrfInitn/PmtInf/CdtTrfTxInf/Cdtr | 1..1 | group
        Document/CstmrCdtTrfInitn/PmtInf/CdtTrfTxInf/Cdtr/Nm | 1..1 | text 140
        Document/CstmrCdtTrfInitn/PmtInf/CdtTrfTxInf/CdtrAcct | 1..1 | group
        Document/CstmrCdtTrfInitn/PmtInf/CdtTrfTxInf/CdtrAcct/Id | 1..1 | group
        Document/CstmrCdtTrfInitn/PmtInf/CdtTrfTxInf/CdtrAcct/Id/IBAN | 1..1 | iban
        Document/CstmrCdtTrfInitn/PmtInf/CdtTrfTxInf/RmtInf | 1..1 | group
        Document/CstmrCdtTrfInitn/PmtInf/CdtTrfTxInf/RmtInf/Ustrd | 1..1 | text 140
        """
}

extension PaymentElement.Content {
    /// The content of the words of a row, or nil.
    init?(words: [String]) {
        guard let kind = words.first else { return nil }
        let limit = words.count > 1 ? Int(words[1]) : nil
        switch kind {
        case "group": self = .group
        case "choice": self = .choice
        case "identifier":
            guard let limit else { return nil }
            self = .identifier(limit)
        case "text":
            guard let limit else { return nil }
            self = .text(limit)
        case "code": self = .code(Array(words.dropFirst()))
        case "count": self = .count
        case "sum": self = .sum
        case "amount": self = .amount
        case "date": self = .date
        case "moment": self = .moment
        case "iban": self = .iban
        case "bic": self = .bic
        default: return nil
        }
    }
}
