internal import Money

extension PaymentFileWalk {
    /// The payments of a file whose elements were checked, after its counts and sums, and the
    /// identifiers, were compared with them.
    func checkSums(_ root: XMLNode) throws(FormatError) -> [PaymentFileCheck.Payment] {
        guard let message = root["CstmrCdtTrfInitn"], let head = message["GrpHdr"] else {
            throw fault(.elementMissing, "there is no GrpHdr", root)
        }
        var payments: [PaymentFileCheck.Payment] = []
        for part in message.all("PmtInf") {
            var own: [PaymentFileCheck.Payment] = []
            for node in part.all("CdtTrfTxInf") { own.append(try payment(node)) }
            try compare(part, with: own)
            let hasSEPA = part["PmtTpInf"] != nil
            guard own.allSatisfy({ ($0.currency == RateFile.base) == hasSEPA }) else {
                throw fault(.elementValue, "the service level SEPA is for the euro alone", part)
            }
            payments += own
        }
        try compare(head, with: payments)
        let identifiers = payments.map(\.endToEndID).sorted()
        for (first, second) in zip(identifiers, identifiers.dropFirst()) where first == second {
            throw fault(.identifier, "EndToEndId \(first) stands there twice", message)
        }
        return payments
    }

    private func payment(_ node: XMLNode) throws(FormatError) -> PaymentFileCheck.Payment {
        guard let amount = node.element("Amt", "InstdAmt"),
            let currency = amount.attribute("Ccy").flatMap({ Currency($0) }),
            let units = PlainDecimal(amount.text.utf8)?.units(scale: currency.scale),
            let iban = IBAN(node.element("CdtrAcct", "Id", "IBAN")?.text ?? "")
        else { throw fault(.elementValue, "the payment has no amount or account", node) }
        return PaymentFileCheck.Payment(
            endToEndID: node.element("PmtId", "EndToEndId")?.text ?? "",
            amount: units,
            currency: currency,
            creditor: node.element("Cdtr", "Nm")?.text ?? "",
            iban: iban
        )
    }

    /// Compares a stated count and sum with the payments.
    private func compare(
        _ node: XMLNode,
        with payments: [PaymentFileCheck.Payment]
    ) throws(FormatError) {
        let count = node["NbOfTxs"].flatMap { PlainDecimal($0.text.utf8)?.digits }
        guard count == Int128(payments.count) else {
            throw fault(.sum, "NbOfTxs is not \(payments.count)", node["NbOfTxs"] ?? node)
        }
        let places = 5
        let sum = payments.reduce(Int128(0)) { sum, payment in
            sum + payment.amount * PlainDecimal.powerOfTen(places - payment.currency.scale)
        }
        let stated = node["CtrlSum"].flatMap { PlainDecimal($0.text.utf8)?.units(scale: places) }
        guard stated == sum else {
            throw fault(
                .sum,
                "CtrlSum is not \(PlainDecimal.text(sum, scale: places))",
                node["CtrlSum"] ?? node
            )
        }
    }
}
