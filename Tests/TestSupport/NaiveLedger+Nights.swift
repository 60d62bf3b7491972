import Signing

/// Accounts, trails, windows and sheets, each added up from all that was ever posted.
extension NaiveLedger {
    /// Something posted under an agreement at an entry, be it negative.
    struct Move {
        let entry: UInt64
        let agreement: String
        let debt: Debt
    }

    /// A closed window.
    struct Night {
        let calendar: String
        let number: Int64
        let start: UInt64
        let end: UInt64
        let cutoff: Timestamp
        let seed: String
        var state = "closed"
        var provisional: [JSONValue] = []
        var final: [JSONValue] = []
        var debts: [(String, String)] = []
        /// Units with which agreements count in its fix, by terms hash.
        var weights: [String: Int64] = [:]
    }

    /// How far each closed window is: `closed`, `fixed` or `finalised`.
    public var windowStates: [String] { nightsClosed.map(\.state) }

    /// The rule set that holds at an index.
    func rules(at index: UInt64) -> Int64 {
        if let next = nextRules, next.from <= index { return next.rules }
        return rules
    }

    mutating func post(_ charges: [Debt], _ line: Line, sign: Int128, _ place: Place) {
        for charge in charges {
            let debt = Debt(
                pair: charge.pair,
                numerator: charge.numerator * sign,
                purpose: charge.purpose
            )
            moves.append(Move(entry: place.index, agreement: line.agreement, debt: debt))
        }
        touch(line.agreement, place)
    }

    mutating func touch(_ agreement: String, _ place: Place) {
        guard agreements[agreement]?.terms["settlement"] != nil else { return }
        touches.append((place.index, agreement))
    }

    func nights(of calendar: String) -> [Night] {
        nightsClosed.filter { $0.calendar == calendar }
    }

    private func openStart(of agreement: String) -> UInt64 {
        let calendar = agreements[agreement]?.terms["settlement"]?.text("calendar") ?? ""
        return nights(of: calendar).last?.end ?? 0
    }

    /// The accounts of one agreement over some entries: the end of a record's key, and the sum.
    private func accounts(
        of agreement: String,
        _ entries: Range<UInt64>
    ) -> [(name: String, value: String)] {
        var sums: [String: Int128] = [:]
        for move in moves where move.agreement == agreement && entries.contains(move.entry) {
            let pair = String(move.debt.pair.map { $0 == ">" || $0 == " " ? "/" : $0 })
            sums["\(agreement)/\(move.debt.purpose)/\(pair)", default: 0] += move.debt.numerator
        }
        return sums.filter { $0.value != 0 }.map { ($0.key, Self.quotient($0.value)) }
    }

    private func trail(of agreement: String, _ entries: Range<UInt64>) -> (Int, String) {
        let touched = touches.filter { $0.agreement == agreement && entries.contains($0.entry) }
        let indexes = Set(touched.map(\.entry)).sorted()
        var hash = [UInt8](repeating: 0, count: 32)
        for index in indexes {
            let number = (0..<8).reversed().map { UInt8(index >> (8 * UInt64($0)) & 0xff) }
            hash = DigestBuilder.digest(hash + number).bytes
        }
        return (indexes.count, Base64.url.encode(hash))
    }
}

/// The entries of a night.
extension NaiveLedger {
    mutating func applyNight(_ submission: Submission, _ place: Place) throws(Fault) {
        let payload = submission.payload
        switch submission.kind {
        case "rules.activate": try activate(payload, place)
        case "calendar.publish": try publish(payload, place)
        case "settlement.close": try close(payload, place)
        case "settlement.fix": try fix(payload, place)
        case "settlement.finalise": try finalise(payload, place)
        default: throw Fault("UnknownKind")
        }
    }

    private mutating func activate(_ payload: JSONValue, _ place: Place) throws(Fault) {
        let from = UInt64(payload.number("from") ?? 0)
        let next = payload.number("rules") ?? 0
        guard from > place.index else { throw Fault("TimeRange") }
        guard [1, 2, 3].contains(next) else { throw Fault("UnsupportedRules") }
        guard next >= rules(at: place.index) else { throw Fault("InvalidValue") }
        rules = rules(at: place.index)
        nextRules = (next, from)
    }

