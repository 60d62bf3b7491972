internal import Formats
internal import Signing

/// What an exchange of digests tells: for people, or as one JSON object.
struct DigestText {
    /// The most differences that are told one by one to people.
    static let lineLimit = 50

    let result: DigestComparison
    let messageCount: Int
    let byteCount: Int

    /// The text, without a final line end.
    var text: String {
        let scope = result.scope
        var lines = [
            "\(scope.first) and \(scope.second), \(scope.calendar)/\(scope.window)",
            "ours    \(result.own.count.grouped) transfers, root \(result.own.root)",
            "theirs  \(result.other.count.grouped) transfers, root \(result.other.root)",
            "\(messageCount.grouped) messages, \(byteCount.grouped) bytes", "",
        ]
        if result.isEqual {
            lines.append("The books agree. Certify that with kontor reconcile certify.")
        } else if result.isTooDifferent {
            lines.append(
                "At least \(result.differenceCount.grouped) transfers differ: that is no matter of "
                    + "single transfers. See the sums, and whether both are about the same window."
            )
            lines.append("")
            lines.append(sums)
        } else {
            lines.append("\(result.differenceCount.grouped) transfers differ:")
            lines.append(differences)
        }
        return lines.joined(separator: "\n")
    }

    /// The object.
    var json: JSONValue {
        [
            "scope": [
                "ledger": .string(result.scope.ledger.base64URL),
                "partners": [
                    .string(result.scope.first.text), .string(result.scope.second.text),
                ],
                "calendar": .string(result.scope.calendar.text),
                "window": .integer(Int64(clamping: result.scope.window)),
            ],
            "equal": .boolean(result.isEqual), "complete": .boolean(!result.isTooDifferent),
            "differenceCount": .integer(Int64(result.differenceCount)),
            "differences": .array(
                result.differences.map {
                    [
                        "transfer": .string($0.name.description),
                        "kind": .string($0.kind.rawValue),
                    ]
                }
            ),
            "own": side(result.own), "other": side(result.other),
            "messages": .integer(Int64(messageCount)), "bytes": .integer(Int64(byteCount)),
        ]
    }

    private func side(_ side: DigestComparison.Side) -> JSONValue {
        [
            "root": .string(side.root.base64URL), "count": .integer(Int64(clamping: side.count)),
            "sums": .array(side.sums.map(\.json)),
        ]
    }

    private var differences: String {
        var table = Table([("transfer", .left), ("what", .left)])
        for difference in result.differences.prefix(Self.lineLimit) {
            let what =
                switch difference.kind {
                case .missingHere: "missing in our books"
                case .missingThere: "missing in theirs"
                case .changed: "other figures"
                }
            table.add([difference.name.description, what])
        }
        let rest = result.differences.count - Self.lineLimit
        return table.text + (rest > 0 ? "\nand \(rest.grouped) more with --json" : "")
    }

    private var sums: String {
        var table = Table([
            ("program", .left), ("side", .left), ("debit", .right), ("credit", .right),
            ("debit reversed", .right), ("credit reversed", .right),
        ])
        for (name, side) in [("ours", result.own), ("theirs", result.other)] {
            for sum in side.sums {
                table.add([
                    sum.program, name, sum.debit.grouped, sum.credit.grouped,
                    sum.reversedDebit.grouped, sum.reversedCredit.grouped,
                ])
            }
        }
        return table.text
    }
}

extension BookSum {
    /// The sums as JSON; they are strings, since they may pass 2^53.
    var json: JSONValue {
        [
            "program": .string(program), "debit": .string(String(debit)),
            "credit": .string(String(credit)), "reversedDebit": .string(String(reversedDebit)),
            "reversedCredit": .string(String(reversedCredit)),
        ]
    }
}
