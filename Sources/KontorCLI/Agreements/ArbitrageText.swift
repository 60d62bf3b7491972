internal import Ledger
internal import Money
internal import Settlement
internal import Signing

/// The arbitrage check for people: alarms first, the worst of each table first.
struct ArbitrageText {
    /// Rows of a table at most.
    let limit: Int

    /// A report at one moment.
    func lines(_ report: ArbitrageReport, at moment: Timestamp) -> [String] {
        var lines = [
            "\(report.edgeCount.grouped) edges among \(report.nodes.count.grouped) programmes and "
                + "currencies at \(moment)"
        ]
        lines += cycles(report.cycles)
        lines += incomplete(report.isComplete, report.undecided)
        if !report.valueless.isEmpty {
            lines += ["", "allow no amount at all: \(report.valueless.joined(separator: ", "))"]
        }
        lines += detours("bypassed: a way round pays more", report.detours)
        lines += roundTrips(report.roundTrips)
        return lines
    }

    /// A timeline.
    func lines(_ timeline: ArbitrageTimeline) -> [String] {
        var lines = ["\(timeline.intervals.grouped) intervals with different edges"]
        for (verdict, title) in Self.titles {
            let spans = timeline.spans.filter { $0.cycle.verdict == verdict }
            lines += ["", "\(title): \(spans.count)"]
            for span in spans.prefix(limit) {
                let end = span.to.map { "to \($0)" } ?? "and still"
                lines += cycle(span.cycle) + ["      from \(span.from) \(end)"]
            }
            lines += more(spans.count)
        }
        return lines + incomplete(timeline.isComplete, timeline.undecided)
    }

    /// A proposal.
    func lines(
        _ proposal: TermProposal,
        at moment: Timestamp,
        _ drain: ProjectedDrain?,
        _ policy: ArbitragePolicy,
        _ third: [String]
    ) -> [String] {
        var lines = ["the proposal at \(moment)"]
        lines += cycles(proposal.cycles)
        lines += incomplete(proposal.isComplete, proposal.undecided)
        lines += detours("it bypasses", proposal.dominates)
        lines += detours("it is bypassed", proposal.dominatedBy)
        lines += roundTrips(proposal.roundTrips)
        if let drain { lines += self.drain(drain) }
        let isAlarm = !proposal.alarms.isEmpty || !proposal.undecided.isEmpty
        switch policy {
        case _ where !isAlarm: lines += ["", "verdict  no alarm"]
        case .block: lines += ["", "verdict  blocked: this network refuses cycles that gain"]
        case .warn: lines += ["", "verdict  warning: the proposal makes a cycle that gains"]
        case .countersign:
            let names = third.isEmpty ? "nobody else" : third.joined(separator: ", ")
            lines += ["", "verdict  to be countersigned by \(names)"]
        }
        return lines
    }

    private static let titles: [(FoundCycle.Verdict, String)] = [
        (.gain, "ALARM, cycles that gain again and again"),
        (.onceGain, "ALARM, cycles that gain once for each member"),
        (.even, "cycles of exactly 1"), (.loss, "cycles that lose"),
    ]

    private func cycles(_ cycles: [FoundCycle]) -> [String] {
        var lines: [String] = []
        for (verdict, title) in Self.titles {
            let list = cycles.filter { $0.verdict == verdict }
            lines += ["", "\(title): \(list.count)"]
            lines += list.prefix(limit).flatMap(cycle) + more(list.count)
        }
        return lines
    }

