internal import Formats
internal import Ledger
internal import Money
internal import Settlement
internal import Signing

/// Rates between programmes, fixed each night.
extension DemoReport {
    /// An agreement whose ratio or price is a fixing, at the first night and at the last.
    struct FixedRateLine: Sendable {
        let agreement: Digest
        let from: String
        let to: String
        let currency: Currency?
        let items: Int64
        let first: FixedRates?
        let last: FixedRates?
        /// Whether it moved by more than its band, so that both sides had to accept it.
        let isAccepted: Bool
    }

    static func fixedRates(
        _ fixings: [DemoFixing],
        _ agreements: [DemoAgreement],
        _ lines: [AgreementLine]
    ) -> [FixedRateLine] {
        agreements.filter { $0.weightWhenFixed != nil }.map { agreement in
            FixedRateLine(
                agreement: agreement.hash,
                from: agreement.debtor,
                to: agreement.creditor,
                currency: agreement.currency,
                items: lines.first { $0.version.hash == agreement.hash }?.items ?? 0,
                first: fixings.first?.rates[agreement.hash],
                last: fixings.last?.rates[agreement.hash],
                isAccepted: fixings.contains { $0.accepted.contains(agreement.hash) }
            )
        }
    }

    /// A table of what moved between the nights, and where all cross rates stand.
    func fixingLines(_ directory: String) -> [String] {
        guard !fixedRates.isEmpty else { return [] }
        var table = Table([
            ("from", .left), ("to", .left), ("sent", .right), ("ratio 1", .right),
            ("ratio 2", .right), ("price 1", .right), ("price 2", .right), ("in", .left),
            ("", .left),
        ])
        for line in fixedRates {
            let (first, last) = (line.first, line.last)
            table.add([
                Self.shortened(line.from), Self.shortened(line.to), line.items.grouped,
                first?.ratio.map(Self.digits) ?? "fixed", last?.ratio.map(Self.digits) ?? "fixed",
                first?.price.map(Self.digits) ?? "", last?.price.map(Self.digits) ?? "",
                line.currency?.code ?? "", line.isAccepted ? "*" : "",
            ])
        }
        let counts = valueCounts.map { "\($0.programs) by rule \($0.rule.rawValue)" }
        let pairs = valueCounts.reduce(0) { $0 + $1.programs * ($1.programs - 1) }
        var lines =
            Self.heading("Rates between programmes, fixed each night from what they publish")
            + Self.lines(of: table)
        lines += [
            "", "  After the first night and the second; prices are minor units for one unit.",
        ]
        if fixedRates.contains(where: \.isAccepted) {
            lines.append(
                "  * It moved by more than its band, so both sides had to sign it before it held."
            )
        }
        lines += [
            "  Values of programmes: " + counts.joined(separator: ", ") + ";",
            "  \(pairs.grouped) cross rates a night, bound to the log by fixing.txt beside them:",
            "  \(directory)/nights/\(DemoNights.calendar)/\(DemoNights.cutoffDays.count)",
        ]
        return lines
    }

    private static func shortened(_ name: String) -> String {
        name.count > 18 ? name.prefix(17) + "…" : name
    }

    private static func digits(_ rate: Rate) -> String {
        CrossRateTable.sixDigits(Quotient(rate)) ?? "\(Quotient(rate))"
    }
}
