internal import Foundation
internal import Formats
internal import Settlement
internal import Signing

/// The breaks of a run, as `kontor reconcile run` wrote them.
struct BreakListFile {
    private let path: String
    private let value: JSONValue

    init(path: String) throws {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw CommandError("\(path): there is no such file, or it may not be read")
        }
        self.path = path
        do { value = try JSONValue(parsing: [UInt8](data)) } catch {
            throw CommandError("\(path): not strict JSON, \(error.reason.rawValue)")
        }
    }

    /// What the breaks are about, all of them that are open where no numbers are given.
    func subjects(_ numbers: [Int64], _ journal: BreakJournal) throws -> [BreakSubject] {
        guard case .array(let breaks)? = value["breaks"],
            case .string(let calendar)? = value["calendar"],
            case .integer(let number)? = value["window"]
        else { throw fault("is not breaks.json of a run") }
        var subjects: [BreakSubject] = []
        for found in breaks {
            guard case .integer(let place)? = found["break"],
                case .boolean(let isOpen)? = found["open"]
            else { throw fault("is not breaks.json of a run") }
            guard numbers.isEmpty ? isOpen : numbers.contains(place) else { continue }
            guard let journalled = found["journal"] else {
                throw fault("names no ids for a journal: run kontor reconcile run with --with")
            }
            let subject = try subject(
                journalled,
                journal,
                LedgerWindow("\(calendar)/\(number)")
            )
            guard journalled["id"] == .string(subject.id.base64URL) else {
                throw fault("was made for another pair or ledger than the journal")
            }
            subjects.append(subject)
        }
        return subjects
    }

    private func subject(
        _ value: JSONValue,
        _ journal: BreakJournal,
        _ window: LedgerWindow?
    ) throws -> BreakSubject {
        guard case .string(let kind)? = value["kind"], case .array(let items)? = value["items"],
            case .array(let rows)? = value["rows"]
        else { throw fault("is not breaks.json of a run") }
        return try Self.subject(
            journal,
            window: window,
            kind: kind,
            items: items.compactMap { item in
                guard case .string(let text) = item else { return nil }
                return ItemName(ascii: Array(text.utf8)[...])
            },
            rows: rows.compactMap { row in
                guard case .string(let text)? = row["file"], case .integer(let line)? = row["line"],
                    let file = Digest(text, as: .url), line >= 0
                else { return nil }
                return BreakSubject.Row(file: file, line: UInt64(line))
            }
        )
    }

    /// A break between the partners of a journal.
    static func subject(
        _ journal: BreakJournal,
        window: LedgerWindow?,
        kind: String,
        items: [ItemName],
        rows: [BreakSubject.Row]
    ) throws -> BreakSubject {
        let parts = kind.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        let field = parts.count == 2 ? BookField.allCases.first { $0.code == parts[1] } : nil
        guard let type = BreakType(rawValue: parts.first ?? ""),
            parts.count == (field == nil ? 1 : 2)
        else {
            let types = BreakType.allCases.map(\.rawValue).joined(separator: ", ")
            throw CommandError("\(kind): no kind of break; types are \(types)")
        }
        guard let window, let calendar = Slug(window.calendar),
            let scope = BookScope(
                ledger: journal.ledger,
                journal.first,
                journal.second,
                calendar: calendar,
                window: window.number
            ),
            let subject = BreakSubject(
                scope: scope,
                type: type,
                field: field,
                items: items,
                rows: rows
            )
        else { throw CommandError("a break is about 1 to 200 items and rows of a window") }
        return subject
    }

    private func fault(_ reason: String) -> CommandError {
        CommandError("\(path): \(reason)")
    }
}
