internal import Money
internal import Signing

extension BankStatementReading {
    /// A balance of its element.
    func balance(_ node: XMLNode) throws(FormatError) -> BankStatement.Balance {
        guard
            let code = node.element("Tp", "CdOrPrtry", "Cd")
                ?? node.element("Tp", "CdOrPrtry", "Prtry")
        else { throw fault(.elementMissing, "a balance has no type", node.offset) }
        let (amount, currency) = try amount(in: node)
        guard let date = try date(in: node, "Dt") else {
            throw fault(.elementMissing, "a balance has no date", node.offset)
        }
        return BankStatement.Balance(
            code: code.text,
            amount: amount,
            currency: currency,
            direction: try direction(in: node),
            date: date
        )
    }

    /// An entry of its element.
    func entry(_ node: XMLNode, line: Int) throws(FormatError) -> BankStatement.Entry {
        let (amount, currency) = try amount(in: node)
        let direction = try direction(in: node)
        var details: [BankStatement.Detail] = []
        var batches: [BankStatement.Batch] = []
        for group in node.all("NtryDtls") {
            for batch in group.all("Btch") { batches.append(try self.batch(batch)) }
            for detail in group.all("TxDtls") {
                details.append(try self.detail(detail, direction))
            }
        }
        return BankStatement.Entry(
            amount: amount,
            currency: currency,
            direction: direction,
            isReversal: try isReversal(node),
            status: try status(of: node),
            bookingDate: try date(in: node, "BookgDt"),
            valueDate: try date(in: node, "ValDt"),
            reference: node["AcctSvcrRef"]?.text ?? "",
            entryReference: node["NtryRef"]?.text ?? "",
            transactionCode: Self.transactionCode(node),
            batches: batches,
            details: details,
            line: line
        )
    }

    private func detail(
        _ node: XMLNode,
        _ direction: BankStatement.Direction
    ) throws(FormatError) -> BankStatement.Detail {
        // Newer versions state the amount itself; older ones what it was in the payment.
        let holder =
            node["Amt"] ?? node.element("AmtDtls", "TxAmt", "Amt")
            ?? node.element("AmtDtls", "InstdAmt", "Amt")
        var amount: (Int128, Currency)?
        if let holder { amount = try self.amount(of: holder) }
        let lines = node["RmtInf"]?.all("Ustrd").map(\.text) ?? []
        return BankStatement.Detail(
            endToEndID: node.element("Refs", "EndToEndId")?.text ?? "",
            amount: amount?.0,
            currency: amount?.1,
            direction: node["CdtDbtInd"] == nil ? direction : try self.direction(in: node),
            remittance: lines.joined(separator: " "),
            instructionID: node.element("Refs", "InstrId")?.text ?? "",
            transactionID: node.element("Refs", "TxId")?.text ?? "",
            creditorReference: node.element("RmtInf", "Strd", "CdtrRefInf", "Ref")?.text ?? ""
        )
    }

    private func batch(_ node: XMLNode) throws(FormatError) -> BankStatement.Batch {
        BankStatement.Batch(
            messageID: node["MsgId"]?.text ?? "",
            paymentInformationID: node["PmtInfId"]?.text ?? "",
            transactionCount: try node["NbOfTxs"].map { node throws(FormatError) in
                try wholeNumber(node)
            }
        )
    }

    private static func transactionCode(_ node: XMLNode) -> String {
        guard let code = node["BkTxCd"] else { return "" }
        let domain = [
            code.element("Domn", "Cd"), code.element("Domn", "Fmly", "Cd"),
            code.element("Domn", "Fmly", "SubFmlyCd"),
        ].compactMap { $0?.text }
        return domain.isEmpty
            ? code.element("Prtry", "Cd")?.text ?? "" : domain.joined(separator: "/")
    }

    /// The status, which stands in a `Cd` in newer versions.
    private func status(of node: XMLNode) throws(FormatError) -> String {
        let status = node["Sts"].map { $0["Cd"]?.text ?? $0["Prtry"]?.text ?? $0.text } ?? ""
        guard !status.isEmpty else {
            throw fault(.elementMissing, "an entry has no Sts", node.offset)
        }
        return status
    }

    private func isReversal(_ node: XMLNode) throws(FormatError) -> Bool {
        guard let child = node["RvslInd"] else { return false }
        switch child.text {
        case "true", "1": return true
        case "false", "0": return false
        default: throw fault(.elementValue, "RvslInd is neither true nor false", child.offset)
        }
    }

    private func direction(in node: XMLNode) throws(FormatError) -> BankStatement.Direction {
        guard let child = node["CdtDbtInd"] else {
            throw fault(.elementMissing, "\(node.name) has no CdtDbtInd", node.offset)
        }
        guard let direction = BankStatement.Direction(rawValue: child.text) else {
            throw fault(.elementValue, "CdtDbtInd is neither CRDT nor DBIT", child.offset)
        }
        return direction
    }

    private func amount(in node: XMLNode) throws(FormatError) -> (Int128, Currency) {
        guard let child = node["Amt"] else {
            throw fault(.elementMissing, "\(node.name) has no Amt", node.offset)
        }
        return try amount(of: child)
    }

    /// Minor units of a decimal and its currency, exactly.
    private func amount(of node: XMLNode) throws(FormatError) -> (Int128, Currency) {
        guard let currency = node.attribute("Ccy").flatMap({ Currency($0) }) else {
            throw fault(.currency, "an amount has no currency in Ccy", node.offset)
        }
        guard node.text.utf8.count <= FormatLimits.amountDigitCount + 1,
            let decimal = PlainDecimal(node.text.utf8)
        else {
            throw fault(.amount, "the amount is no decimal of at most 18 digits", node.offset)
        }
        guard let units = decimal.units(scale: currency.scale) else {
            throw fault(
                .amountDigits,
                "the amount is finer than the smallest coin of \(currency)",
                node.offset
            )
        }
        return (units, currency)
    }

    /// The day in `Dt`, or of the moment in `DtTm`; nil if there is no such element.
    func date(in node: XMLNode, _ name: String) throws(FormatError) -> CivilDate? {
        guard let child = node[name] else { return nil }
        let text = child["Dt"]?.text ?? child["DtTm"]?.text ?? child.text
        let isMoment = text.utf8.count > 10
        let rest = text.utf8.dropFirst(10).first
        guard let date = CivilDate(text.prefix(10)),
            !isMoment || rest == 0x54 || rest == 0x5a
                || rest == 0x2b || rest == 0x2d
        else { throw fault(.date, "\(name) holds no day", child.offset) }
        return date
    }
}
