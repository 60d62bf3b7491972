import Foundation
import KontorEngine
import Ledger
import Money
import Signing
import Testing

@testable import KontorServer

/// The exposition format, and what is told in it.
@Suite struct PrometheusTextTests {
    private static func family(
        _ labels: [(String, String)],
        _ help: String = "Help."
    ) -> MetricFamily {
        var family = MetricFamily("x", .gauge, help)
        family.add(1, labels.map { .init($0.0, $0.1) })
        return family
    }

    private static var histogram: MetricFamily {
        var histogram = Histogram(bounds: [0.5, 1, 2])
        for value in [0.25, 0.5, 1.5, 9] { histogram.note(value) }
        var family = MetricFamily("h", .histogram, "Sizes.")
        family.add(histogram)
        return family
    }

    private static func number(_ value: Double) -> MetricFamily {
        var family = MetricFamily("n", .gauge, "Help.")
        family.add(number: value)
        return family
    }

    /// Families with their text.
    static var table: [(MetricFamily, String)] {
        [
            (
                MetricFamily("a_total", .counter, "Help.", 3),
                "# HELP a_total Help.\n# TYPE a_total counter\na_total 3\n"
            ),
            (MetricFamily("empty", .counter, "Help."), ""),
            (family([]), "# HELP x Help.\n# TYPE x gauge\nx 1\n"),
            (
                family([("b", "1"), ("a", "2")]),
                "# HELP x Help.\n# TYPE x gauge\nx{b=\"1\",a=\"2\"} 1\n"
            ),
            (
                family([("l", "a\"b\\c\nd")]),
                "# HELP x Help.\n# TYPE x gauge\nx{l=\"a\\\"b\\\\c\\nd\"} 1\n"
            ),
            (
                family([], "a\\b\nc \"d\""),
                "# HELP x a\\\\b\\nc \"d\"\n# TYPE x gauge\nx 1\n"
            ),
            (
                histogram,
                """
                # HELP h Sizes.
                # TYPE h histogram
                h_bucket{le="0.5"} 2
                h_bucket{le="1"} 2
                h_bucket{le="2"} 3
                h_bucket{le="+Inf"} 4
                h_sum 11.25
                h_count 4

                """
            ),
            (number(0.125), "# HELP n Help.\n# TYPE n gauge\nn 0.125\n"),
            (number(-2), "# HELP n Help.\n# TYPE n gauge\nn -2\n"),
            (number(.infinity), "# HELP n Help.\n# TYPE n gauge\nn +Inf\n"),
        ]
    }

    @Test func rendering() {
        for (family, text) in Self.table { #expect(PrometheusText.render([family]) == text) }
        let all = Self.table.map(\.0)
        #expect(PrometheusText.render(all) == Self.table.map(\.1).joined())
    }

    @Test func aReportIsTheSameWhateverTheOrderOfCounting() throws {
        let metrics = (ServerMetrics(), ServerMetrics())
        let requests = [("/v1/entries", 201), ("/checkpoint", 200), ("/v1/entries", 409)]
        for (route, status) in requests {
            metrics.0.request(route: route, method: "GET", status: status)
        }
        for (route, status) in requests.reversed() {
            metrics.1.request(route: route, method: "GET", status: status)
        }
        metrics.0.answers(accepted: 2, known: 1, refused: ["WrongCredit", "IdReused"])
        metrics.1.answers(accepted: 2, known: 1, refused: ["IdReused", "WrongCredit"])
        let texts = [metrics.0, metrics.1].map {
            PrometheusText.render(
                MetricsReport.families(
                    $0.snapshot,
                    EngineFigures(),
                    ProcessFigures(),
                    at: Timestamp(milliseconds: 0)
                )
            )
        }
        #expect(texts[0] == texts[1])
        #expect(texts[0].contains("kontor_submissions_refused_total{code=\"IdReused\"} 1\n"))
        #expect(texts[0].contains("kontor_submissions_accepted_total 2\n"))
    }

    @Test func figuresOfTheEngine() {
        var figures = EngineFigures()
        figures.queueLength = 4
        figures.fsyncs = 9
        figures.treeSize = 17
        figures.lastTime = Timestamp(milliseconds: 1_000)
        figures.commitSeconds = Histogram(bounds: [1])
        let text = PrometheusText.render(
            MetricsReport.families(
                ServerMetrics().snapshot,
                figures,
                ProcessFigures(residentBytes: 4_096, openDescriptors: 12),
                at: Timestamp(milliseconds: 3_500)
            )
        )
        for line in [
            "kontor_queue_length 4", "kontor_fsyncs_total 9", "kontor_tree_size 17",
            "kontor_last_checkpoint_age_seconds 2.5", "kontor_commit_seconds_count 0",
            "process_resident_memory_bytes 4096", "process_open_fds 12",
        ] {
            #expect(text.contains("\n\(line)\n"), "\(line)")
        }
        #expect(!text.contains("kontor_commit_entries_"))
    }

    @Test func memoryOfTheProcess() {
        let status = "Name:\tkontor\nVmHWM:\t 9 kB\nVmRSS:\t   5120 kB\nThreads:\t3\n"
        #expect(ProcessFigures.residentBytes(in: status) == 5_242_880)
        #expect(ProcessFigures.residentBytes(in: "Name:\tkontor\n") == nil)
        #expect(ProcessFigures.residentBytes(in: "VmRSS:\tmuch kB\n") == nil)
    }

    /// The table of docs/operations.md has a row for every metric.
    @Test func everyMetricIsDocumented() throws {
        let path = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "docs/operations.md")
        let text = try String(contentsOf: path, encoding: .utf8)
        let metrics = ServerMetrics()
        metrics.tilesPublished(size: 1)
        let families = MetricsReport.families(
            metrics.snapshot,
            EngineFigures(),
            ProcessFigures(residentBytes: 1, openDescriptors: 1),
            at: Timestamp(milliseconds: 0)
        )
        for family in families { #expect(text.contains("| `\(family.name)` |"), "\(family.name)") }
    }
}
