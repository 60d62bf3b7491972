internal import Foundation
internal import Formats
internal import KontorEngine
internal import Ledger
internal import Money
internal import Settlement
internal import Signing

/// Money that moved, as the bank or a person says, entered leg by leg (spec/20 §7.2, S-25, S-34).
struct NightPayments {
    /// One movement that is confirmed.
    struct Movement {
        let settlement: SettlementID
        let payer: String
        let payee: String
        let amount: Int128
        let evidence: Digest
        /// The same for the same money, so that it is entered once (`MovementID`).
        var id: UUIDv7?
    }

    /// What a bank statement comes to.
    struct Match {
        /// What pays open legs.
        let movements: [Movement]
        /// What fits no open leg.
        let leftovers: [Leftover]
        /// What was entered before.
        let repeated: [Leftover]
    }

    /// What a bank statement says that belongs to no open leg, or not in that amount.
    struct Leftover {
        let place: String
        let reason: String
    }

    let desk: NightDesk
    let accounts: [AccountOpening]

    /// Finds the legs that the entries of a bank statement pay, by their EndToEndId.
    ///
    /// Credits pay legs to the settlement account, debits those from it. Nothing is guessed: an
    /// entry whose id, currency or amount fits no open leg is left over, and named.
    /// An entry that was entered before, from this file or another one of the same account, is
    /// told apart by the bank's reference, or by its place in the file.
    func match(_ file: BankStatementFile, name: String) throws -> Match {
        let legs = openLegs()
        var count = 0
        var repeated: [Leftover] = []
        var used: [String: Int128] = [:]
        var movements: [Movement] = []
        var leftovers: [Leftover] = []
        for statement in file.statements {
            for entry in statement.entries where entry.status != "PDNG" {
                for detail in entry.details where !detail.endToEndID.isEmpty {
                    let place = "\(name), line \(entry.line), \(detail.endToEndID)"
                    func leave(_ reason: String) {
                        leftovers.append(Leftover(place: place, reason: reason))
                    }
                    count += 1
                    let id = try movementID(file, statement, entry, detail, count)
                    if let id, let known = try desk.entry(under: id) {
                        repeated.append(Leftover(place: place, reason: "it is entry \(known)"))
                        continue
                    }
                    guard let leg = legs[detail.endToEndID] else {
                        leave("no open payment has this id")
                        continue
                    }
                    let amount = detail.amount ?? entry.amount
                    let currency = detail.currency ?? entry.currency
                    let isIncoming = detail.direction == .credit
                    guard currency == leg.settlement.currency else {
                        leave("it is in \(currency), \(leg.settlement.currency) is due")
                        continue
                    }
                    guard isIncoming != leg.payer.contains("/"), !entry.isReversal else {
                        leave("the money goes the other way")
                        continue
                    }
                    let open = leg.amount - used[detail.endToEndID, default: 0]
                    guard amount > 0, amount <= open else {
                        let (paid, due) = (
                            currency.format(minorUnits: amount), currency.format(minorUnits: open)
                        )
                        leave("\(paid) \(currency) is not in the \(due) that is open")
                        continue
                    }
                    used[detail.endToEndID, default: 0] += amount
                    movements.append(
                        Movement(
                            settlement: leg.settlement,
                            payer: leg.payer,
                            payee: leg.payee,
                            amount: amount,
                            evidence: file.sha256,
                            id: id
                        )
                    )
                }
            }
        }
        return Match(movements: movements, leftovers: leftovers, repeated: repeated)
    }

    private func movementID(
        _ file: BankStatementFile,
        _ statement: BankStatement,
        _ entry: BankStatement.Entry,
        _ detail: BankStatement.Detail,
        _ count: Int
    ) throws -> UUIDv7? {
        guard let day = entry.bookingDate ?? entry.valueDate else { return nil }
        let source =
            entry.reference.isEmpty ? "\(file.sha256.base64URL) \(count)" : entry.reference
        let amount = detail.amount ?? entry.amount
        return try MovementID.of(
            [statement.account, source, detail.endToEndID, detail.direction.rawValue, "\(amount)"],
            since: Timestamp("\(day)T00:00:00.000Z") ?? .earliest,
            at: desk.engine
        )
    }

