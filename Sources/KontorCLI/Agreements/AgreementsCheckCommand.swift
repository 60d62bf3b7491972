internal import ArgumentParser
internal import Foundation
internal import Ledger
internal import Settlement
internal import Signing

/// `kontor agreements check`: the arbitrage guard (spec/23).
struct AgreementsCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Find cycles of agreements that gain, agreements that are bypassed, and losses.",
        discussion: """
            Checks the agreements of a ledger (--data) or of files (--terms-file, repeatable) at one moment or at every \
            interval in which they are the same. All products are exact. With --propose, the first terms of another \
            file are judged before anybody signs them: cycles that they make, agreements that they bypass or that \
            bypass them, round trips, and with --flows what past flows would cost.

            --flows is a file of lines {"agreement": ID, "from": P, "to": P, "debit": N, "credit": N}, the sums of 28 \
            days. --values is a file of lines {"program": P, "currency": C, "value": {"numerator": N, "denominator": D}}, \
            minor units per unit; a JSON array of them will do.

            Policy block exits with 1 on an alarm; warn and countersign only say so.

            Example: kontor agreements check --terms-file agreements.ndjson --all-intervals
            Example: kontor agreements check --data ledger --propose terms.json --policy block
            """
    )

    @Option(help: "The ledger's data directory.") var data: String?
    @Option(name: .customLong("terms-file"), help: "Terms in a file; repeat for more.")
    var termsFile: [String] = []
    @Option(help: "The moment; now for a ledger, the last start for a file.") var at: String?
    @Flag(name: .customLong("all-intervals"), help: "Check every interval of validity.")
    var allIntervals = false
    @Option(help: "Terms to judge before they are signed.") var propose: String?
    @Option(help: "What moved in 28 days, for --propose.") var flows: String?
    @Option(help: "What units are worth, for fees, fixings and --flows.") var values: String?
    @Option(
        help: "What an alarm means: block, warn or countersign.",
        transform: Self.readPolicy
    )
    var policy = ArbitragePolicy.warn
    @Option(help: "Rows of each table at most.") var limit = 20
    @Flag(help: "Print one JSON object.") var json = false

    func validate() throws {
        guard (data == nil) == !termsFile.isEmpty else {
            throw ValidationError("name one of --data and --terms-file")
        }
        guard at == nil || !allIntervals else {
            throw ValidationError("name one of --at and --all-intervals")
        }
        guard propose == nil || !allIntervals else {
            throw ValidationError("a proposal is judged at one moment; name it by --at")
        }
        guard flows == nil || propose != nil else {
            throw ValidationError("--flows goes with --propose")
        }
        guard limit > 0 else { throw ValidationError("--limit is at least 1") }
    }

    func run() async throws {
        let worths = try values.map { try ArbitrageInputs.worths(path: $0) } ?? [:]
        let set =
            try data.map { try AgreementSet(data: $0) }
            ?? AgreementSet(files: termsFile, worths: worths)
        if let propose {
            try judge(propose, set, worths)
        } else if allIntervals {
            try show(ArbitrageTimeline(set))
        } else {
            let moment = try moment(set)
            try show(ArbitrageReport(set.edges(at: moment)), at: moment)
        }
    }

    private static func readPolicy(_ text: String) throws -> ArbitragePolicy {
        guard let policy = ArbitragePolicy(rawValue: text) else {
            throw ValidationError("--policy is block, warn or countersign")
        }
        return policy
    }

    private func moment(_ set: AgreementSet) throws -> Timestamp {
        guard let at else {
            guard let moment = set.now ?? set.lastStart else {
                throw CommandError("there are no agreements to check")
            }
            return moment
        }
        guard let moment = Timestamp(at) else {
            throw ValidationError("--at is a time as 2026-11-22T10:15:30.123Z")
        }
        return moment
    }

    private func show(_ report: ArbitrageReport, at moment: Timestamp) throws {
        let text = ArbitrageText(limit: limit)
        Console.print(
            json
                ? String(decoding: report.json(at: moment).text, as: UTF8.self)
                : text.lines(report, at: moment).joined(separator: "\n")
        )
        try decide(alarms: report.alarms.count, undecided: report.undecided.count)
    }

    private func show(_ timeline: ArbitrageTimeline) throws {
        let text = ArbitrageText(limit: limit)
        Console.print(
            json
                ? String(decoding: timeline.json.text, as: UTF8.self)
                : text.lines(timeline).joined(separator: "\n")
        )
        try decide(alarms: timeline.alarms.count, undecided: timeline.undecided.count)
    }

    private func judge(
        _ path: String,
        _ set: AgreementSet,
        _ worths: [String: UnitWorth]
    ) throws {
        let file = try TermsFile(path: path)
        guard let line = file.lines.first, file.lines.count == 1 else {
            throw CommandError(
                "\(path): a proposal is one set of terms, this has \(file.lines.count)"
            )
        }
        let moment =
            try at == nil ? max(set.now ?? line.terms.start, line.terms.start) : moment(set)
        let proposed = line.terms.edges(id: "proposal", at: moment, end: nil, market: set.market)
        guard !proposed.isEmpty else {
            throw CommandError("\(path): the terms do not hold at \(moment); name another --at")
        }
        let replaced = [line.supersedes.map { "row \($0)" }, line.supersedesHash].compactMap { $0 }
        for id in replaced where !set.versions.contains(where: { $0.id == id }) {
            throw CommandError("\(path): it supersedes \(id), which is not among the agreements")
        }
        let proposal = TermProposal(set.edges(at: moment), proposed: proposed, replaced: replaced)
        let drain = try flows.map { path in
            ProjectedDrain(
                try ArbitrageInputs.flows(path: path),
                proposal: proposal,
                proposed: proposed,
                replaced: replaced
            ) { worths[$0] ?? set.market.worth(of: $0) }
        }
        let text = ArbitrageText(limit: limit)
        let third = proposal.thirdParties(besides: [line.terms.debtorName, line.terms.creditorName])
        Console.print(
            json
                ? String(
                    decoding: proposal.json(at: moment, drain, policy, third).text,
                    as: UTF8.self
                )
                : text.lines(proposal, at: moment, drain, policy, third).joined(separator: "\n")
        )
        try decide(alarms: proposal.alarms.count, undecided: proposal.undecided.count)
    }

    private func decide(alarms: Int, undecided: Int) throws {
        if policy.forbids(alarms: alarms, undecided: undecided) { throw ExitCode(1) }
    }
}

extension TermProposal {
    /// The partners on the way of an alarm that are no party to the proposal, in order.
    func thirdParties(besides parties: [String]) -> [String] {
        let partners = alarms.flatMap(\.nodes).filter { $0.contains("/") }.map {
            String($0.prefix { $0 != "/" })
        }
        return Set(partners).subtracting(parties).sorted()
    }
}
