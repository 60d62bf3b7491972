private import Ledger
public import Signing

/// Entries of agreements, members and transfers.
extension Network {
    /// A proposal of terms, by the debtor unless another one is named.
    ///
    /// Its terms hash is `payloadDigest`.
    public mutating func propose(
        _ terms: JSONValue,
        supersedes: Digest? = nil,
        acceptWithinDays days: Int64 = 7,
        by signer: String? = nil
    ) -> [UInt8] {
        var debtor = "nobody"
        if case .string(let name)? = terms["debtor"] { debtor = name }
        let acceptBy = now.advanced(byMilliseconds: days * 86_400_000)
        var members: JSONValue = ["acceptBy": .string(acceptBy.description)]
        if let supersedes { members = members.with("supersedes", .string(supersedes.base64URL)) }
        return sign(.agreementPropose, by: signer ?? debtor, members.with("terms", terms))
    }

    /// A party's signature under a proposal.
    public mutating func accept(_ agreement: Digest, by signer: String) -> [UInt8] {
        sign(.agreementAccept, by: signer, ["agreement": .string(agreement.base64URL)])
    }

    /// The end of an agreement.
    public mutating func terminate(
        _ agreement: Digest,
        from moment: Timestamp,
        by signer: String
    ) -> [UInt8] {
        sign(
            .agreementTerminate,
            by: signer,
            [
                "agreement": .string(agreement.base64URL), "from": .string(moment.description),
            ]
        )
    }

    /// A proposal of pseudonyms to another partner; within one partner they open at once.
    public mutating func openMembers(
        _ members: [String],
        with: String,
        by signer: String
    ) -> [UInt8] {
        sign(
            .memberOpen,
            by: signer,
            [
                "with": .string(with), "members": .array(members.map { .string($0) }),
            ]
        )
    }

    /// The other partner's signature under a proposal of pseudonyms.
    public mutating func acceptMembers(_ proposal: Digest, by signer: String) -> [UInt8] {
        sign(.memberOpen, by: signer, ["accepts": .string(proposal.base64URL)])
    }

    /// The end of pseudonyms.
    public mutating func closeMembers(
        _ members: [String],
        with: String,
        by signer: String
    ) -> [UInt8] {
        sign(
            .memberClose,
            by: signer,
            [
                "with": .string(with), "members": .array(members.map { .string($0) }),
            ]
        )
    }

    /// Transfers under one agreement version.
    public mutating func transfers(
        from debtor: String,
        terms: Digest,
        items: [JSONValue],
        channel: String? = nil,
        shared: JSONValue = [:],
        id: UUIDv7? = nil,
        key: String? = nil
    ) -> [UInt8] {
        var members: JSONValue = ["terms": .string(terms.base64URL)]
        if let channel { members = members.with("channel", .string(channel)) }
        if case .object(let more) = shared {
            for member in more { members = members.with(member.name, member.value) }
        }
        return sign(.transfers, by: debtor, members.with("items", .array(items)), id: id, key: key)
    }

    /// An item of transfers; `more` holds the optional members.
    public static func item(
        _ member: String,
        amount: Int64,
        debit: Int64? = nil,
        credit: Int64? = nil,
        bonus: Int64 = 0,
        more: JSONValue = [:]
    ) -> JSONValue {
        var item: JSONValue = [
            "member": .string(member), "amount": .integer(amount),
            "debit": .integer(debit ?? amount),
            "credit": .integer(credit ?? amount),
        ]
        if bonus > 0 { item = item.with("bonus", .integer(bonus)) }
        if case .object(let members) = more {
            for member in members { item = item.with(member.name, member.value) }
        }
        return item
    }

    /// The counter tokens of an item, by group.
    public static func counters(_ tokens: [(group: String, token: String)]) -> JSONValue {
        .array(tokens.map { ["group": .string($0.group), "token": .string($0.token)] })
    }

    /// The creditor's delivery of held items: number, credit, bonus.
    public mutating func commit(
        _ entry: UInt64,
        _ items: [(Int64, Int64, Int64)],
        by creditor: String
    ) -> [UInt8] {
        sign(
            .transfersCommit,
            by: creditor,
            [
                "entry": .integer(Int64(entry)),
                "items": .array(
                    items.map {
                        ["item": .integer($0.0), "credit": .integer($0.1), "bonus": .integer($0.2)]
                    }
                ),
            ]
        )
    }

    /// The creditor's release of held items.
    public mutating func void(_ entry: UInt64, _ items: [Int64], by creditor: String) -> [UInt8] {
        sign(
            .transfersVoid,
            by: creditor,
            [
                "entry": .integer(Int64(entry)), "items": .array(items.map { .integer($0) }),
            ]
        )
    }

    /// One item of a reversal: what remains, and what is given back.
    public static func reversal(
        _ item: Int64,
        remaining: Int64 = 0,
        debit: Int64,
        credit: Int64,
        bonus: Int64 = 0
    ) -> JSONValue {
        [
            "item": .integer(item), "remaining": .integer(remaining), "debit": .integer(debit),
            "credit": .integer(credit), "bonus": .integer(bonus),
        ]
    }

    /// The reversal of posted items.
    public mutating func reverse(
        _ entry: UInt64,
        _ items: [JSONValue],
        by creditor: String
    ) -> [UInt8] {
        sign(
            .transfersReverse,
            by: creditor,
            ["entry": .integer(Int64(entry)), "items": .array(items)]
        )
    }

    /// A debt beside transfers that its debtor acknowledges.
    public mutating func adjust(
        _ debtor: String,
        owes creditor: String,
        amount: Int64,
        currency: String = "EUR",
        agreement: Digest? = nil,
        dispute: UInt64? = nil,
        mending name: String? = nil
    ) -> [UInt8] {
        var members: JSONValue = [
            "creditor": .string(creditor), "currency": .string(currency),
            "amount": .integer(amount),
            "reason": "correction",
        ]
        if let agreement { members = members.with("agreement", .string(agreement.base64URL)) }
        if let dispute { members = members.with("dispute", .integer(Int64(dispute))) }
        if let name {
            members = members.with("break", .string(Self.digest(of: name).base64URL))
        }
        return sign(.adjustmentPost, by: debtor, members)
    }
}
