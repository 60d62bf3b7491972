internal import Money
internal import Signing

/// One pass over a file camt.053 or camt.054, an entry at a time.
struct BankStatementReading {
    private(set) var reader: XMLReader
    private(set) var messageID = ""
    private(set) var statements: [BankStatement] = []

    /// An offset and its line, from which later lines are counted.
    private var mark = (offset: 0, line: 1)

    /// A pass from the start of a file.
    init(_ reader: XMLReader) {
        self.reader = reader
    }

    /// Reads the whole file.
    mutating func read() throws(FormatError) {
        guard case .start(let root)? = try reader.next(), root.name == "Document" else {
            throw reader.fault(.elementUnexpected, "the root element is no Document", at: 0)
        }
        let message = try startOfMessage()
        let kind: BankStatement.Kind
        switch message.name {
        case "BkToCstmrStmt": kind = .statement
        case "BkToCstmrDbtCdtNtfctn": kind = .notification
        default:
            throw fault(
                .elementUnexpected,
                "\(message.name) is no message of camt.053 or camt.054",
                message.offset
            )
        }
        let part = kind == .statement ? "Stmt" : "Ntfctn"
        try eachChild { reading, tag throws(FormatError) in
            switch tag.name {
            case "GrpHdr":
                let head = try reading.node(tag)
                reading.messageID = try reading.text(of: head, "MsgId")
            case part: try reading.readStatement(kind, tag)
            default: try reading.reader.skipNode()
            }
        }
        guard !statements.isEmpty else {
            throw fault(.elementMissing, "there is no \(part)", message.offset)
        }
        // The end of the root element, and then nothing.
        while let event = try reader.next() {
            if case .start(let tag) = event {
                throw fault(.elementUnexpected, "\(tag.name) has no place here", tag.offset)
            }
        }
    }

    private mutating func startOfMessage() throws(FormatError) -> XMLTag {
        while let event = try reader.next() {
            if case .start(let tag) = event { return tag }
        }
        throw reader.fault(.elementMissing, "the Document is empty")
    }

    /// Calls a body at the start tag of each child of the element that is open; the body reads the
    /// rest of that child.
    private mutating func eachChild(
        _ body: (inout BankStatementReading, XMLTag) throws(FormatError) -> Void
    ) throws(FormatError) {
        while let event = try reader.next() {
            switch event {
            case .start(let tag): try body(&self, tag)
            case .end: return
            case .text: continue
            }
        }
    }

    private mutating func readStatement(
        _ kind: BankStatement.Kind,
        _ tag: XMLTag
    ) throws(FormatError) {
        var id = ""
        var sequenceNumber: Int?
        var period: (first: CivilDate?, last: CivilDate?) = (nil, nil)
        var account: (number: String, currency: Currency?) = ("", nil)
        var balances: [BankStatement.Balance] = []
        var entries: [BankStatement.Entry] = []
        try eachChild { reading, tag throws(FormatError) in
            switch tag.name {
            case "Id": id = try reading.node(tag).text
            case "ElctrncSeqNb": sequenceNumber = try reading.wholeNumber(try reading.node(tag))
            case "FrToDt": period = try reading.period(try reading.node(tag))
            case "Acct": account = try reading.account(tag)
            case "Bal": balances.append(try reading.balance(try reading.node(tag)))
            case "Ntry":
                let line = reading.line(of: tag.offset)
                entries.append(try reading.entry(try reading.node(tag), line: line))
            default: try reading.reader.skipNode()
            }
        }
        guard !id.isEmpty else { throw fault(.elementMissing, "it has no Id", tag.offset) }
        guard !account.number.isEmpty else {
            throw fault(.elementMissing, "it has no account in Acct/Id", tag.offset)
        }
        statements.append(
            BankStatement(
                kind: kind,
                id: id,
                sequenceNumber: sequenceNumber,
                firstDay: period.first,
                lastDay: period.last,
                account: account.number,
                currency: account.currency,
                balances: balances,
                entries: entries
            )
        )
    }

    /// The whole number of at most 18 digits that an element holds.
    func wholeNumber(_ node: XMLNode) throws(FormatError) -> Int {
        guard node.text.utf8.count <= 18, let number = PlainDecimal(node.text.utf8),
            number.places == 0
        else { throw fault(.elementValue, "\(node.name) is no whole number", node.offset) }
        return Int(number.digits)
    }

    /// The days of `FrDtTm` and `ToDtTm`.
    private func period(
        _ node: XMLNode
    ) throws(FormatError) -> (first: CivilDate?, last: CivilDate?) {
        (try date(in: node, "FrDtTm"), try date(in: node, "ToDtTm"))
    }

    private mutating func account(
        _ tag: XMLTag
    ) throws(FormatError) -> (number: String, currency: Currency?) {
        let node = try node(tag)
        let code = node["Ccy"]
        let number = node.element("Id", "IBAN")?.text ?? node.element("Id", "Othr", "Id")?.text
        return (number ?? "", try code.map { node throws(FormatError) in try currency(node) })
    }

    /// The line of an offset that is not before the last one asked for.
    private mutating func line(of offset: Int) -> Int {
        for index in mark.offset..<max(mark.offset, offset) where reader.bytes[index] == 0x0a {
            mark.line += 1
        }
        mark.offset = max(mark.offset, offset)
        return mark.line
    }

    private mutating func node(_ tag: XMLTag) throws(FormatError) -> XMLNode {
        var limit = FormatLimits.entryElementCount
        return try reader.readNode(tag, limit: &limit)
    }

    /// The text of a child that must be there and hold some.
    func text(of node: XMLNode, _ name: String) throws(FormatError) -> String {
        guard let child = node[name], !child.text.isEmpty else {
            throw fault(.elementMissing, "\(node.name) has no \(name)", node.offset)
        }
        return child.text
    }

    /// The currency that an element holds.
    func currency(_ node: XMLNode) throws(FormatError) -> Currency {
        guard let currency = Currency(node.text) else {
            throw fault(.currency, "\(node.name) holds no currency", node.offset)
        }
        return currency
    }

    /// A fault at an offset.
    func fault(_ code: FormatError.Code, _ reason: String, _ offset: Int) -> FormatError {
        reader.fault(
            code,
            reason,
            wayOut: "ask the bank for the file as camt.053 or camt.054, and give all of it",
            at: offset
        )
    }
}
