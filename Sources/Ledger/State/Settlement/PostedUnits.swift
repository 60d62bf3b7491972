/// Units posted under agreements with a fixed price, window by window: the weights of the weighted
/// rule (spec/24 §1).
///
/// They are differences of totals, so posting an item costs nothing.
struct PostedUnits: Sendable, Codable {
    /// Units of one agreement, by its place among all versions.
    struct Line: Sendable, Hashable, Codable {
        let agreement: Int32
        /// At least 1.
        let units: Int64
    }

    /// The weights of a window that is closed and not fixed yet.
    struct Closed: Sendable, Codable {
        let calendar: String
        let window: UInt64
        let lines: [Line]
    }

    /// By the place of the agreement: all units posted until the last close of its calendar.
    private(set) var marks: [Int64] = []
    /// By the place of the agreement: the units posted in the window of that close, also below 0.
    private(set) var last: [Int64] = []
    /// The weights of windows that wait for their fix, in the order of their closes.
    private(set) var closed: [Closed] = []

    /// Closes a window of a calendar.
    ///
    /// Its weights are the units of each agreement in the last window closed before it, of the
    /// agreement's own calendar. `posted` are the units that each agreement posted since it bound,
    /// or nil where it is of another calendar or has no fixed price.
    ///
    /// Complexity: O(agreements).
    mutating func close(_ calendar: String, _ window: UInt64, posted: [Int64?]) {
        let missing = max(0, posted.count - marks.count)
        marks += Array(repeating: 0, count: missing)
        last += Array(repeating: 0, count: missing)
        let lines = last.indices.filter { last[$0] > 0 }.map {
            Line(agreement: Int32($0), units: last[$0])
        }
        closed.append(Closed(calendar: calendar, window: window, lines: lines))
        for (place, units) in posted.enumerated() {
            guard let units else { continue }
            last[place] = units - marks[place]
            marks[place] = units
        }
    }

    /// The weights of a closed window.
    func weights(of calendar: String, _ window: UInt64) -> [Line] {
        closed.first { $0.calendar == calendar && $0.window == window }?.lines ?? []
    }

    /// Forgets the weights of a window that is fixed.
    mutating func dropWeights(of calendar: String, _ window: UInt64) {
        closed.removeAll { $0.calendar == calendar && $0.window == window }
    }
}
