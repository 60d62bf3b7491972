import Foundation
import Testing

/// A table of states × events as a chapter prints it.
struct LifeTable<State, Event>
where
    State: RawRepresentable<String> & Hashable & Sendable,
    Event: RawRepresentable<String> & Hashable & Sendable
{
    /// A row: one or more states, and the outcomes of each event.
    struct Row {
        let states: [State]
        let cells: [Event: (State) -> Set<State>]
    }

    let rows: [Row]

    /// The first table of a chapter whose head begins with `state`.
    static func read(_ chapter: String) throws -> LifeTable {
        let root = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let text = try String(contentsOf: root.appending(path: "spec/\(chapter)"), encoding: .utf8)
        let lines = text.split(separator: "\n").drop { !$0.hasPrefix("| state |") }
            .prefix { $0.hasPrefix("|") }.map(cells)
        let events = try #require(lines.first).dropFirst().map(Event.init(rawValue:))
        return LifeTable(
            rows: lines.dropFirst(2).map { line in
                var cells: [Event: (State) -> Set<State>] = [:]
                for (event, text) in zip(events, line.dropFirst()) {
                    guard let event else { continue }
                    cells[event] = { text == "same" ? [$0] : Set(named(text)) }
                }
                return Row(states: named(line[0]), cells: cells)
            }
        )
    }

    private static func cells(_ line: Substring) -> [String] {
        line.dropFirst().dropLast().split(separator: "|", omittingEmptySubsequences: false)
            .map { $0.trimmingCharacters(in: .whitespaces) }
    }

    /// The states that a text names, up to a semicolon.
    private static func named(_ text: String) -> [State] {
        text.prefix { $0 != ";" }.split { !$0.isLetter }.compactMap {
            State(rawValue: String($0))
        }
    }
}
