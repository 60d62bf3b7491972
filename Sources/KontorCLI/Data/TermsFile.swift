internal import Foundation
internal import Ledger
internal import Signing

/// Terms in a file: one JSON object, or a line each of `{"row": n, "agreement": {"terms": …},
/// "facts": …, "at": …}`.
struct TermsFile {
    /// One set of terms.
    struct Line {
        let row: Int64?
        let terms: Terms
        let facts: JSONValue?
        let channel: String?
        let at: Timestamp?
        /// The row that this one replaces.
        let supersedes: Int64?
        /// The terms hash that a proposal replaces.
        let supersedesHash: String?
    }

    let path: String
    let lines: [Line]

    /// Reads a whole file; each line that is no terms is named.
    init(path: String) throws {
        self.path = path
        guard let data = FileManager.default.contents(atPath: path) else {
            throw CommandError("\(path): there is no such file, or it may not be read")
        }
        if let whole = try? JSONValue(parsing: Array(data)),
            whole["kind"] != nil || whole["terms"] != nil
        {
            lines = [try Self.read(whole, "\(path)")]
            return
        }
        var lines: [Line] = []
        for (number, text) in data.split(separator: 0x0a, omittingEmptySubsequences: true)
            .enumerated()
        {
            let place = "\(path):\(number + 1)"
            do {
                lines.append(try Self.read(try JSONValue(parsing: Array(text)), place))
            } catch let error as JSONError {
                throw CommandError(
                    "\(place): not strict JSON, \(error.reason.rawValue) at byte \(error.offset)"
                )
            }
        }
        self.lines = lines
    }

    /// The line of a row, or the only one.
    func line(row: Int64?) throws -> Line {
        if let row {
            guard let line = lines.first(where: { $0.row == row }) else {
                throw CommandError("\(path): there is no row \(row)")
            }
            return line
        }
        guard lines.count == 1, let line = lines.first else {
            throw CommandError("\(path): it has \(lines.count) rows; choose one by --row")
        }
        return line
    }

    private static func read(_ value: JSONValue, _ place: String) throws -> Line {
        let terms = value["agreement"]?["terms"] ?? value["terms"] ?? value
        var row: Int64?
        if case .integer(let number)? = value["row"] { row = number }
        var at: Timestamp?
        if case .string(let text)? = value["at"] { at = Timestamp(text) }
        var channel: String?
        if case .string(let text)? = value["channel"] { channel = text }
        var supersedes: Int64?
        if case .integer(let number)? = value["supersedesRow"] { supersedes = number }
        var hash: String?
        if case .string(let text)? = value["supersedes"] ?? value["agreement"]?["supersedes"] {
            hash = text
        }
        do {
            return Line(
                row: row,
                terms: try Terms(terms),
                facts: value["facts"],
                channel: channel,
                at: at,
                supersedes: supersedes,
                supersedesHash: hash
            )
        } catch {
            throw CommandError("\(place): \(error)")
        }
    }
}
