import Signing

/// An exact fraction of small numbers.
struct NaiveFraction {
    let top: Int128
    let bottom: Int128

    init(_ top: Int128, _ bottom: Int128 = 1) {
        var (left, right) = (top.magnitude, bottom.magnitude)
        while right != 0 { (left, right) = (right, left % right) }
        self.top = top / Int128(left)
        self.bottom = bottom / Int128(left)
    }

    init(_ rate: JSONValue?) {
        self.init(rate?["numerator"].number ?? 0, rate?["denominator"].number ?? 1)
    }

    static func * (left: Self, right: Self) -> Self {
        Self(left.top * right.top, left.bottom * right.bottom)
    }

    static func / (left: Self, right: Self) -> Self {
        Self(left.top * right.bottom, left.bottom * right.top)
    }

    static func + (left: Self, right: Self) -> Self {
        Self(left.top * right.bottom + right.top * left.bottom, left.bottom * right.bottom)
    }

    static func - (left: Self, right: Self) -> Self {
        Self(left.top * right.bottom - right.top * left.bottom, left.bottom * right.bottom)
    }

    static func < (left: Self, right: Self) -> Bool {
        left.top * right.bottom < right.top * left.bottom
    }

    var floor: Int128 { top / bottom }

    var halfEven: Int128 {
        let rest = 2 * (top % bottom)
        let isUp = rest == bottom ? floor % 2 == 1 : rest > bottom
        return floor + (isUp ? 1 : 0)
    }

    func bounded(_ rule: JSONValue) -> Self {
        let (low, high) = (Self(rule["floor"]), Self(rule["ceiling"]))
        return self < low ? low : high < self ? high : self
    }
}

extension Optional<JSONValue> {
    var number: Int128? {
        if case .integer(let value)? = self { Int128(value) } else { nil }
    }

    var string: String {
        if case .string(let value)? = self { value } else { "" }
    }

    var list: [JSONValue] {
        if case .array(let value)? = self { value } else { [] }
    }
}

/// The rules of spec/24 again, as one reads them, over the payloads of a log: slow, with everything
/// kept, and without the types of the ledger.
struct NaiveFixing {
    struct Agreement {
        let terms: JSONValue
        var signed = 1
        var posted: [(entry: Int, units: Int128)] = []
        var rates: (ratio: String, price: String, cutoff: String)?
        var waiting: (ratio: String, price: String, cutoff: String, fixing: String)?
        var acceptances = 0
        var end: String?

        var isBound: Bool { signed == (terms["debtor"].string == terms["creditor"].string ? 1 : 2) }
    }

    struct Window {
        let calendar: String
        let number: Int
        let start: Int
        let end: Int
        let cutoff: String
    }

    let ledger: String
    var entry = 0
    var policy: JSONValue?
    var closedPrograms: [String] = []
    var programs: [String] = []
    var publications: [String: [JSONValue]] = [:]
    var pinned: [String: [Int128]] = [:]
    var agreements: [String: Agreement] = [:]
    var transfers: [Int: JSONValue] = [:]
    var windows: [Window] = []
    /// The texts of all fixings, and whether each has the stated hash.
    var texts: [String] = []
    var mismatches = 0

    init(ledger: Digest) { self.ledger = ledger.base64URL }

    /// Reads the next entry of the log.
    mutating func read(_ payload: [UInt8], at time: Timestamp) throws {
        let value = try JSONValue(parsing: payload)
        switch value["kind"].string {
        case "network.policy": setPolicy(value)
        case "program.define": programs.append(value["program"].string)
        case "program.amend":
            closedPrograms.removeAll { $0 == value["program"].string }
            if value["status"].string == "closed" { closedPrograms.append(value["program"].string) }
        case "rates.publish":
            let program = value["program"].string
            publications[program, default: []].removeAll {
                $0["validTo"].string <= time.description
            }
            publications[program, default: []].append(value)
        case "agreement.propose":
            guard let terms = value["terms"] else { break }
            let hash = DigestBuilder.digest(payload).base64URL
            agreements[hash] = Agreement(terms: terms)
        case "agreement.accept": agreements[value["agreement"].string]?.signed += 1
        case "agreement.terminate":
            agreements[value["agreement"].string]?.end = value["from"].string
        case "transfers", "transfers.commit", "transfers.reverse": move(value)
        case "settlement.close": close(value)
        case "settlement.fix": fix(value, time.description)
        case "fixing.accept": accept(value)
        default: break
        }
        entry += 1
    }

    private mutating func setPolicy(_ value: JSONValue) {
        if value["fixing"]?["numeraire"].string != policy?["fixing"]?["numeraire"].string {
            pinned = [:]
        }
        let days = Int(value["fixing"]?["days"].number ?? 0)
        pinned = pinned.mapValues { Array($0.suffix(days)) }
        policy = value
    }

