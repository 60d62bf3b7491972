internal import ArgumentParser
internal import Foundation
internal import Formats
internal import KontorAudit
internal import Signing
internal import VerifiableLog

/// A partner's statement and the files beside it, verified alone (spec/25 §3).
struct StatementOptions: ParsableArguments {
    @Option(help: "A statement, verified alone.") var statement: String?
    @Option(
        name: .customLong("calculate-entry"),
        help: "The entry that calculated it; calculate.entry beside it if absent."
    )
    var entry: String?
    @Option(
        name: .customLong("calculate-proof"),
        help: "That entry's proof; calculate.tlog-proof beside it if absent."
    )
    var proof: String?

    /// Verifies a statement and prints what it found.
    func audit(_ path: String, key: VerifierKey, json: Bool) throws {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        let audit = StatementAudit(
            try read(path),
            entry: try Self.bytes(entry ?? folder + "/calculate.entry"),
            proof: try Self.bytes(proof ?? folder + "/calculate.tlog-proof"),
            key: key
        )
        do throws(StatementFault) {
            let checkpoint = try audit.run()
            if json {
                let size = JSONValue.integer(Int64(clamping: checkpoint.size))
                let value: JSONValue = ["ok": true, "size": size]
                Console.print(value.text)
            } else {
                Console.print(
                    "the statement follows from the log of \(checkpoint.size) entries: leaf, "
                        + "trails, lines and sums"
                )
            }
        } catch {
            let fault: JSONValue = [
                "code": .string(error.code.rawValue), "place": .string(error.place),
                "reason": .string(error.reason),
            ]
            let value: JSONValue = ["ok": false, "fault": fault]
            if json { Console.print(value.text) } else { Console.print("FAULT: \(error)") }
            throw ExitCode(1)
        }
    }

    private func read(_ path: String) throws -> PartnerStatement {
        do throws(FormatError) {
            return try PartnerStatement(parsing: try Self.bytes(path))
        } catch {
            throw CommandError("\(path): \(error)")
        }
    }

    private static func bytes(_ path: String) throws(FormatError) -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw FormatError(
                .empty,
                in: "statement",
                "\(path) cannot be read",
                wayOut: "keep calculate.entry and calculate.tlog-proof beside the statement"
            )
        }
        return [UInt8](data)
    }
}
