internal import ArgumentParser
internal import Formats
internal import Signing

/// `kontor reconcile mapping preview`: what a mapping makes of the first lines of a file.
struct MappingPreviewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "preview",
        abstract: "Show how a mapping reads a file: each cell as it stands, and what it becomes.",
        discussion: """
            The mapping may be signed or plain; no signature is checked. Exit status 1 means that \
            lines cannot be read, or the file as a whole.

            Example: kontor reconcile mapping preview --mapping cafe.json sample.csv
            """
    )

    @Argument(help: "A file of the partner's books.") var file: String
    @Option(help: "The mapping.") var mapping: String
    @Option(help: "How many lines to show.") var lines = 20
    @Flag(help: "Print one JSON object.") var json = false

    func validate() throws {
        guard (1...1_000).contains(lines) else {
            throw ValidationError("--lines \(lines) is not from 1 to 1000")
        }
    }

    func run() throws {
        let (text, isWhole) = try output()
        Console.print(text)
        if !isWhole { throw ExitCode(1) }
    }

    /// What is printed, and whether every line could be read.
    func output() throws -> (text: String, isWhole: Bool) {
        let saved = try MappingFile(path: mapping)
        let mapping = saved.isPlain ? try saved.plain() : try saved.unverified()
        let sample = try MappingFile(path: file)
        let preview: BookPreview
        do {
            preview = try BookPreview(sample.bytes, mapping: mapping, name: file, limit: lines)
        } catch {
            throw CommandError("\(file): \(error.description)")
        }
        let isWhole = preview.unreadableCount == 0
        if json { return (String(decoding: Self.json(preview).text, as: UTF8.self), isWhole) }
        return (Self.text(preview), isWhole)
    }

    private static func text(_ preview: BookPreview) -> String {
        let lines = preview.lines.map { line -> String in
            var table = Table([("line \(line.line)", .left), ("as it stands", .left), ("", .left)])
            for cell in line.cells {
                table.add([cell.column.description, cell.raw, cell.parsed.joined(separator: ", ")])
            }
            let outcome = line.fault.map { "cannot be read: \($0)" }
            return ([table.text] + line.rows.map { "-> \($0)" } + (outcome.map { [$0] } ?? []))
                .joined(separator: "\n")
        }
        let count =
            "\(preview.lineCount.grouped) lines, \(preview.unreadableCount.grouped) cannot be read"
        return (lines + [count]).joined(separator: "\n\n")
    }

    private static func json(_ preview: BookPreview) -> JSONValue {
        [
            "lines": .integer(Int64(preview.lineCount)),
            "unreadable": .integer(Int64(preview.unreadableCount)),
            "shown": .array(
                preview.lines.map { line in
                    [
                        "line": .integer(Int64(line.line)),
                        "cells": .array(
                            line.cells.map { cell in
                                [
                                    "column": .string(cell.column.description),
                                    "raw": .string(cell.raw),
                                    "parsed": .array(cell.parsed.map { .string($0) }),
                                ]
                            }
                        ),
                        "rows": .array(line.rows.map { .string($0) }),
                        "fault": line.fault.map { .string($0) } ?? .null,
                    ]
                }
            ),
        ]
    }
}