    /// The id of a movement that a person enters: the same document shows the same money once.
    func idByHand(_ movement: Movement) throws -> UUIDv7? {
        let record = desk.engine.read { $0.settlement(movement.settlement) }
        guard let record, let entry = try desk.engine.acceptedEntry(at: record.calculatedAt)
        else { return nil }
        return try MovementID.of(
            [
                movement.settlement.description, movement.payer, movement.payee,
                "\(movement.amount)", movement.evidence.base64URL,
            ],
            since: entry.time,
            at: desk.engine
        )
    }

    /// All movements that would pay every open leg of collecting or committed settlements in full.
    func everything(evidence: Digest) -> [Movement] {
        openLegs().values.map { leg in
            Movement(
                settlement: leg.settlement,
                payer: leg.payer,
                payee: leg.payee,
                amount: leg.amount,
                evidence: evidence
            )
        }
        .sorted {
            ($0.settlement.description, $0.payer, $0.payee)
                < ($1.settlement.description, $1.payer, $1.payee)
        }
    }

    /// Enters a movement; returns the entry.
    @discardableResult
    func enter(_ movement: Movement) throws -> NightDesk.Outcome {
        guard let amount = Int64(exactly: movement.amount) else {
            throw CommandError("\(movement.amount) is no amount that is ever due")
        }
        var members: [JSONMember] = [
            JSONMember(name: "settlement", value: .string(movement.settlement.description)),
            JSONMember(name: "payer", value: .string(movement.payer)),
            JSONMember(name: "payee", value: .string(movement.payee)),
            JSONMember(
                name: "currency",
                value: .string(movement.settlement.currency.code)
            ),
            JSONMember(name: "amount", value: .integer(amount)),
            JSONMember(name: "evidence", value: .string(movement.evidence.base64URL)),
        ]
        if !SettlementPayment.isOfOperator(movement.payee) {
            let account = try account(of: movement.payee, in: movement.settlement.currency)
            members.append(
                JSONMember(name: "account", value: .string(account.commitment.base64URL))
            )
        }
        guard let id = movement.id else {
            return try desk.enter(.settlementPaid, .object(members))
        }
        return try desk.enter(.settlementPaid, .object(members), id: id)
    }

    /// The account of a payee whose opening is at hand.
    func account(of partner: String, in currency: Currency) throws -> AccountOpening {
        let found = accounts.last { $0.partner == partner && $0.currency == currency }
        if let found { return found }
        throw CommandError(
            "\(partner) has no account in \(currency) among the openings; "
                + "name a file with it by --accounts"
        )
    }

    /// What is open of each leg that may be paid now, by its EndToEndId.
    private func openLegs() -> [String: Movement] {
        let records = desk.engine.read { $0.settlements }
        var legs: [String: Movement] = [:]
        for record in records where record.state == .collecting || record.state == .committed {
            for leg in record.legs where leg.open > 0 {
                guard leg.isPayout == (record.state == .committed) else { continue }
                legs[NightPayments.endToEndID(record.id, leg).text] = Movement(
                    settlement: record.id,
                    payer: leg.payer,
                    payee: leg.payee,
                    amount: leg.open,
                    evidence: .zero
                )
            }
        }
        return legs
    }

    /// The id that the bank carries with a leg: of its participant, or of both without a
    /// settlement account.
    static func endToEndID(_ id: SettlementID, _ leg: SettlementLeg) -> EndToEndID {
        let participant =
            leg.isPayout
            ? leg.payee : leg.payee.contains("/") ? leg.payer : "\(leg.payer) \(leg.payee)"
        return EndToEndID(
            settlement: id.description,
            participant: participant,
            currency: id.currency,
            attempt: Int(id.attempt)
        )
    }
}
