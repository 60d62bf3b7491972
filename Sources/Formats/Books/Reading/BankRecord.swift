internal import Money
internal import Signing

/// A payment of a bank file as a record with named cells (spec/26 §6).
enum BankRecord {
    /// The names of cells, in the order of `cells(of:in:statement:file:)`.
    static let names = [
        "MsgId", "StmtId", "Acct", "Amt", "Ccy", "CdtDbtInd", "RvslInd", "Sts", "BookgDt", "ValDt",
        "NtryRef", "AcctSvcrRef", "BkTxCd", "BtchId", "NbOfTxs", "InstrId", "EndToEndId", "TxId",
        "CdtrRef", "Ustrd", "EREF", "KREF", "MREF", "SVWZ",
    ]

    /// The names of places outside of the rows.
    static let headNames = [
        "MsgId", "StmtId", "ElctrncSeqNb", "Acct", "OPBD", "PRCD", "CLBD", "ITBD",
    ]

    /// The cells of a payment, or of an entry that states none.
    static func cells(
        of detail: BankStatement.Detail?,
        in entry: BankStatement.Entry,
        statement: BankStatement,
        file: BankStatementFile
    ) -> [String] {
        let amount = detail?.amount ?? entry.amount
        let currency = detail?.currency ?? entry.currency
        let direction = detail?.direction ?? entry.direction
        let batch = entry.batches.first
        let text = detail?.remittance ?? ""
        return [
            file.messageID, statement.id, statement.account,
            PlainDecimal.text(amount, scale: currency.scale), currency.code, direction.rawValue,
            entry.isReversal ? "true" : "false", entry.status,
            entry.bookingDate?.description ?? "", entry.valueDate?.description ?? "",
            entry.entryReference, entry.reference, entry.transactionCode,
            batch.map { $0.paymentInformationID.isEmpty ? $0.messageID : $0.paymentInformationID }
                ?? "",
            batch?.transactionCount.map { String($0) } ?? "",
            detail?.instructionID ?? "", detail?.endToEndID ?? "", detail?.transactionID ?? "",
            detail?.creditorReference ?? "", text, tagged("EREF+", in: text),
            tagged("KREF+", in: text), tagged("MREF+", in: text), tagged("SVWZ+", in: text),
        ]
    }

    private static let tags = [
        "EREF+", "KREF+", "MREF+", "CRED+", "DEBT+", "SVWZ+", "ABWA+", "ABWE+", "IBAN+", "BIC+",
    ].map { Array($0.utf8) }

    /// What stands behind a tag of a remittance that was an MT940 once, up to the next tag.
    ///
    /// Spaces within it are left out for references, since lines were broken anywhere.
    static func tagged(_ tag: String, in text: String) -> String {
        let bytes = Array(text.utf8)
        let tag = Array(tag.utf8)
        guard let start = place(of: tag, in: bytes, from: 0) else { return "" }
        let first = start + tag.count
        let ends = tags.compactMap { place(of: $0, in: bytes, from: first) }
        var piece = bytes[first..<(ends.min() ?? bytes.count)]
        while piece.last == 0x20 { piece.removeLast() }
        while piece.first == 0x20 { piece.removeFirst() }
        let isText = tag == Array("SVWZ+".utf8)
        return String(decoding: isText ? Array(piece) : piece.filter { $0 != 0x20 }, as: UTF8.self)
    }

    private static func place(of tag: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
        guard start <= bytes.count - tag.count else { return nil }
        return (start...bytes.count - tag.count).first { bytes[$0...].starts(with: tag) }
    }
}
