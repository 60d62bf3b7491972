internal import Formats
internal import Signing

/// What an exchange of digests tells: for people, or as one JSON object.
struct DigestText {
    /// The most differences that are told one by one to people.
    static let lineLimit = 50

    let result: DigestComparison
    var messageCount = 0
    var byteCount = 0
    /// What each side is called, and where it lacks something.
    var names = (own: "ours", other: "theirs", here: "our books", there: "theirs")

    /// The text, without a final line end.
    var text: String {
        let scope = result.scope
        var lines = [
            "\(scope.first) and \(scope.second), \(scope.calendar)/\(scope.window)",
            side(names.own, result.own), side(names.other, result.other),
        ]
        if messageCount > 0 {
            lines.append("\(messageCount.grouped) messages, \(byteCount.grouped) bytes")
        }
        lines.append("")
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
            let count = result.differenceCount
            lines.append(count == 1 ? "1 transfer differs:" : "\(count.grouped) transfers differ:")
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

    private func side(_ name: String, _ side: DigestComparison.Side) -> String {
        let padding = String(repeating: " ", count: max(0, 8 - name.count))
        return "\(name)\(padding)\(side.count.grouped) transfers, root \(side.root)"
    }

    private var differences: String {
        var table = Table([("transfer", .left), ("what", .left)])
        for difference in result.differences.prefix(Self.lineLimit) {
            let what =
                switch difference.kind {
                case .missingHere: "missing in \(names.here)"
                case .missingThere: "missing in \(names.there)"
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
        for (name, side) in [(names.own, result.own), (names.other, result.other)] {
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
