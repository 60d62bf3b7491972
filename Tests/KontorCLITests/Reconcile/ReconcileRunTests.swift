import ArgumentParser
import Foundation
import Testing

@testable import KontorCLI

/// `kontor reconcile run`: what it tells, which bytes it leaves, and how it names bad input.
@Suite struct ReconcileRunTests {
    /// Changes a cell of a line: `id;day;points;owed;fee;ref;what;state`.
    private static func changing(
        _ line: String,
        _ cell: Int,
        _ change: (String) -> String
    ) -> String {
        var cells = line.split(separator: ";", omittingEmptySubsequences: false).map(String.init)
        cells[cell] = change(cells[cell])
        return cells.joined(separator: ";")
    }

    /// The bytes of all files below a directory, by name.
    private func files(below directory: String) throws -> [String: Data] {
        let names = try FileManager.default.subpathsOfDirectory(atPath: directory)
        var files: [String: Data] = [:]
        for name in names {
            if let data = FileManager.default.contents(atPath: "\(directory)/\(name)") {
                files[name] = data
            }
        }
        return files
    }

    @Test func trueBooksHaveNothingToExplain() throws {
        let world = try ReconcileWorld()
        let books = try world.write("harbour.csv", try world.lines())
        let (text, isClean) = try world.run(["--dry-run"], books: [books])
        #expect(isClean)
        #expect(text.contains("12 rows of the ledger, 12 of harbour, 12 matches"))
        #expect(text.contains("Nothing to explain: the books agree."))
        #expect(!text.contains("Files of the run"))
        let (last, _) = try world.run(["--dry-run", "--window", "network/last"], books: [books])
        #expect(last == text)
    }

