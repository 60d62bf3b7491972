import Foundation
import Settlement
import Signing
import Testing

@testable import Ledger

/// The arbitrage check over the real terms of fixtures/terms.
@Suite struct ArbitrageFixtureTests {
    private struct Row {
        let number: Int64
        let kind: String
        let terms: Terms
        let supersedes: Int64?
    }

    private static let rows: [Row] = {
        let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "fixtures/terms/agreements.ndjson").path
        guard let data = FileManager.default.contents(atPath: path) else { return [] }
        return data.split(separator: 0x0a).compactMap { line in
            guard let value = try? JSONValue(parsing: Array(line)),
                case .integer(let number)? = value["row"],
                case .string(let kind)? = value["rowKind"],
                let body = value["agreement"]?["terms"], let terms = try? Terms(body)
            else { return nil }
            var supersedes: Int64?
            if case .integer(let row)? = value["supersedesRow"] { supersedes = row }
            return Row(number: number, kind: kind, terms: terms, supersedes: supersedes)
        }
    }()

    private func edges(at text: String, kinds: Set<String>? = nil) throws -> [EdgeTerms] {
        let moment = try #require(Timestamp(text))
        #expect(Self.rows.count == 259)
        return Self.rows.flatMap { row -> [EdgeTerms] in
            guard kinds?.contains(row.kind) ?? true else { return [] }
            let end = Self.rows.first { $0.supersedes == row.number }?.terms.validFrom
            return row.terms.edges(
                id: "row \(row.number)",
                at: moment,
                end: end,
                market: EdgeMarket()
            )
        }
    }

    /// An edge that the rows do not have.
    private func more(_ from: String, _ to: String) throws -> EdgeTerms {
        try #require(
            EdgeTerms(
                id: "\(from) to \(to)",
                from: from,
                to: to,
                conversion: .ratio(numerator: 1, denominator: 1)
            )
        )
    }

    @Test func baseTermsGainNothing() throws {
        let base = try edges(at: "2026-06-01T00:00:00.000Z", kinds: ["base"])
        let report = ArbitrageReport(base)
        #expect(report.alarms.isEmpty && report.isComplete && report.undecided.isEmpty)
        #expect(report.cycles.filter { $0.verdict == .even }.count == 3)
        let losses = report.cycles.filter { $0.verdict == .loss }.map(\.product.description)
        #expect(losses == ["5/8", "400/961", "1/9", "1/9", "1/12"])
        #expect(report.roundTrips.first?.kept.description == "1/12")
    }

    /// With pairs that were published and are not among the rows: four cycles of 1, 2/9, and the
    /// agreements that Finnair and Velocity bypass.
    @Test func published() throws {
        var base = try edges(at: "2026-06-01T00:00:00.000Z", kinds: ["base"])
        base += [
            try more("british-airways/avios", "aer-lingus/avios"),
            try more("accor/points", "finnair/avios"), try more("accor/points", "velocity/points"),
        ]
        let report = ArbitrageReport(base)
        #expect(report.alarms.isEmpty)
        #expect(report.cycles.filter { $0.verdict == .even }.count == 4)
        let losses = report.cycles.filter { $0.verdict == .loss }.map(\.product.description)
        #expect(losses == ["5/8", "400/961", "2/9", "1/9", "1/9", "1/12"])
        let found = report.detours.map { "\($0.from) \($0.to) \($0.factor)" }
        for line in [
            "accor/points british-airways/avios 2", "accor/points qatar-airways/avios 2",
            "accor/points krisflyer/miles 40/31", "amex-de/points qatar-airways/avios 6/5",
        ] {
            #expect(found.contains(line))
        }
    }

    /// The launch promotion of 2021: 500 Avios once for 1,600 Nectar points.
    @Test func nectarLaunch() throws {
        let report = ArbitrageReport(try edges(at: "2021-02-01T00:00:00.000Z"))
        let alarm = try #require(report.alarms.first)
        #expect(report.alarms.count == 1)
        #expect(alarm.verdict == .onceGain)
        #expect(alarm.nodes == ["nectar/points", "british-airways/avios"])
        #expect(alarm.agreements == ["row 221", "row 222"])
        #expect(alarm.product == .one)
        #expect(alarm.onceProduct.description == "3/2")
        #expect(alarm.onceGainAtMost == 800)
        #expect(alarm.lap?.spent == 1_600 && alarm.lap?.returned == 2_400)
        let after = ArbitrageReport(try edges(at: "2021-02-15T00:00:00.000Z"))
        #expect(after.alarms.isEmpty)
        #expect(after.cycles.contains { $0.agreements == ["row 222", "row 220"] })
    }

    /// Best averages of terms that people know.
    @Test func values() throws {
        let edges = try edges(at: "2026-04-19T12:00:00.000Z")
        for (row, ratio) in [
            (146, "5/12"), (207, "4/5"), (191, "1/6"), (115, "13/10"), (293, "1/50"), (288, "1/50"),
            (35, "1"),
        ] as [(Int, String)] {
            let values = edges.filter { $0.id == "row \(row)" }
                .compactMap { EdgeValue(of: $0, withOnce: false)?.ratio }
            #expect(values.max()?.description == ratio, "row \(row)")
        }
    }

    @Test func channelsEndOnTheirOwnDays() throws {
        let row = try #require(Self.rows.first { $0.number == 226 })
        let between = try #require(Timestamp("2023-07-01T00:00:00.000Z"))
        let edges = row.terms.edges(id: "x", at: between, end: nil, market: EdgeMarket())
        #expect(edges.map(\.remarks) == [["only by automatic"]])
        let late = try #require(Timestamp("2023-07-21T00:00:00.000Z"))
        #expect(row.terms.edges(id: "x", at: late, end: nil, market: EdgeMarket()).isEmpty)
    }
}