    private mutating func publish(_ payload: JSONValue, _ place: Place) throws(Fault) {
        let cutoffs = (payload["cutoffs"]?.strings ?? []).compactMap { Timestamp($0) }
        let days = payload["businessDays"]?.strings ?? []
        guard let first = cutoffs.first, first > place.time else { throw Fault("TimeRange") }
        let today = place.time.date().description
        guard let day = days.first, day >= today else { throw Fault("TimeRange") }
        let old = calendars[payload.text("calendar")]
        calendars[payload.text("calendar")] = (
            (old?.cutoffs ?? []).filter { $0 <= place.time } + cutoffs,
            (old?.days ?? []).filter { $0 < today } + days
        )
    }

    /// The cut-off that the next close of a calendar is for.
    func dueCutoff(of calendar: String) -> Timestamp? {
        let last = nights(of: calendar).last?.cutoff
        return calendars[calendar]?.cutoffs.first { cutoff in last.map { cutoff > $0 } ?? true }
    }

    /// The entry with which the open window of a calendar starts.
    func dueStart(of calendar: String) -> UInt64 { nights(of: calendar).last?.end ?? 0 }

    private mutating func close(_ payload: JSONValue, _ place: Place) throws(Fault) {
        let name = payload.text("calendar")
        guard let calendar = calendars[name], let cutoff = payload.time("cutoff") else {
            throw Fault("UnknownSubject")
        }
        let isFirst = nights(of: name).isEmpty
        let isLate = isFirst && calendar.cutoffs.contains(cutoff) && cutoff <= place.time
        guard cutoff == dueCutoff(of: name) || isLate else { throw Fault("WindowOrder") }
        let start = dueStart(of: name)
        guard payload.number("start") == Int64(start) else { throw Fault("WindowOrder") }
        guard !Self.isOff(payload, place) || payload["reason"] != nil else {
            throw Fault("MissingMember")
        }
        var night = Night(
            calendar: name,
            number: Int64(nights(of: name).count) + 1,
            start: start,
            end: place.index,
            cutoff: cutoff,
            seed: payload.text("seed")
        )
        for (hash, agreement) in agreements
        where agreement.terms["settlement"]?.text("calendar") == name {
            let trail = trail(of: hash, start..<place.index)
            for account in accounts(of: hash, start..<place.index) {
                let value = "\(account.value) \(trail.0) \(trail.1) open"
                night.debts.append(("\(account.name)/\(night.number)", value))
            }
        }
        countUnits(&night)
        nightsClosed.append(night)
    }

    /// Whether a close is so far from its cut-off that another operator is due.
    static func isOff(_ payload: JSONValue, _ place: Place) -> Bool {
        let cutoff = payload.time("cutoff")?.milliseconds ?? 0
        return abs(place.time.milliseconds - cutoff) > 600_000
    }

    private mutating func countUnits(_ night: inout Night) {
        night.weights = units.mapValues(\.last).filter { $0.value > 0 }
        for (hash, agreement) in agreements {
            guard let settlement = agreement.terms["settlement"],
                settlement["price"]?["fixed"] != nil, settlement.text("calendar") == night.calendar
            else { continue }
            let posted = lines.filter { $0.agreement == hash && !$0.isHeld && !$0.isGone }
            let isRedeem = agreement.terms.text("kind") == "redeem"
            let sum = posted.reduce(0) { $0 + (isRedeem ? $1.debit : $1.credit) }
            units[hash] = (sum, sum - (units[hash]?.all ?? 0))
        }
    }

    private func place(of payload: JSONValue) throws(Fault) -> Int {
        let name = payload.text("calendar")
        guard
            let place = nightsClosed.firstIndex(where: {
                $0.calendar == name && $0.number == payload.number("window")
            })
        else { throw Fault("UnknownSettlement") }
        return place
    }

