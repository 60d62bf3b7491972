internal import Money
internal import Settlement
internal import Signing

extension PartnerStatement {
    private static let names = [
        "format", "ledger", "settlement", "partner", "calendar", "window", "firstEntry", "endEntry",
        "cutOff", "model", "currency", "attempt", "sheet", "debts", "openingCarry", "net", "due",
        "carried", "payments", "trueUps", "exposures", "trails", "proof", "lines",
    ]
    private static let numberLimit = UInt64(JSONReader.numberLimit)

    /// Reads a statement in JSON: exactly the members of spec/22 §5, in any order.
    ///
    /// Throws `tooLarge`, `json`, `memberMissing`, `memberUnknown`, `memberDuplicate` or
    /// `memberValue`.
    ///
    /// Complexity: O(n).
    public init(parsing text: [UInt8]) throws(FormatError) {
        var members: [JSONMember] = []
        var lines: [Line] = []
        let place = { (error: JSONError) -> FormatError in Self.fault(error, in: text) }
        do throws(JSONError) {
            var reader = try JSONReader(text)
            try reader.readObject({ $0 }) { reader, name throws(JSONError) in
                let text = name.text
                guard !members.contains(where: { $0.name.hasSameBytes(as: text) }) else {
                    throw JSONError(.duplicateMember, at: name.offset)
                }
                var value: JSONValue = .null
                if name == "lines" {
                    lines = try Self.readLines(&reader)
                } else {
                    value = try JSONValue(reading: &reader)
                }
                members.append(JSONMember(name: text, value: value))
            }
            try reader.finish()
        } catch { throw place(error) }
        let object = try StatementObject(members, at: "", Self.names)
        try self.init(object, lines)
    }

    private init(_ object: StatementObject, _ lines: [Line]) throws(FormatError) {
        guard try object.string("format") == Self.format else {
            throw object.fault("format", "not \(Self.format)")
        }
        guard let cutOff = Timestamp(try object.string("cutOff")) else {
            throw object.fault("cutOff", "no time like 2026-11-22T10:15:30.123Z")
        }
        self.init(
            ledger: try object.digest("ledger"),
            settlement: try object.string("settlement"),
            partner: try object.string("partner"),
            calendar: try object.string("calendar"),
            window: try object.integer("window", 0...Self.numberLimit),
            firstEntry: try object.integer("firstEntry", 0...Self.numberLimit),
            endEntry: try object.integer("endEntry", 0...Self.numberLimit),
            cutOff: cutOff,
            model: try object.choice("model"),
            currency: try object.currency("currency"),
            attempt: try object.integer("attempt", 1...1_000_000),
            sheet: try object.digest("sheet"),
            debts: try object.list("debts", Self.debt),
            openingCarry: try object.amount("openingCarry"),
            net: try object.amount("net"),
            due: try object.amount("due"),
            carried: try object.amount("carried"),
            payments: try object.list("payments", Self.payment),
            trueUps: try object.list("trueUps", Self.trueUp),
            exposures: try object.list("exposures", Self.exposure),
            trails: try object.list("trails", Self.trail),
            proof: try Self.proof(object.value("proof")),
            lines: lines
        )
        guard firstEntry <= endEntry else { throw object.fault("firstEntry", "behind endEntry") }
        if let line = lines.firstIndex(where: { !debts.indices.contains($0.debt) }) {
            throw object.fault("lines[\(line)].debt", "no position in debts")
        }
    }

    private static func debt(_ value: JSONValue, _ path: String) throws(FormatError) -> Debt {
        let object = try StatementObject(
            value,
            at: path,
            [
                "agreement", "debtor", "creditor", "purpose", "priceCurrency", "debit", "credit",
                "bonus", "exact", "quote", "rounding", "amount", "taxes",
            ]
        )
        return Debt(
            agreement: try object.string("agreement"),
            debtor: try object.string("debtor"),
            creditor: try object.string("creditor"),
            purpose: try object.choice("purpose"),
            priceCurrency: try object.currency("priceCurrency"),
            units: Units(
                debit: try object.amount("debit"),
                credit: try object.amount("credit"),
                bonus: try object.amount("bonus")
            ),
            exact: try object.quotient("exact"),
            quote: try object.quotient("quote"),
            rounding: try object.choice("rounding"),
            amount: try object.amount("amount"),
            taxes: try object.list("taxes", tax)
        )
    }