    /// `nectar/points → british-airways/avios → nectar/points  3/2  at most 800 units per member`.
    private func cycle(_ cycle: FoundCycle) -> [String] {
        let way = (cycle.nodes + cycle.nodes.prefix(1)).joined(separator: " → ")
        var line = "  \(way)  \(Self.text(cycle.decisiveProduct))"
        if cycle.isBound { line = "  \(way)  at most \(Self.text(cycle.decisiveProduct))" }
        if let units = cycle.onceGainAtMost {
            line += "  at most \(units.grouped) units per member"
        }
        var lines = [line, "      by \(cycle.agreements.joined(separator: ", "))"]
        guard cycle.isAlarm else { return lines }
        for bound in cycle.caps {
            let unit = bound.cap.unit == .source ? "debited" : "credited"
            let gain = bound.gainAtMost.map { ": at most \($0.grouped) units gained" } ?? ""
            lines.append(
                "      \(bound.agreement): \(bound.cap.amount.grouped) units \(unit) per "
                    + "\(bound.cap.period) and \(bound.cap.subject)\(gain)"
            )
        }
        if let lap = cycle.lap {
            let which = lap.isSmallest ? "smallest lap that gains" : "a lap that gains"
            lines.append("      \(which): \(lap.spent.grouped) become \(lap.returned.grouped)")
        } else {
            lines.append("      no amount was found whose lap gains a whole unit")
        }
        return lines + cycle.remarks.map { "      \($0)" }
    }

    private func detours(_ title: String, _ detours: [Detour]) -> [String] {
        guard !detours.isEmpty else { return ["", "\(title): none"] }
        var table = Table([
            ("from", .left), ("to", .left), ("agreement", .left), ("direct", .right),
            ("via", .left), ("detour", .right), ("factor", .right),
        ])
        for detour in detours.prefix(limit) {
            table.add([
                detour.from, detour.to, Self.short(detour.agreement), Self.text(detour.direct),
                detour.via.joined(separator: ", "), Self.text(detour.ratio),
                "×\(detour.factor.decimal(places: 3))",
            ])
        }
        return ["", "\(title): \(detours.count)", table.text] + more(detours.count)
    }

    private func roundTrips(_ trips: [RoundTrip]) -> [String] {
        guard !trips.isEmpty else { return ["", "there and back: no pair has both ways"] }
        var table = Table([
            ("from", .left), ("to and back", .left), ("kept", .right), ("lost", .right),
        ])
        for trip in trips.prefix(limit) {
            let percent = (trip.loss * ExactRatio(100, 1)).decimal(places: 1)
            table.add([trip.from, trip.to, Self.text(trip.kept), "\(percent) %"])
        }
        return ["", "there and back: \(trips.count) pairs", table.text] + more(trips.count)
    }

    private func drain(_ drain: ProjectedDrain) -> [String] {
        guard !drain.lines.isEmpty else { return ["", "past flows: none would change"] }
        var table = Table([
            ("agreement", .left), ("would go by", .left), ("debit", .right), ("was", .right),
            ("would be", .right), ("more", .right), ("worth", .right),
        ])
        for line in drain.lines.prefix(limit) {
            let worth = line.worth.flatMap { worth in
                line.currency.map { "\($0.format(minorUnits: worth)) \($0)" }
            }
            table.add([
                Self.short(line.flow.agreement),
                line.route.map(Self.short).joined(separator: ", "), line.flow.debit.grouped,
                line.flow.credit.grouped, line.credit.grouped, line.extra.grouped, worth ?? "-",
            ])
        }
        return ["", "past flows that would change: \(drain.lines.count)", table.text]
            + more(drain.lines.count)
    }

    private func incomplete(_ isComplete: Bool, _ undecided: [String]) -> [String] {
        var lines: [String] = []
        if !isComplete {
            lines += ["", "Not every short cycle is listed: there are too many."]
        }
        for name in undecided {
            lines += ["", "ALARM, not decided: cycles round \(name) are too near to 1"]
        }
        return lines
    }

    private func more(_ count: Int) -> [String] {
        count > limit ? ["  and \((count - limit).grouped) more; raise --limit"] : []
    }

    /// The fraction, or decimals where it is too long to read.
    private static func text(_ ratio: ExactRatio) -> String {
        let exact = ratio.description
        return exact.count <= 15 ? exact : "\(ratio.decimal(places: 6))…"
    }

    private static func short(_ id: String) -> String {
        id.count > 12 ? "\(id.prefix(10))…" : id
    }
}
