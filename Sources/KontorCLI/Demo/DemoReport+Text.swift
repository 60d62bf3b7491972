import Ledger
import Money
import Settlement
import Signing

/// The report for people, at most 100 columns wide.
extension DemoReport {
    /// All of it, ending with what to try next.
    func text(directory: String) -> String {
        var lines = networkLines + transferLines + refusalLines + flowLines + positionLines + netLines
        lines += checkpointLines
        if let audit { lines += heading("Audit of it all") + audit.lines }
        return (lines + nextLines(directory)).joined(separator: "\n")
    }

    private func heading(_ title: String) -> [String] {
        ["", title, String(repeating: "─", count: 98)]
    }

    private var networkLines: [String] {
        let kinds = agreementsByKind.map { "\($0.count) \($0.kind)" }.joined(separator: ", ")
        return [
            "Kontor demonstration, seed \(seed)", String(repeating: "═", count: 98),
            "  \(partners) partners (\(es256Partners) sign with ES256, the others with Ed25519), two operators",
            "  \(programs) programmes, \(members.grouped) pairwise members",
            "  \(versions) agreement versions signed by all their parties: \(kinds), 1 supersession",
            "  ledger time \(firstTime) to \(lastTime)",
        ]
    }

    private var transferLines: [String] {
        let seconds = trafficSeconds.seconds
        let rate = Int(Double(tally.requested) / max(0.001, seconds))
        var table = DemoTable([("", .left), ("transfers", .right), ("", .left)])
        table.add("accepted", tally.accepted.grouped, "in \(tally.singles.grouped) singles and "
            + "\(tally.batches.grouped) batches, with the refused ones")
        table.add("refused", tally.refusedTransfers.grouped, "on purpose and by limits, see below")
        table.add("committed", tally.committed.grouped, "of holds, by their creditors")
        table.add("voided", tally.voided.grouped, "of holds, by their creditors")
        table.add("waiting", waitingItems.grouped, "holds that are neither committed nor over")
        table.add("reversed", (tally.wholeReversals + tally.partialReversals).grouped,
            "\(tally.partialReversals.grouped) of them in part")
        table.add("known", tally.known.grouped, "repetitions, answered with the same place in the log")
        return heading("Transfers: \(tally.requested.grouped) in \(format(seconds)) s, \(rate.grouped) a second")
            + table.lines
    }

    private var refusalLines: [String] {
        var table = DemoTable([("code", .left), ("transfers", .right), ("first reason", .left)])
        for refused in tally.refused {
            table.add(refused.code.cut(to: 30), refused.transfers.grouped, refused.example)
        }
        return heading("Refused by reason") + table.lines.map { $0.cut(to: 98) }
    }

    private var flowLines: [String] {
        var table = DemoTable([
            ("from", .left), ("to", .left), ("debited", .right), ("credited", .right), ("value", .right), ("", .left),
        ])
        for flow in flows.prefix(10) {
            table.add(
                flow.from.cut(to: 22), flow.to.cut(to: 22), flow.debit.grouped, flow.credit.grouped,
                flow.currency.format(minorUnits: flow.value), flow.currency.code
            )
        }
        return heading("Largest flows, by units debited") + table.lines
    }

    private var positionLines: [String] {
        var table = DemoTable([
            ("debtor", .left), ("creditor", .left), ("owes", .right), ("held", .right), ("", .left),
        ])
        for line in largestPositions(perCurrency: 3) {
            table.add(
                line.debtor.cut(to: 26), line.creditor.cut(to: 26), line.currency.format(minorUnits: line.posted),
                line.currency.format(minorUnits: line.held), line.currency.code
            )
        }
        return heading("Who owes whom: the largest of \(positions.count.grouped) positions, by currency")
            + table.lines
    }

    private var netLines: [String] {
        var table = DemoTable([
            ("", .left), ("gross", .right), ("bilateral", .right), ("multilateral", .right), ("saved", .right),
        ])
        var parties = DemoTable([
            ("", .left), ("pays most", .left), ("", .right), ("receives most", .left), ("", .right),
        ])
        for net in nets {
            let ratio = net.nettingRatioPermille
            table.add(
                net.currency.code, net.currency.format(minorUnits: net.gross),
                net.currency.format(minorUnits: net.bilateral), net.currency.format(minorUnits: net.multilateral),
                "\(ratio / 10).\(ratio % 10) %"
            )
            let sorted = net.participants.sorted { ($0.net, $0.name) < ($1.net, $1.name) }
            guard let debtor = sorted.first, let creditor = sorted.last else { continue }
            parties.add(
                net.currency.code, debtor.name.cut(to: 26), net.currency.format(minorUnits: -debtor.net),
                creditor.name.cut(to: 26), net.currency.format(minorUnits: creditor.net)
            )
        }
        return heading("What netting would leave to pay") + table.lines + [""] + parties.lines
    }

    private var checkpointLines: [String] {
        heading("Checkpoint") + checkpoint.split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)" }
            .reversed().drop { $0 == "  " }.reversed()
            + ["", "  state digest  \(stateDigest.base64URL)"]
    }

    private func nextLines(_ directory: String) -> [String] {
        var lines = heading("Try next")
        let hash = flows.first.map { "--from \($0.from) --to \($0.to)" } ?? ""
        lines += [
            "  kontor positions --data \(directory)",
            "  kontor transfers --data \(directory)",
            "  kontor quote --data \(directory) \(hash) 10000",
            "  kontor export --data \(directory) --tiles \(directory)-tiles",
            "  kontor audit --data \(directory)",
        ]
        return lines
    }

    /// Seconds with one decimal.
    private func format(_ seconds: Double) -> String {
        let tenths = Int((seconds * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}
