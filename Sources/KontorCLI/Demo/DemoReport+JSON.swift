internal import Ledger
internal import Money
internal import Settlement
internal import Signing

/// The same numbers for programs. Amounts of money are integers of minor units.
extension DemoReport {
    /// One object.
    var json: JSONValue {
        var members: [(String, JSONValue)] = [
            ("seed", .integer(Int64(clamping: seed))), ("ledger", .string(ledger.base64URL)),
            ("entries", number(entries)), ("partners", number(partners)),
            ("programs", number(programs)),
            ("agreements", object(agreementsByKind.map { ($0.kind, number($0.count)) })),
            ("versions", number(versions)), ("members", number(members)),
            ("counters", number(counters)),
            ("transfers", transfersJSON),
            ("refused", .array(tally.refused.map(json))),
            ("flows", .array(flows.prefix(10).map(json))),
            (
                "positions",
                .array(
                    largestPositions(perCurrency: 10).map { line in
                        [
                            "debtor": .string(line.debtor), "creditor": .string(line.creditor),
                            "currency": .string(line.currency.code), "posted": number(line.posted),
                            "held": number(line.held),
                        ]
                    }
                )
            ),
            ("netting", .array(netsJSON)),
            (
                "nights",
                .array(
                    nights.map { line in
                        [
                            "settlement": .string(line.id.description),
                            "state": .string(line.state.rawValue),
                            "participants": number(line.participants),
                            "gross": number(line.gross), "paid": number(line.paid),
                            "carried": number(line.carried),
                        ]
                    }
                )
            ),
            ("trueUps", number(trueUps.count)),
            ("checkpoint", .string(checkpoint)), ("root", .string(root.base64URL)),
            ("stateDigest", .string(stateDigest.base64URL)),
            ("foundingMilliseconds", number(Int(foundingSeconds.seconds * 1_000))),
            ("trafficMilliseconds", number(Int(trafficSeconds.seconds * 1_000))),
            ("holds", .boolean(holds)),
        ]
        members.append(("fixings", .array(fixedRates.map(json))))
        if let books { members.append(("books", books.json)) }
        if let proof { members.append(("proof", proof.json)) }
        if let audit { members.append(("audit", audit.json)) }
        return object(members)
    }

    private var transfersJSON: JSONValue {
        [
            "requested": number(tally.requested), "accepted": number(tally.accepted),
            "refused": number(tally.refusedTransfers), "singles": number(tally.singles),
            "batches": number(tally.batches), "known": number(tally.known),
            "committed": number(tally.committed),
            "voided": number(tally.voided), "waiting": number(waitingItems),
            "wholeReversals": number(tally.wholeReversals),
            "partialReversals": number(tally.partialReversals),
        ]
    }

    private var netsJSON: [JSONValue] {
        nets.map { net in
            [
                "currency": .string(net.currency.code), "gross": number(net.gross),
                "bilateral": number(net.bilateral),
                "multilateral": number(net.multilateral),
                "savedPermille": number(net.nettingRatioPermille),
                "participants": .array(
                    net.participants.map { ["name": .string($0.name), "net": number($0.net)] }
                ),
            ]
        }
    }

    private func json(_ refused: DemoTally.Refused) -> JSONValue {
        [
            "code": .string(refused.code), "transfers": number(refused.transfers),
            "submissions": number(refused.submissions), "example": .string(refused.example),
        ]
    }

    private func json(_ line: FixedRateLine) -> JSONValue {
        func text(_ rate: Rate?) -> JSONValue {
            rate.map { .string("\(Quotient($0))") } ?? .null
        }
        return [
            "agreement": .string(line.agreement.base64URL), "from": .string(line.from),
            "to": .string(line.to), "items": number(line.items),
            "first": ["ratio": text(line.first?.ratio), "price": text(line.first?.price)],
            "last": ["ratio": text(line.last?.ratio), "price": text(line.last?.price)],
            "accepted": .boolean(line.isAccepted),
        ]
    }

    private func json(_ flow: Flow) -> JSONValue {
        [
            "from": .string(flow.from), "to": .string(flow.to),
            "currency": .string(flow.currency.code),
            "items": number(flow.items), "debit": number(flow.debit), "credit": number(flow.credit),
            "value": number(flow.value),
        ]
    }

    private func number(_ value: some BinaryInteger) -> JSONValue {
        .integer(Int64(clamping: value))
    }

    private func object(_ members: [(String, JSONValue)]) -> JSONValue {
        .object(members.map { JSONMember(name: $0.0, value: $0.1) })
    }
}
