internal import Money
internal import Signing

extension PaymentInstruction {
    /// Requires that every value fits into a file; faults name the payment by its number.
    ///
    /// Throws `paymentCount`, `identifier`, `characters`, `amount` or `date`.
    ///
    /// Complexity: O(n log n).
    public func check() throws(FormatError) {
        guard (1...FormatLimits.paymentCount).contains(payments.count) else {
            throw Self.fault(
                .paymentCount,
                0,
                0,
                "it has \(payments.count) payments",
                "write 1 to \(FormatLimits.paymentCount) payments in a file"
            )
        }
        try checkHead()
        var identifiers: [(text: String, number: Int)] = []
        for (index, payment) in payments.enumerated() {
            try Self.check(payment, number: index + 1)
            identifiers.append((payment.endToEndID, index + 1))
        }
        identifiers.sort { ($0.text, $0.number) < ($1.text, $1.number) }
        for (first, second) in zip(identifiers, identifiers.dropFirst())
        where first.text.hasSameBytes(as: second.text) {
            throw Self.fault(
                .identifier,
                second.number,
                0,
                "EndToEndId \(second.text) is that of payment \(first.number) too",
                "give each payment its own"
            )
        }
    }

    private func checkHead() throws(FormatError) {
        let longest = currencies.map(partID).max { $0.utf8.count < $1.utf8.count } ?? messageID
        if let fault = BankText.identifierFault(of: longest) {
            throw Self.fault(
                .identifier,
                0,
                fault.column,
                "MsgId \(longest): \(fault.reason)",
                "choose an identifier of at most 35 such characters"
            )
        }
        try Self.checkText(initiatingParty, "the initiating party", 0)
        try Self.checkText(debtor.name, "the debtor", 0)
        guard (0...9_999).contains(requestedDate.parts.year), createdAt >= .earliest,
            createdAt <= .latest
        else {
            throw Self.fault(.date, 0, 0, "a day or time has no text", "choose one of 0000 to 9999")
        }
    }

    private static func check(_ payment: Payment, number: Int) throws(FormatError) {
        if let fault = BankText.identifierFault(of: payment.endToEndID) {
            throw Self.fault(
                .identifier,
                number,
                fault.column,
                "EndToEndId: \(fault.reason)",
                "choose an identifier of at most 35 such characters"
            )
        }
        guard payment.amount > 0,
            String(payment.amount).utf8.count <= FormatLimits.amountDigitCount
        else {
            throw Self.fault(
                .amount,
                number,
                0,
                "the amount \(payment.amount) is not positive, or has more than 18 digits",
                "pay a positive amount, in parts if it is larger"
            )
        }
        try checkText(payment.creditor.name, "the creditor", number)
        try checkText(payment.remittance, "the remittance text", number)
    }

    private static func checkText(
        _ text: String,
        _ what: String,
        _ number: Int
    ) throws(FormatError) {
        guard let fault = BankText.fault(of: text, limit: FormatLimits.nameCount) else { return }
        throw Self.fault(
            .characters,
            number,
            fault.column,
            "\(what): \(fault.reason)",
            "write it as the bank knows it, in letters without accents"
        )
    }

    private static func fault(
        _ code: FormatError.Code,
        _ number: Int,
        _ column: Int,
        _ reason: String,
        _ wayOut: String
    ) -> FormatError {
        FormatError(code, in: "payment", line: number, column: column, reason, wayOut: wayOut)
    }
}
