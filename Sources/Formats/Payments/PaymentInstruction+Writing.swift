internal import Money
internal import Signing

extension PaymentInstruction {
    /// The file of a version, with the elements of spec/22 §3 in their order.
    ///
    /// One part a currency; the service level SEPA stands in the part of the euro alone. Throws
    /// what `check()` throws.
    ///
    /// Complexity: O(n log n).
    public func file(_ version: Version) throws(FormatError) -> [UInt8] {
        try check()
        var xml = XMLWriter()
        xml.open("Document", [("xmlns", version.namespace)])
        xml.open("CstmrCdtTrfInitn")
        xml.group("GrpHdr") { xml in
            xml.element("MsgId", messageID)
            xml.element("CreDtTm", Self.seconds(createdAt))
            xml.element("NbOfTxs", String(payments.count))
            xml.element("CtrlSum", Self.sum(payments))
            xml.group("InitgPty") { $0.element("Nm", initiatingParty) }
        }
        for currency in currencies { write(currency, version, to: &xml) }
        xml.close()
        xml.close()
        return xml.bytes
    }

    private func write(_ currency: Currency, _ version: Version, to xml: inout XMLWriter) {
        let own = payments.filter { $0.currency == currency }
        let isEuro = currency == RateFile.base
        xml.open("PmtInf")
        xml.element("PmtInfId", partID(currency))
        xml.element("PmtMtd", "TRF")
        xml.element("NbOfTxs", String(own.count))
        xml.element("CtrlSum", Self.sum(own))
        if isEuro {
            xml.group("PmtTpInf") { $0.group("SvcLvl") { $0.element("Cd", "SEPA") } }
        }
        switch version {
        case .pain03: xml.element("ReqdExctnDt", requestedDate.description)
        case .pain09:
            xml.group("ReqdExctnDt") { $0.element("Dt", requestedDate.description) }
        }
        xml.group("Dbtr") { $0.element("Nm", debtor.name) }
        Self.writeAccount("DbtrAcct", debtor.iban, to: &xml)
        Self.writeBank("DbtrAgt", debtor.bic, version, to: &xml)
        xml.element("ChrgBr", isEuro ? "SLEV" : "SHAR")
        for payment in own { Self.write(payment, version, to: &xml) }
        xml.close()
    }

    private static func write(_ payment: Payment, _ version: Version, to xml: inout XMLWriter) {
        xml.open("CdtTrfTxInf")
        xml.group("PmtId") { $0.element("EndToEndId", payment.endToEndID) }
        let amount = PlainDecimal.text(payment.amount, scale: payment.currency.scale)
        xml.group("Amt") { $0.element("InstdAmt", amount, [("Ccy", payment.currency.code)]) }
        if let bic = payment.creditor.bic { writeBank("CdtrAgt", bic, version, to: &xml) }
        xml.group("Cdtr") { $0.element("Nm", payment.creditor.name) }
        writeAccount("CdtrAcct", payment.creditor.iban, to: &xml)
        xml.group("RmtInf") { $0.element("Ustrd", payment.remittance) }
        xml.close()
    }

    private static func writeAccount(_ name: String, _ iban: IBAN, to xml: inout XMLWriter) {
        xml.group(name) { $0.group("Id") { $0.element("IBAN", iban.text) } }
    }

    /// The debtor's bank must be named; without a code it is stated as not provided.
    private static func writeBank(
        _ name: String,
        _ bic: BIC?,
        _ version: Version,
        to xml: inout XMLWriter
    ) {
        xml.group(name) { xml in
            xml.group("FinInstnId") { xml in
                if let bic {
                    xml.element(version == .pain03 ? "BIC" : "BICFI", bic.text)
                } else {
                    xml.group("Othr") { $0.element("Id", "NOTPROVIDED") }
                }
            }
        }
    }

    /// The moment in whole seconds: `2026-11-22T10:15:30Z`.
    private static func seconds(_ moment: Timestamp) -> String {
        moment.description.dropLast(5) + "Z"
    }

    /// The sum of amounts whatever their currencies, with the places of the finest one.
    private static func sum(_ payments: [Payment]) -> String {
        let scale = payments.map(\.currency.scale).max() ?? 0
        let sum = payments.reduce(Int128(0)) { sum, payment in
            sum + payment.amount * PlainDecimal.powerOfTen(scale - payment.currency.scale)
        }
        return PlainDecimal.text(sum, scale: scale)
    }
}