    private static func tax(_ value: JSONValue, _ path: String) throws(FormatError) -> Tax {
        let object = try StatementObject(
            value,
            at: path,
            [
                "country", "category", "ratePermille", "basis", "invoicer", "document", "net",
                "tax",
            ]
        )
        return Tax(
            country: try object.string("country"),
            category: try object.string("category"),
            ratePermille: try object.integer("ratePermille", 0...1_000),
            basis: try object.string("basis"),
            invoicer: try object.string("invoicer"),
            document: try object.string("document"),
            net: try object.amount("net"),
            tax: try object.amount("tax")
        )
    }

    private static func payment(_ value: JSONValue, _ path: String) throws(FormatError) -> Payment {
        let object = try StatementObject(
            value,
            at: path,
            ["payer", "payee", "amount", "endToEndId"]
        )
        return Payment(
            payer: try object.string("payer"),
            payee: try object.string("payee"),
            amount: try object.amount("amount"),
            endToEndID: try object.string("endToEndId")
        )
    }

    private static func trueUp(
        _ value: JSONValue,
        _ path: String
    ) throws(FormatError) -> TrueUpLine {
        let object = try StatementObject(
            value,
            at: path,
            [
                "settlement", "agreement", "debtor", "creditor", "provisionalSheet", "finalSheet",
                "provisional", "final",
            ]
        )
        return TrueUpLine(
            settlement: try object.string("settlement"),
            agreement: try object.string("agreement"),
            debtor: try object.string("debtor"),
            creditor: try object.string("creditor"),
            provisionalSheet: try object.digest("provisionalSheet"),
            finalSheet: try object.digest("finalSheet"),
            provisional: try object.amount("provisional"),
            final: try object.amount("final")
        )
    }

    private static func exposure(
        _ value: JSONValue,
        _ path: String
    ) throws(FormatError) -> Exposure {
        let object = try StatementObject(value, at: path, ["participant", "atMost"])
        return Exposure(
            participant: try object.string("participant"),
            atMost: try object.amount("atMost")
        )
    }

    private static func trail(_ value: JSONValue, _ path: String) throws(FormatError) -> Trail {
        let object = try StatementObject(value, at: path, ["agreement", "window", "entries"])
        return Trail(
            agreement: try object.string("agreement"),
            window: try object.integer("window", 1...numberLimit),
            entries: try object.list("entries") { value, path throws(FormatError) in
                guard case .integer(let number) = value, let index = UInt64(exactly: number) else {
                    throw object.fault("entries", "no list of indexes: see \(path)")
                }
                return index
            }
        )
    }

    private static func proof(_ value: JSONValue) throws(FormatError) -> Proof? {
        if case .null = value { return nil }
        let object = try StatementObject(
            value,
            at: "proof",
            ["leaf", "position", "count", "path", "root", "entry"]
        )
        return Proof(
            leaf: try object.string("leaf"),
            position: try object.integer("position", 0...numberLimit),
            count: try object.integer("count", 1...numberLimit),
            path: try object.list("path") { value, path throws(FormatError) in
                guard case .string(let text) = value, let hash = Digest(text, as: .url) else {
                    throw object.fault("path", "no list of digests in base64url: see \(path)")
                }
                return hash
            },
            root: try object.digest("root"),
            entry: try object.integer("entry", 0...numberLimit)
        )
    }

    private static func fault(_ error: JSONError, in text: [UInt8]) -> FormatError {
        let place = TextPlace(of: error.offset, in: text)
        return FormatError(
            code(of: error.reason),
            in: "statement",
            line: place.line,
            column: place.column,
            error.reason.rawValue,
            wayOut: "ask the operator for the statement again, or compare it with spec/22 §5"
        )
    }

    private static func code(of reason: JSONError.Reason) -> FormatError.Code {
        switch reason {
        case .duplicateMember: .memberDuplicate
        case .notAnObject, .notAnArray, .notAString, .notAnInteger, .numberRange: .memberValue
        default: .json
        }
    }
}
