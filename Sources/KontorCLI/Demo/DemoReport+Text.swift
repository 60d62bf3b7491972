internal import Ledger
internal import Signing

/// The report for people, at most 98 columns wide.
extension DemoReport {
    static let width = 98

    /// All of it, ending with what to try next.
    func text(directory: String) -> String {
        var lines =
            networkLines + transferLines + refusalLines + flowLines + positionLines + netLines
        lines += fixingLines(directory) + nightLines(directory) + checkpointLines + auditLines
        lines += bookLines(directory) + proofLines + nextLines(directory)
        return lines.joined(separator: "\n")
    }

    /// An empty line and a title.
    static func heading(_ title: String) -> [String] {
        ["", title, String(repeating: "─", count: width)]
    }

    /// The lines of a table, indented.
    static func lines(of table: Table) -> [String] {
        table.text.split(separator: "\n").map { "  \($0)" }
    }

    /// Labels and values under each other; long values go on below themselves.
    static func lines(of rows: [(label: String, value: String)]) -> [String] {
        let indent = rows.map(\.label.count).max() ?? 0
        return rows.flatMap { row in
            wrap(row.value, to: width - indent - 4).enumerated().map { place, part in
                let label = place == 0 ? row.label : ""
                return "  \(label)\(String(repeating: " ", count: indent - label.count))  \(part)"
            }
        }
    }

    /// A text in lines of at most a width, as far as its words allow.
    static func wrap(_ text: String, to width: Int) -> [String] {
        var lines = [""]
        for word in text.split(separator: " ", omittingEmptySubsequences: false) {
            let last = lines[lines.count - 1]
            if last.isEmpty {
                lines[lines.count - 1] = String(word)
            } else if last.count + 1 + word.count <= width {
                lines[lines.count - 1] = "\(last) \(word)"
            } else {
                lines.append(String(word))
            }
        }
        return lines
    }

    private var networkLines: [String] {
        let kinds = agreementsByKind.map { "\($0.count) \($0.kind)" }.joined(separator: ", ")
        return Self.heading("Kontor demonstration, seed \(seed)").dropFirst()
            + Self.lines(of: [
                (
                    "partners",
                    "\(partners), \(es256Partners) of them sign with ES256, the others with Ed25519"
                ),
                ("programmes", "\(programs), with \(members.grouped) pairwise members"),
                ("agreements", "\(kinds), each signed by all its parties; one was superseded"),
                ("ledger time", "\(firstTime) to \(lastTime)"),
                ("log", "\(entries.grouped) entries"),
            ])
    }

    private var transferLines: [String] {
        let seconds = trafficSeconds.seconds
        let rate = Int(Double(tally.requested) / max(0.001, seconds))
        let reversals = tally.wholeReversals + tally.partialReversals
        var table = Table([("", .left), ("transfers", .right), ("", .left)])
        table.add(["accepted", tally.accepted.grouped, "\(tally.held.grouped) of them as holds"])
        table.add(["  committed", tally.committed.grouped, "their creditors delivered"])
        table.add(["  voided", tally.voided.grouped, "their creditors could not deliver"])
        table.add(["  expired", expired.grouped, "without an answer of their creditors"])
        table.add(["  waiting", waitingItems.grouped, ""])
        table.add([
            "reversed", reversals.grouped, "\(tally.partialReversals.grouped) of them in part",
        ])
        table.add(["refused", tally.refusedTransfers.grouped, "for the reasons below"])
        table.add([
            "known", tally.known.grouped, "sent twice, and told the same place in the log again",
        ])
        return Self.heading(
            "\(tally.requested.grouped) transfers in \(tally.singles.grouped) singles and "
                + "\(tally.batches.grouped) batches: \(seconds.tenths) s, "
                + "\(rate.grouped) a second, durable"
        ) + Self.lines(of: table).filter { !$0.hasPrefix("  --") }
    }

    private var refusalLines: [String] {
        var table = Table([("code", .left), ("transfers", .right), ("first reason", .left)])
        let codeWidth = tally.refused.map(\.code.count).max() ?? 4
        for refused in tally.refused {
            let parts = Self.wrap(refused.example, to: Self.width - codeWidth - 15)
            for (place, part) in parts.enumerated() {
                table.add(
                    place == 0 ? [refused.code, refused.transfers.grouped, part] : ["", "", part]
                )
            }
        }
        return Self.heading("Refused by reason") + Self.lines(of: table)
    }

    private var checkpointLines: [String] {
        let note = checkpoint.split(separator: "\n").map { "  \($0)" }
        return Self.heading("Checkpoint") + note + ["  state digest \(stateDigest.base64URL)"]
    }

    private var auditLines: [String] {
        guard let audit else { return [] }
        return Self.heading("Audit of it all") + Self.lines(of: audit.rows)
    }

    private func nextLines(_ directory: String) -> [String] {
        let example = example.map {
            [
                "  kontor quote --data \(directory) --terms \($0.terms.base64URL) "
                    + "--amount \($0.amount)"
            ]
        }
        return Self.heading("Try next")
            + [
                "  kontor positions --data \(directory) --limit 20",
                "  kontor settle status --data \(directory)",
                "  kontor transfers --data \(directory) --from \(entries - min(entries, 20))",
            ] + (example ?? []) + [
                "  kontor export --data \(directory) --tiles \(directory)-tiles",
                "  kontor audit --data \(directory) --vkey \"$(cat \(directory)/log.vkey)\"",
            ]
            + (proof.map { proof in
                [
                    "  kontor audit --settlement \(proof.bundle.path) --vkey \(directory)/log.vkey"
                ]
            } ?? [])
    }
}

extension Double {
    /// The number with one decimal.
    var tenths: String {
        let tenths = Int((self * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}
