import Ledger
import Signing

/// Nights: rule set 2 comes up after some entries, then windows are closed, fixed and finalised,
/// mostly in order.
extension HistoryGenerator {
    /// Queues the calendar and the rule set.
    mutating func beginNights() {
        queue.append(network.calendar())
        let from = twin.size + UInt64(random.number(8...24))
        queue.append(network.activate(random.chance(70) ? 3 : 2, from: from))
        if twin.threshold == 2 { queue.append(network.approve(twin.size + 1, by: "operator-b")) }
    }

    /// Something of a night, or of what rule set 2 changed.
    mutating func night() -> [UInt8] {
        switch random.number(0...11) {
        case 0...4: return closeWindow()
        case 5...7: return fixWindow()
        case 8...9: return finaliseWindow()
        case 10: return adjustUnderTerms()
        default:
            let plan = random.chance(50) ? "direct" : "account"
            if random.chance(20) {
                let from = twin.size + UInt64(random.number(0...4))
                return network.activate(random.number(0...4), from: from)
            }
            return network.policy(feePerItem: (random.number(1...30), 4), plan: plan)
        }
    }

    private mutating func closeWindow() -> [UInt8] {
        let calendar = random.chance(95) ? "network" : "none"
        var cutoff = twin.dueCutoff(of: "network") ?? network.now
        if random.chance(80), network.now < cutoff {
            let distance = random.number(-700_000...700_000)
            network.now = max(network.now, cutoff.advanced(byMilliseconds: distance))
        }
        if random.chance(10) {
            cutoff = cutoff.advanced(byMilliseconds: (random.number(0...2) - 1) * 86_400_000)
        }
        let start = twin.dueStart(of: "network") + (random.chance(95) ? 0 : 1)
        let isOff = abs(network.now.milliseconds - cutoff.milliseconds) > 600_000
        let reason = isOff && random.chance(90) || random.chance(10) ? "late" : nil
        if isOff, random.chance(90) { approveNext() }
        return network.close(calendar, start: start, cutoff: cutoff, reason: reason)
    }

    /// Queues the approval of the act that is signed next.
    private mutating func approveNext() {
        queue.append(network.approve(twin.size, by: "operator-b"))
    }

    private mutating func fixWindow() -> [UInt8] {
        let waiting = twin.nightsClosed.first { $0.state == "closed" }?.number ?? 1
        let window = random.chance(85) ? waiting : random.number(1...5)
        if twin.threshold == 2, random.chance(90) { approveNext() }
        return network.fix(window: window, sheets: sheets(agesUpTo: 3))
    }

    private mutating func finaliseWindow() -> [UInt8] {
        let night = twin.nightsClosed.first { $0.state == "fixed" }
        let window = random.chance(85) ? night?.number ?? 1 : random.number(1...5)
        let cutoff = night?.cutoff.date() ?? network.now.date()
        let sheets = (night?.provisional ?? []).map { sheet -> JSONValue in
            if random.chance(15) { return sheet }
            let isFinal = sheet.text("date") >= cutoff.description
            if isFinal, random.chance(85) { return sheet }
            let days = max(0, network.now.date().days - cutoff.days)
            let date = CivilDate(days: cutoff.days + Int(random.number(0...Int64(days))))
            return self.sheet(sheet.text("source"), on: date)
        }
        return network.fix(
            .settlementFinalise,
            window: window,
            sheets: random.chance(95) ? sheets : Array(sheets.dropLast())
        )
    }

    private mutating func sheets(agesUpTo days: Int64) -> [JSONValue] {
        ["ecb", "fed"].prefix(Int(random.number(0...2))).map { source in
            let age = random.chance(95) ? random.number(0...days) : -1
            return sheet(source, on: CivilDate(days: network.now.date().days - Int(age)))
        }
    }

    private mutating func sheet(_ source: String, on date: CivilDate) -> JSONValue {
        let quotes: [(currency: String, rate: (Int64, Int64))] = [
            ("USD", (random.number(90...130), 100)), ("CHF", (random.number(80...99), 100)),
        ]
        return Network.sheet(source, on: date, quotes)
    }

    private mutating func adjustUnderTerms() -> [UInt8] {
        guard let agreement = random.pick(agreements) else { return closeWindow() }
        let parties = [agreement.terms.text("debtor"), agreement.terms.text("creditor")]
        let debtor = random.chance(90) ? random.pick(parties) ?? "a" : anyPartner()
        let creditor = parties.first { $0 != debtor } ?? anyPartner()
        return network.adjust(
            debtor,
            owes: creditor,
            amount: random.number(1...500),
            currency: random.chance(80) ? "EUR" : "USD",
            agreement: agreement.hash
        )
    }
}
