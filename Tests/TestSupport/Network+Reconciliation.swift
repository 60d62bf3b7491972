private import Ledger
public import Signing

/// Entries of reconciliation: certificates, and the ladder of a dispute.
extension Network {
    /// A digest that stands for something kept elsewhere, by its name.
    public static func digest(of name: String) -> Digest {
        DigestBuilder.digest(Array(name.utf8))
    }

    /// One program's sums in a certificate.
    public static func sum(
        _ program: String,
        debit: Int64 = 0,
        credit: Int64 = 0,
        reversedDebit: Int64 = 0,
        reversedCredit: Int64 = 0
    ) -> JSONValue {
        [
            "program": .string(program), "debit": .integer(debit), "credit": .integer(credit),
            "reversedDebit": .integer(reversedDebit), "reversedCredit": .integer(reversedCredit),
        ]
    }

    /// A partner's signature under what it and another one find in a window.
    ///
    /// The root is that of a name; the books file is the signer's own, if no other is named.
    public mutating func certify(
        _ calendar: String = "network",
        window: Int64 = 1,
        with other: String,
        by signer: String,
        root: String = "root",
        count: Int64 = 1,
        sums: [JSONValue] = [],
        books: String? = nil
    ) -> [UInt8] {
        sign(
            .reconciliationCertify,
            by: signer,
            [
                "with": .string(other), "calendar": .string(calendar),
                "window": .integer(window),
                "root": .string(Self.digest(of: root).base64URL), "count": .integer(count),
                "sums": .array(sums),
                "books": .string(Self.digest(of: books ?? "books of \(signer)").base64URL),
            ]
        )
    }

    /// A claim that the other side of an agreement owes for a break.
    public mutating func dispute(
        _ agreement: Digest,
        window: Int64 = 1,
        about name: String = "break",
        amount: Int64 = 100,
        reason: String = "missingInLedger",
        by signer: String
    ) -> [UInt8] {
        sign(
            .disputeOpen,
            by: signer,
            [
                "agreement": .string(agreement.base64URL), "window": .integer(window),
                "break": .string(Self.digest(of: name).base64URL), "amount": .integer(amount),
                "reason": .string(reason),
                "evidence": .string(Self.digest(of: "evidence of \(name)").base64URL),
            ]
        )
    }

    /// The other side says that it owes nothing.
    public mutating func reject(_ dispute: UInt64, by signer: String) -> [UInt8] {
        sign(.disputeReject, by: signer, Self.about(dispute).with("evidence", Self.evidence))
    }

    /// The opener claims as much or less once more.
    public mutating func restate(
        _ dispute: UInt64,
        amount: Int64,
        by signer: String
    ) -> [UInt8] {
        let members = Self.about(dispute).with("amount", .integer(amount))
        return sign(.disputeRestate, by: signer, members.with("evidence", Self.evidence))
    }

    /// The other side says that it owes what is disputed.
    public mutating func acceptDispute(_ dispute: UInt64, by signer: String) -> [UInt8] {
        sign(.disputeAccept, by: signer, Self.about(dispute))
    }

    /// The opener gives its claim up.
    public mutating func withdrawDispute(_ dispute: UInt64, by signer: String) -> [UInt8] {
        sign(.disputeWithdraw, by: signer, Self.about(dispute))
    }

    private static func about(_ dispute: UInt64) -> JSONValue {
        ["dispute": .integer(Int64(dispute))]
    }

    private static let evidence = JSONValue.string(digest(of: "evidence").base64URL)
}