    @Test func eachFaultIsToldWithItsCause() throws {
        let world = try ReconcileWorld()
        var lines = try world.lines()
        let transfer = 2_000 + 5 * 2
        #expect(lines[2].contains(";\(transfer * 2 / 5 + 100);"))
        lines[2] = Self.changing(lines[2], 2) { "\((Int($0) ?? 0) - 100)" }
        lines[3] = Self.changing(lines[3], 2) { _ in "\((2_500 + 15) / 2 + 100)" }
        lines[4] = Self.changing(lines[4], 4) { _ in "0,00" }
        lines[5] = Self.changing(lines[5], 2) { "-\($0)" }
        lines.append(lines[7])
        lines.remove(at: 0)
        let books = try world.write("harbour.csv", lines)
        let (text, isClean) = try world.run(["--out", world.directory + "/out"], books: [books])
        #expect(!isClean)
        for expected in [
            "bonus missing", "earlier rate used", "fee left out", "sign turned", "booked again",
            "Missing at the partner", "The difference is exactly the bonus of 100.",
            "The earlier rate 1 : 2 gives it; agreed is 2 : 5 since then.",
        ] {
            #expect(text.contains(expected), "\(expected)")
        }
        let written = try files(below: world.directory + "/out/network-1-harbour")
        #expect(
            written.keys.sorted() == [
                "breaks.csv", "breaks.json", "evidence.csv", "evidence.json", "history.json",
                "matched.csv", "matched.json", "metrics.csv", "metrics.json", "report.html",
                "unmatched.csv", "unmatched.json",
            ]
        )
        for (name, data) in written where name.hasSuffix(".json") && name != "history.json" {
            let object = try JSONSerialization.jsonObject(with: data) as? [String: Any]
            #expect(object?["format"] as? String == "kontor-reconciliation/1", "\(name)")
        }
        let breaks = try JSONSerialization.jsonObject(with: written["breaks.json"] ?? Data())
        let list = (breaks as? [String: Any])?["breaks"] as? [[String: Any]]
        let causes = list?.compactMap { $0["cause"] as? String }.sorted()
        #expect(
            causes == [
                "bonusMissing", "duplicatePosting", "feeOmitted", "oldRate", "sign", "unknown",
            ]
        )
    }

    @Test func sameInputsGiveTheSameBytes() throws {
        let world = try ReconcileWorld()
        var lines = try world.lines()
        lines[4] = Self.changing(lines[4], 2) { "\($0)0" }
        let first = try world.write("a.csv", Array(lines[..<6]))
        let second = try world.write("b.csv", Array(lines[6...]))
        var runs: [[String: Data]] = []
        for (name, books) in [("one", [first, second]), ("two", [second, first])] {
            let out = "\(world.directory)/\(name)"
            _ = try world.run(["--out", out], books: books)
            _ = try world.run(["--out", out], books: books)
            runs.append(try files(below: "\(out)/network-1-harbour"))
        }
        #expect(runs[0].count == 12)
        for (name, data) in runs[0] { #expect(runs[1][name] == data, "\(name)") }
    }

    @Test func dryRunWritesNothing() throws {
        let world = try ReconcileWorld()
        let books = try world.write("harbour.csv", try world.lines())
        _ = try world.mapping()
        let before = try files(below: world.directory).keys.sorted()
        _ = try world.run(["--dry-run"], books: [books])
        #expect(try files(below: world.directory).keys.sorted() == before)
    }

    @Test func rowsOfTheWindowAfterTheCutAreNamed() throws {
        let world = try ReconcileWorld()
        let books = try world.write("h.csv", try world.lines() + world.lines(window: 2).prefix(1))
        let (text, isClean) = try world.run(["--dry-run"], books: [books])
        #expect(!isClean)
        #expect(text.contains("Late, after the cut"))
        #expect(text.contains("cut-off"))
    }

    @Test func unreadableLinesAreNamedAndCountAsUnmatched() throws {
        let world = try ReconcileWorld()
        var lines = try world.lines()
        lines[1] = Self.changing(lines[1], 2) { _ in "12.5x" }
        let books = try world.write("harbour.csv", lines)
        let (text, isClean) = try world.run(["--dry-run"], books: [books])
        #expect(!isClean)
        #expect(text.contains("harbour.csv, line 3, column "))
        #expect(text.contains("11 matches"))
        #expect(text.contains("Missing at the partner"))
    }

    /// What a command throws for arguments and books.
    private func fault(_ body: () throws -> Void) -> String {
        do {
            try body()
            return ""
        } catch let error as CommandError {
            return error.message
        } catch {
            return "\(error)"
        }
    }

    @Test func aFileThatIsBrokenAsAWholeEndsTheRun() throws {
        let world = try ReconcileWorld()
        let lines = try world.lines()
        let quote = try world.write("quote.csv", lines.dropLast() + ["\"" + lines[0]])
        let other = try world.write("other.csv", text: "a;b\n1;2\n")
        let empty = try world.write("empty.csv", text: "")
        for (path, expected) in [
            (quote, ":13:1: quote"), (other, "column"), (empty, "there is nothing in it"),
            (world.directory + "/none.csv", "there is no such file"),
        ] {
            let message = fault { _ = try world.run(["--dry-run"], books: [path]) }
            #expect(message.hasPrefix(path + ": "), "\(message)")
            #expect(message.contains(expected), "\(message)")
        }
    }

    @Test func mappingsAreSignedByThePartner() throws {
        let world = try ReconcileWorld()
        let books = try world.write("harbour.csv", try world.lines())
        let plain = try world.write("plain.json", text: world.mappingText())
        let foreign = try world.mapping(signedBy: "nordwind")
        for (path, expected) in [(plain, "nobody signed"), (foreign, "registered key")] {
            let message = fault {
                _ = try world.run(["--dry-run", "--mapping", path], books: [books])
            }
            #expect(message.contains(expected), "\(message)")
        }
        let (text, _) = try world.run(
            ["--dry-run", "--unsigned", "--mapping", plain],
            books: [books]
        )
        #expect(text.contains("Nothing to explain"))
        let wrong = try world.write("wrong.json", text: world.mappingText(partner: "nordwind"))
        let message = fault {
            _ = try world.run(["--dry-run", "--unsigned", "--mapping", wrong], books: [books])
        }
        #expect(message.contains("it is for files of nordwind"))
    }

    @Test(
        arguments: [
            (["--out", "o", "--dry-run"], "either --out, or --dry-run"),
            (["--dry-run", "--window", "network"], "network/1"),
            (["--dry-run", "--window", "network/first"], "network/1"),
            (["--dry-run", "--pass", "P7"], "P1 to P6"),
            (["--dry-run", "--as-of", "11.6.2026"], "2026-06-11"),
            (["--out", "o", "--unsigned"], "--unsigned goes with --dry-run"),
            (["--dry-run", "--with", "harbour"], "another partner"),
        ]
    )
    func wrongUsageIsTold(arguments: [String], expected: String) throws {
        let shared = [
            "--data", "d", "--partner", "harbour", "--window", "network/1", "--mapping", "m",
            "--books", "b",
        ]
        do {
            _ = try ReconcileRunCommand.parse(shared + arguments)
            Issue.record("\(arguments) were taken")
        } catch {
            #expect(ReconcileRunCommand.fullMessage(for: error).contains(expected))
            #expect(ReconcileRunCommand.exitCode(for: error) == .validationFailure)
        }
    }

    @Test func filesThatWereReadBeforeAreNamed() throws {
        let world = try ReconcileWorld()
        let out = ["--out", world.directory + "/out"]
        let first = try world.write("june-11.csv", try world.lines())
        let again = try world.write("copy.csv", try world.lines())
        let (twice, isClean) = try world.run(["--dry-run"], books: [first, again])
        #expect(!isClean)
        #expect(twice.contains("the same bytes were read before, as copy.csv"))
        #expect(twice.contains("12 matches"))
        _ = try world.run(out, books: [first])
        let (repeated, isSame) = try world.run(out, books: [first])
        #expect(isSame && repeated.contains("Nothing to explain"))
        let (yesterday, _) = try world.run(out + ["--window", "network/2"], books: [first])
        #expect(yesterday.contains("the same bytes were read before, as june-11.csv"))
        let next = try world.write(
            "june-12.csv",
            try world.lines(window: 2) + world.lines().prefix(3)
        )
        let (overlap, _) = try world.run(out + ["--window", "network/2"], books: [next])
        #expect(overlap.contains("3 of its 5 rows were in june-11.csv"))
        let before = try files(below: world.directory + "/out/network-1-harbour")
        _ = try world.run(out, books: [first])
        #expect(try files(below: world.directory + "/out/network-1-harbour") == before)
    }

    @Test func windowsAndPartnersThatAreNotThereAreTold() throws {
        let world = try ReconcileWorld()
        let books = try world.write("harbour.csv", try world.lines())
        for (arguments, expected) in [
            (["--window", "network/9"], "window 9 of network is not there"),
            (["--window", "target/1"], "the ledger has no calendar target; it has network"),
            (["--partner", "nobody"], "the ledger has no partner nobody"),
        ] {
            let message = fault { _ = try world.run(["--dry-run"] + arguments, books: [books]) }
            #expect(message.contains(expected), "\(message)")
        }
    }
}
