public import Ledger
public import Signing
private import VerifiableLog

/// Entries that change the registry.
extension Network {
    /// The founding of the ledger by operators, each with one entries key of its own name; it sets
    /// `ledger`.
    public mutating func genesis(
        operators: [String] = ["operator-a", "operator-b"],
        threshold: Int64 = 1,
        transferWindowSeconds: Int64 = 259_200,
        otherWindowSeconds: Int64 = 2_592_000,
        currencies: [String] = ["EUR", "USD"],
        logKey: String? = nil,
        publicEntries: Bool = false,
        changes: (inout JSONValue) -> Void = { _ in }
    ) -> [UInt8] {
        let id = nextID()
        let nonce = pseudonym()
        let founders = operators.map { name -> JSONValue in
            let key = offer(name, use: .entries, for: name, id: id, place: .origin(origin))
            return ["operator": .string(name), "keys": [key]]
        }
        var members: JSONValue = [
            "nonce": .string(nonce), "logKey": .string(logKey ?? self.logKey),
            "operators": .array(founders), "operatorThreshold": .integer(threshold), "rules": 1,
            "transferWindowSeconds": .integer(transferWindowSeconds),
            "otherWindowSeconds": .integer(otherWindowSeconds),
            "settlementCurrencies": .array(currencies.map { .string($0) }),
            "publicEntries": .boolean(publicEntries),
        ]
        changes(&members)
        let text = sign(.genesis, by: operators.first ?? "operator-a", members, id: id)
        if let frame = try? EntryFrame(index: 0, time: now, previous: .zero, jws: text) {
            ledger = frame.leafHash
        }
        return text
    }

    /// A new operator or auditor with an entries key of its own name.
    public mutating func appoint(
        _ kind: Kind,
        _ subject: String,
        by signer: String = "operator-a"
    ) -> [UInt8] {
        let id = nextID()
        let key = offer(subject, use: .entries, for: subject, id: id)
        return sign(kind, by: signer, ["subject": .string(subject), "keys": [key]], id: id)
    }

    /// An act of an operator that names only its subject: admit, reinstate, close, remove.
    public mutating func act(
        _ kind: Kind,
        on subject: String,
        by signer: String = "operator-a"
    ) -> [UInt8] {
        sign(kind, by: signer, ["subject": .string(subject)])
    }

    /// Another operator's approval.
    public mutating func approve(_ entry: UInt64, by signer: String = "operator-b") -> [UInt8] {
        sign(.operatorApprove, by: signer, ["entry": .integer(Int64(entry))])
    }

    /// An invitation of a partner by the thumbprint of its entries key.
    public mutating func invite(
        _ subject: String,
        by signer: String = "operator-a",
        key: String? = nil
    ) -> [UInt8] {
        let thumbprint = self.key(key ?? subject).publicKey.thumbprint.base64URL
        return sign(
            .partnerInvite,
            by: signer,
            ["subject": .string(subject), "thumbprint": .string(thumbprint)]
        )
    }

    /// An application with an entries key and a recovery key.
    public mutating func apply(
        _ subject: String,
        region: String = "DE",
        key: String? = nil
    ) -> [UInt8] {
        let id = nextID()
        let keys: JSONValue = [
            offer(key ?? subject, use: .entries, for: subject, id: id),
            offer("\(subject)#recovery", use: .recovery, for: subject, id: id),
        ]
        return sign(
            .partnerApply,
            by: subject,
            ["region": .string(region), "keys": keys],
            id: id,
            key: key
        )
    }

    /// A suspension.
    public mutating func suspend(_ subject: String, by signer: String = "operator-a") -> [UInt8] {
        sign(.partnerSuspend, by: signer, ["subject": .string(subject), "reason": "security"])
    }

    /// New keys for a partner that lost its recovery key; their names end in a suffix.
    public mutating func rekey(
        _ subject: String,
        suffix: String,
        by signer: String = "operator-a"
    ) -> [UInt8] {
        let id = nextID()
        let keys: JSONValue = [
            offer("\(subject)\(suffix)", use: .entries, for: subject, id: id),
            offer("\(subject)#recovery\(suffix)", use: .recovery, for: subject, id: id),
        ]
        return sign(.partnerRekey, by: signer, ["subject": .string(subject), "keys": keys], id: id)
    }

    /// A payee account by its commitment.
    public mutating func account(of partner: String, currency: String = "EUR") -> [UInt8] {
        let commitment = DigestBuilder.digest(Array(pseudonym().utf8)).base64URL
        return sign(
            .partnerAccount,
            by: partner,
            ["currency": .string(currency), "commitment": .string(commitment)]
        )
    }

    /// A further key of a partner or an operator.
    public mutating func addKey(
        _ name: String,
        use: KeyUse = .entries,
        for owner: String,
        key: String? = nil
    ) -> [UInt8] {
        let id = nextID()
        let offered = offer(name, use: use, for: owner, id: id)
        return sign(.keyAdd, by: owner, ["add": offered], id: id, key: key)
    }

    /// The end of a key.
    public mutating func revokeKey(_ name: String, for owner: String, key: String? = nil) -> [UInt8]
    {
        let thumbprint = self.key(name).publicKey.thumbprint.base64URL
        return sign(.keyRevoke, by: owner, ["thumbprint": .string(thumbprint)], key: key)
    }

    /// A program of its partner.
    public mutating func define(
        _ program: String,
        scale: Int64 = 0,
        by signer: String? = nil
    ) -> [UInt8] {
        let owner = String(program.prefix { $0 != "/" })
        return sign(
            .programDefine,
            by: signer ?? owner,
            ["program": .string(program), "scale": .integer(scale)]
        )
    }

    /// Opens or closes a program.
    public mutating func amend(_ program: String, status: String) -> [UInt8] {
        let owner = String(program.prefix { $0 != "/" })
        return sign(
            .programAmend,
            by: owner,
            ["program": .string(program), "status": .string(status)]
        )
    }

    /// The operator's fee for each item, at most one currency, or none.
    public mutating func policy(
        feePerItem: (Int64, Int64)?,
        currency: String = "EUR",
        plan: String? = nil
    ) -> [UInt8] {
        var members: JSONValue = ["minimumPayment": 0, "carryMaxDays": 30]
        if let plan { members = members.with("plan", .string(plan)) }
        if let (numerator, denominator) = feePerItem {
            members = members.with(
                "fee",
                [
                    "currency": .string(currency),
                    "perItem": [
                        "numerator": .integer(numerator), "denominator": .integer(denominator),
                    ],
                ]
            )
        }
        return sign(.networkPolicy, by: "operator-a", members)
    }

    /// A limit of a partner; nil is none.
    public mutating func limit(
        of subject: String,
        currency: String = "EUR",
        netDebitCap: Int64? = nil,
        coverPercent: Int64? = nil,
        by signer: String = "operator-a"
    ) -> [UInt8] {
        var members: JSONValue = ["subject": .string(subject), "currency": .string(currency)]
        if let netDebitCap { members = members.with("netDebitCap", .integer(netDebitCap)) }
        if let coverPercent { members = members.with("coverPercent", .integer(coverPercent)) }
        return sign(.limitSet, by: signer, members)
    }

    /// A deposit, or a move of one: `coverPost`, `coverDraw`, `coverRelease`.
    public mutating func cover(
        _ kind: Kind = .coverPost,
        of subject: String,
        amount: Int64,
        currency: String = "EUR",
        by signer: String = "operator-a"
    ) -> [UInt8] {
        sign(
            kind,
            by: signer,
            [
                "subject": .string(subject), "currency": .string(currency),
                "amount": .integer(amount),
            ]
        )
    }
}