    private mutating func fix(_ payload: JSONValue, _ place: Place) throws(Fault) {
        let index = try self.place(of: payload)
        let night = nightsClosed[index]
        guard night.state == "closed" else { throw Fault("WrongState") }
        let others = nights(of: night.calendar)
        guard !others.contains(where: { $0.number < night.number && $0.state == "closed" }) else {
            throw Fault("WindowOrder")
        }
        let last = others.first { $0.number == night.number - 1 }?.provisional ?? []
        for sheet in payload.list("sheets") {
            let before = last.first { $0.text("source") == sheet.text("source") }?.text("date")
            guard sheet.text("date") <= place.time.date().description,
                before ?? "" <= sheet.text("date")
            else { throw Fault("TimeRange") }
        }
        guard payload["fixing"] == nil else { throw Fault("UnknownMember") }
        nightsClosed[index].state = "fixed"
        nightsClosed[index].provisional = payload.list("sheets")
        nightsClosed[index].weights = [:]
    }

    private mutating func finalise(_ payload: JSONValue, _ place: Place) throws(Fault) {
        let index = try self.place(of: payload)
        let night = nightsClosed[index]
        guard night.state == "fixed" else { throw Fault("WrongState") }
        let earlier = nights(of: night.calendar).filter { $0.number < night.number }
        guard earlier.allSatisfy({ $0.state == "finalised" || $0.provisional.isEmpty }) else {
            throw Fault("WindowOrder")
        }
        let sheets = payload.list("sheets")
        let sources = Set(night.provisional.map { $0.text("source") })
        guard Set(sheets.map { $0.text("source") }) == sources else { throw Fault("InvalidValue") }
        let cutoff = night.cutoff.date().description
        for sheet in sheets {
            let date = sheet.text("date")
            guard cutoff <= date, date <= place.time.date().description else {
                throw Fault("TimeRange")
            }
            let before = night.provisional.first { $0.text("source") == sheet.text("source") }
            if let before, before.text("date") >= cutoff, before != sheet {
                throw Fault("InvalidValue")
            }
        }
        nightsClosed[index].state = "finalised"
        nightsClosed[index].final = sheets
    }
}

/// The records of rule set 2.
extension NaiveLedger {
    /// Those that are there under any rule set.
    var calendarRecords: [(String, String)] {
        var list = calendars.map { name, calendar in
            let cutoffs = calendar.cutoffs.map(\.description).joined(separator: ",")
            return ("calendar/\(name)", "\(cutoffs) \(calendar.days.joined(separator: ","))")
        }
        if let nextRules { list.append(("rules", "\(nextRules.rules) \(nextRules.from)")) }
        return list
    }

    var nightRecords: [(String, String)] {
        guard size > 0, rules(at: size - 1) >= 2 else { return [] }
        var list: [(String, String)] = []
        if policy != nil { list.append(("policy/settlement", "\(plan) - - -")) }
        for hash in agreements.keys {
            let entries = openStart(of: hash)..<size
            list += accounts(of: hash, entries).map { ("posted/\($0.name)", $0.value) }
            let trail = trail(of: hash, entries)
            if trail.0 > 0 { list.append(("trail/\(hash)", "\(trail.0) \(trail.1)")) }
        }
        for (hash, count) in units where count.all != 0 || count.last != 0 {
            list.append(("units/\(hash)", "\(count.all) \(count.last)"))
        }
        for night in nightsClosed { list += records(of: night) }
        return list
    }

    private func records(of night: Night) -> [(String, String)] {
        let name = "\(night.calendar)/\(night.number)"
        let value = "\(night.start) \(night.end) \(night.cutoff) \(night.seed) \(night.state)"
        var list = [("window/\(name)", value)]
        for (kind, sheets) in [("provisional", night.provisional), ("final", night.final)] {
            for sheet in sheets {
                let quotes = sheet.list("quotes").map { quote in
                    let rate = quote["rate"] ?? [:]
                    return "\(quote.text("currency"))=\(rate.number("numerator") ?? 0)/"
                        + "\(rate.number("denominator") ?? 0)"
                }
                list.append(
                    (
                        "sheet/\(name)/\(kind)/\(sheet.text("source"))",
                        "\(sheet.text("date")) \(sheet.text("file")) \(sheet.text("base")) "
                            + quotes.joined(separator: ",")
                    )
                )
            }
        }
        list += night.weights.map { ("weight/\(name)/\($0.key)", "\($0.value)") }
        return list + night.debts.map { ("debt/\(name)/\($0.0)", $0.1) }
    }
}