    private mutating func move(_ value: JSONValue) {
        transfers[entry] = value
        var sign: Int128 = 1
        var origin = value
        if value["kind"].string != "transfers" {
            origin = transfers[Int(value["entry"].number ?? 0)] ?? value
            if origin["kind"].string == "transfers.commit" {
                origin = transfers[Int(origin["entry"].number ?? 0)] ?? origin
            }
            sign = value["kind"].string == "transfers.reverse" ? -1 : 1
        }
        guard let terms = agreements[origin["terms"].string]?.terms else { return }
        if value["kind"].string == "transfers", terms["finality"].string == "creditor" { return }
        let unit = terms["kind"].string == "redeem" ? "debit" : "credit"
        let units = value["items"].list.reduce(Int128(0)) { $0 + ($1[unit].number ?? 0) }
        agreements[origin["terms"].string]?.posted.append((entry, sign * units))
    }

    private mutating func close(_ value: JSONValue) {
        let earlier = windows.filter { $0.calendar == value["calendar"].string }
        windows.append(
            Window(
                calendar: value["calendar"].string,
                number: earlier.count + 1,
                start: earlier.last?.end ?? 0,
                end: entry,
                cutoff: value["cutoff"].string
            )
        )
    }

    private mutating func accept(_ value: JSONValue) {
        let hash = value["agreement"].string
        agreements[hash]?.acceptances += 1
        guard let waiting = agreements[hash]?.waiting, agreements[hash]?.acceptances == 2 else {
            return
        }
        agreements[hash]?.rates = (waiting.ratio, waiting.price, waiting.cutoff)
        agreements[hash]?.waiting = nil
    }
}

extension NaiveFixing {
    private func quote(
        _ currency: String,
        _ fix: JSONValue,
        _ rule: JSONValue,
        _ day: Int
    )
        -> NaiveFraction?
    {
        let numeraire = rule["numeraire"].string
        if currency == numeraire { return NaiveFraction(1) }
        let sheet = fix["sheets"].list.first { $0["source"].string == rule["source"].string }
        guard let sheet, let date = CivilDate(sheet["date"].string), day - date.days <= 31 else {
            return nil
        }
        func rate(_ currency: String) -> NaiveFraction? {
            if currency == sheet["base"].string { return NaiveFraction(1) }
            return sheet["quotes"].list.first { $0["currency"].string == currency }
                .map { NaiveFraction($0["rate"]) }
        }
        guard let bought = rate(numeraire), let sold = rate(currency) else { return nil }
        // Both have two decimal places in these tests, but for the yen.
        let scale = NaiveFraction(numeraire == "JPY" ? 1 : 100, currency == "JPY" ? 1 : 100)
        return bought / sold * scale
    }

    private func value(_ exact: NaiveFraction) -> Int128? {
        let rounded = (exact * NaiveFraction(1_000_000)).halfEven
        return rounded > 0 && rounded < 2_147_483_647 ? rounded : nil
    }

    private mutating func fix(_ fix: JSONValue, _ time: String) {
        guard let rule = policy?["fixing"],
            let place = windows.firstIndex(where: {
                $0.calendar == fix["calendar"].string && $0.number == Int(fix["window"].number ?? 0)
            })
        else { return }
        let window = windows[place]
        let day = Timestamp(window.cutoff)?.date().days ?? 0
        let twin = self
        let quotes = { (currency: String) in twin.quote(currency, fix, rule, day) }
        var values: [String: [String: Int128]] = [:]
        for program in programs where !closedPrograms.contains(program) {
            let publication = publications[program]?.last {
                $0["validFrom"].string <= window.cutoff && window.cutoff < $0["validTo"].string
            }
            if let publication, let quote = quotes(publication["currency"].string),
                let pin = value(
                    (NaiveFraction(publication["bid"]) + NaiveFraction(publication["ask"]))
                        * NaiveFraction(1, 2) * quote
                )
            {
                values[program, default: [:]]["pinned"] = pin
                let days = Int(rule["days"].number ?? 0)
                let list = Array((pinned[program, default: []] + [pin]).suffix(days))
                pinned[program] = list
                values[program]?["mean"] =
                    NaiveFraction(list.reduce(0, +), Int128(list.count)).halfEven
            }
            if let weighted = weighted(program, place, quotes) {
                values[program, default: [:]]["weighted"] = weighted
            }
        }
        write(fix, rule, window, values, quotes, time)
    }

    private func weighted(
        _ program: String,
        _ window: Int,
        _ quotes: (String) -> NaiveFraction?
    ) -> Int128? {
        var pairs: [String: Int128] = [:]
        var (worth, total): (Int128, Int128) = (0, 0)
        for agreement in agreements.values where agreement.isBound {
            let terms = agreement.terms
            let side = terms["kind"].string == "redeem" ? "from" : "to"
            guard terms[side].string == program,
                let price = terms["settlement"]?["price"]?["fixed"],
                let quote = quotes(terms["settlement"]?["priceCurrency"].string ?? ""),
                let brought = value(NaiveFraction(price) * quote),
                let last = windows[..<window].last(where: {
                    $0.calendar == terms["settlement"]?["calendar"].string
                })
            else { continue }
            let units = agreement.posted.filter { $0.entry >= last.start && $0.entry < last.end }
                .reduce(Int128(0)) { $0 + $1.units }
            guard units > 0 else { continue }
            let pair = [terms["debtor"].string, terms["creditor"].string].sorted()
            pairs[pair.joined(separator: " "), default: 0] += units
            worth += units * brought
            total += units
        }
        guard pairs.count >= 3, pairs.values.allSatisfy({ 5 * $0 <= 2 * total }) else { return nil }
        return NaiveFraction(worth, total).halfEven
    }

    private mutating func write(
        _ fix: JSONValue,
        _ rule: JSONValue,
        _ window: Window,
        _ values: [String: [String: Int128]],
        _ quotes: (String) -> NaiveFraction?,
        _ time: String
    ) {
        var text =
            "kontor/v1/fixing\n\(ledger) \(window.calendar) \(window.number) \(window.cutoff)\n"
        text += rule["numeraire"].string + "\n"
        for program in values.keys.sorted() {
            let columns = ["pinned", "mean", "weighted"].map { name in
                values[program]?[name].map { "\($0)" } ?? "-"
            }
            text += "value \(program) \(columns.joined(separator: " "))\n"
        }
        var found: [(hash: String, ratio: String, price: String, isNew: Bool)] = []
        for hash in agreements.keys.sorted() {
            guard let agreement = agreements[hash], agreement.isBound else { continue }
            let ratio = agreement.terms["conversion"]?["ratio"]?["fixing"]
            let price = agreement.terms["settlement"]?["price"]?["fixing"]
            guard ratio != nil || price != nil else { continue }
            if let end = agreement.end, end <= time { continue }
            let first = ratio.map { self.ratio($0, agreement.terms, values, quotes) } ?? "-"
            let second = price.map { self.price($0, agreement.terms, values, quotes) } ?? "-"
            guard let first, let second else {
                text += "rate \(hash) - - held\n"
                continue
            }
            let isNew =
                isWithin(first, agreement.rates?.ratio, ratio, agreement, window)
                && isWithin(second, agreement.rates?.price, price, agreement, window)
            text += "rate \(hash) \(first) \(second) \(isNew ? "new" : "waiting")\n"
            found.append((hash, first, second, isNew))
        }
        let name = DigestBuilder.digest(Array(text.utf8)).base64URL
        if name != fix["fixing"].string { mismatches += 1 }
        texts.append(text)
        for line in found {
            let rates = (line.ratio, line.price, window.cutoff)
            if line.isNew { agreements[line.hash]?.rates = rates }
            let waiting = (line.ratio, line.price, window.cutoff, name)
            agreements[line.hash]?.waiting = line.isNew ? nil : waiting
            agreements[line.hash]?.acceptances = 0
        }
    }

    private func ratio(
        _ rule: JSONValue,
        _ terms: JSONValue,
        _ values: [String: [String: Int128]],
        _ quotes: (String) -> NaiveFraction?
    ) -> String? {
        func worth(_ side: String) -> NaiveFraction? {
            if side.utf8.count == 3 { return quotes(side) }
            return values[side]?[rule["rule"].string].map { NaiveFraction($0, 1_000_000) }
        }
        guard let from = worth(terms["from"].string), let to = worth(terms["to"].string) else {
            return nil
        }
        let kept = NaiveFraction(1) - NaiveFraction(rule["spread"])
        let rate = (from / to * kept).bounded(rule)
        for power in [1_000_000_000, 100_000_000, 10_000_000, 1_000_000, 100_000] as [Int128] {
            let numerator = (rate * NaiveFraction(power)).floor
            if numerator <= 2_147_483_647 { return numerator == 0 ? nil : "\(numerator)/\(power)" }
        }
        return nil
    }

    private func price(
        _ rule: JSONValue,
        _ terms: JSONValue,
        _ values: [String: [String: Int128]],
        _ quotes: (String) -> NaiveFraction?
    ) -> String? {
        let side = terms["kind"].string == "redeem" ? "from" : "to"
        let currency = terms["settlement"]?["priceCurrency"].string ?? ""
        guard let value = values[terms[side].string]?[rule["rule"].string],
            let quote = quotes(currency)
        else { return nil }
        let kept = NaiveFraction(1) - NaiveFraction(rule["spread"])
        let rate = (NaiveFraction(value, 1_000_000) / quote * kept).bounded(rule)
        let numerator = (rate * NaiveFraction(1_000_000)).halfEven
        return numerator > 0 && numerator <= 2_147_483_647 ? "\(numerator)/1000000" : nil
    }

    private func isWithin(
        _ next: String,
        _ last: String?,
        _ rule: JSONValue?,
        _ agreement: Agreement,
        _ window: Window
    ) -> Bool {
        guard let rule, let last, let since = agreement.rates?.cutoff,
            let from = Timestamp(since)?.date().days, let to = Timestamp(window.cutoff)?.date().days
        else { return true }
        func fraction(_ text: String) -> NaiveFraction {
            let parts = text.split(separator: "/").compactMap { Int128($0) }
            return NaiveFraction(parts[0], parts[1])
        }
        let (old, new) = (fraction(last), fraction(next))
        let move = old < new ? new - old : old - new
        let band = NaiveFraction(rule["bandPerDay"]) * NaiveFraction(Int128(max(1, to - from)))
        return !(old * band < move)
    }
}
