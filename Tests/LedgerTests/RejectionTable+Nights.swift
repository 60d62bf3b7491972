import Ledger
import Signing
import TestSupport
import Testing

extension NetworkStory {
    /// A calendar with cut-offs at 16:00 from tomorrow on, and rule set 2 from the next entry on.
    mutating func beginNights() throws {
        try take(network.calendar())
        try take(network.activate(2, from: UInt64(ledger.entries.count) + 1))
    }

    /// Waits for the cut-off that is due, and closes the window for it.
    mutating func closeWindow() throws {
        let (text, cutoff) = dueClose()
        network.now = max(network.now, cutoff)
        try take(text)
    }

    /// The close that is due, signed at its cut-off, and that cut-off.
    mutating func dueClose(reason: String? = nil) -> (text: [UInt8], cutoff: Timestamp) {
        let open = ledger.book.openWindow(of: "network")
        let cutoff = open.cutoff ?? network.now
        network.now = max(network.now, cutoff)
        let text = network.close(start: open.start, cutoff: cutoff, reason: reason)
        return (text, cutoff)
    }

    /// The sheet of a source so many days ago.
    func sheet(_ source: String = "ecb", daysAgo days: Int = 0, usd: Int64 = 110) -> JSONValue {
        let date = CivilDate(days: network.now.date().days - days)
        return Network.sheet(source, on: date, [("USD", (usd, 100)), ("CHF", (95, 100))])
    }
}

extension RejectionTable {
    /// What rule set 2 refuses of the kinds before it, and of windows and sheets.
    static let nights = ruleSets + adjustments + closes + fixes + finals + forms

    private static let ruleSets = [
        RejectionCase(.unknownKind, "settlement.close under rule set 1") { story in
            try story.take(story.network.calendar())
            return story.dueClose().text
        },
        RejectionCase(.unknownMember, "a plan under rule set 1") { story in
            story.network.policy(feePerItem: nil, plan: "direct")
        },
        RejectionCase(.unknownMember, "a fixing under rule set 1") { story in
            let deal = try story.deal()
            return try story.changed(story.send(deal, 5)) {
                $0.with("fixing", .string(Digest.zero.base64URL))
            }
        },
        RejectionCase(.invalidValue, "back to rule set 1") { story in
            try story.beginNights()
            return story.network.activate(1, from: 1_000)
        },
    ]

    private static let adjustments = [
        RejectionCase(.missingMember, "an adjustment under no agreement") { story in
            try story.beginNights()
            return story.network.adjust("nordwind", owes: "harbour", amount: 5)
        },
        RejectionCase(.agreementNotBound, "an adjustment under a proposal") { story in
            try story.beginNights()
            let proposal = story.network.propose(NetworkTerms.exchange())
            try story.take(proposal)
            let hash = Network.payloadDigest(proposal)
            return story.network.adjust("nordwind", owes: "harbour", amount: 5, agreement: hash)
        },
        RejectionCase(.termsContradict, "an adjustment under terms within one partner") { story in
            try story.beginNights()
            let hash = try story.agree(NetworkTerms.inside())
            return story.network.adjust("nordwind", owes: "harbour", amount: 5, agreement: hash)
        },
        RejectionCase(.notAParty, "an adjustment by a stranger") { story in
            try story.beginNights()
            let hash = try story.agree(NetworkTerms.exchange())
            return story.network.adjust("suedkauf", owes: "harbour", amount: 5, agreement: hash)
        },
        RejectionCase(.notAParty, "an adjustment to a stranger") { story in
            try story.beginNights()
            let hash = try story.agree(NetworkTerms.exchange())
            return story.network.adjust("nordwind", owes: "suedkauf", amount: 5, agreement: hash)
        },
    ]

    private static let closes = [
        RejectionCase(.unknownSubject, "a close of no calendar") { story in
            try story.beginNights()
            return story.network.close("moon", start: 0, cutoff: story.network.now)
        },
        RejectionCase(.windowOrder, "a window closed twice") { story in
            try story.beginNights()
            let first = try #require(story.ledger.book.openWindow(of: "network").cutoff)
            try story.closeWindow()
            let start = story.ledger.book.openWindow(of: "network").start
            return story.network.close(start: start, cutoff: first)
        },
        RejectionCase(.windowOrder, "a cut-off skipped") { story in
            try story.beginNights()
            try story.closeWindow()
            let open = story.ledger.book.openWindow(of: "network")
            story.network.advance(days: 2)
            let cutoff = story.ledger.book.cutoffs(of: "network")[2]
            return story.network.close(start: open.start, cutoff: cutoff, reason: "late")
        },
        RejectionCase(.windowOrder, "a first window for a cut-off to come") { story in
            try story.beginNights()
            let cutoff = story.ledger.book.cutoffs(of: "network")[1]
            return story.network.close(start: 0, cutoff: cutoff, reason: "early")
        },
        RejectionCase(.windowOrder, "a close from another entry on") { story in
            try story.beginNights()
            let (_, cutoff) = story.dueClose()
            return story.network.close(start: 1, cutoff: cutoff)
        },
        RejectionCase(.missingMember, "a close 10 minutes and 1 ms late without reason") { story in
            try story.beginNights()
            let text = story.dueClose().text
            story.network.advance(minutes: 10, milliseconds: 1)
            return text
        },
    ]

    private static let fixes = [
        RejectionCase(.unknownSettlement, "a fix of an open window") { story in
            try story.beginNights()
            return story.network.fix(window: 1, sheets: [])
        },
        RejectionCase(.wrongState, "a window fixed twice") { story in
            try story.beginNights()
            try story.closeWindow()
            try story.take(story.network.fix(window: 1, sheets: []))
            return story.network.fix(window: 1, sheets: [])
        },
        RejectionCase(.windowOrder, "window 2 fixed before window 1") { story in
            try story.beginNights()
            try story.closeWindow()
            try story.closeWindow()
            return story.network.fix(window: 2, sheets: [])
        },
        RejectionCase(.timeRange, "a sheet of tomorrow") { story in
            try story.beginNights()
            try story.closeWindow()
            return story.network.fix(window: 1, sheets: [story.sheet(daysAgo: -1)])
        },
        RejectionCase(.timeRange, "a sheet older than that of the last fix") { story in
            try story.beginNights()
            try story.closeWindow()
            try story.take(story.network.fix(window: 1, sheets: [story.sheet()]))
            try story.closeWindow()
            return story.network.fix(window: 2, sheets: [story.sheet(daysAgo: 2)])
        },
    ]

    private static let finals = [
        RejectionCase(.unknownSettlement, "a window finalised that is open") { story in
            try story.beginNights()
            return story.network.fix(.settlementFinalise, window: 1, sheets: [])
        },
        RejectionCase(.wrongState, "a window finalised before its fix") { story in
            try story.beginNights()
            try story.closeWindow()
            return story.network.fix(.settlementFinalise, window: 1, sheets: [])
        },
        RejectionCase(.windowOrder, "window 2 finalised before window 1") { story in
            try story.fixTwo()
            let sheets = [story.sheet()]
            return story.network.fix(.settlementFinalise, window: 2, sheets: sheets)
        },
        RejectionCase(.invalidValue, "final sheets of another source") { story in
            try story.fixTwo()
            let sheets = [story.sheet("fed")]
            return story.network.fix(.settlementFinalise, window: 1, sheets: sheets)
        },
        RejectionCase(.invalidValue, "one final sheet too few") { story in
            try story.fixTwo()
            return story.network.fix(.settlementFinalise, window: 1, sheets: [])
        },
        RejectionCase(.timeRange, "a final sheet of the day before the cut-off") { story in
            try story.fixTwo()
            let sheets = [story.sheet(daysAgo: 2)]
            return story.network.fix(.settlementFinalise, window: 1, sheets: sheets)
        },
        RejectionCase(.timeRange, "a final sheet of tomorrow") { story in
            try story.fixTwo()
            let sheets = [story.sheet(daysAgo: -1)]
            return story.network.fix(.settlementFinalise, window: 1, sheets: sheets)
        },
        RejectionCase(.invalidValue, "a sheet of the cut-off's day that changes") { story in
            try story.beginNights()
            try story.closeWindow()
            try story.take(story.network.fix(window: 1, sheets: [story.sheet()]))
            let sheets = [story.sheet(usd: 111)]
            return story.network.fix(.settlementFinalise, window: 1, sheets: sheets)
        },
    ]

    private static let forms = [
        RejectionCase(.invalidValue, "two sheets of one source") { story in
            try story.beginNights()
            return story.network.fix(window: 1, sheets: [story.sheet(), story.sheet(daysAgo: 1)])
        },
        RejectionCase(.invalidValue, "a base quoted in itself") { story in
            try story.beginNights()
            let date = story.network.now.date()
            let sheet = Network.sheet(on: date, [("EUR", (1, 1))])
            return story.network.fix(window: 1, sheets: [sheet])
        },
        RejectionCase(.invalidValue, "a currency quoted twice") { story in
            try story.beginNights()
            let quotes = [("USD", (Int64(11), Int64(10))), ("USD", (12, 10))]
            let sheet = Network.sheet(on: story.network.now.date(), quotes)
            return story.network.fix(window: 1, sheets: [sheet])
        },
        RejectionCase(.invalidValue, "a settlement with a leading zero") { story in
            try story.beginNights()
            return story.network.sign(
                .settlementAdvise,
                by: "operator-a",
                ["settlement": "network/01/gross/EUR/1"]
            )
        },
        RejectionCase(.missingMember, "a partner paid to no account") { story in
            try story.beginNights()
            return story.payment(to: "harbour", account: nil)
        },
        RejectionCase(.unknownMember, "the settlement account paid to an account") { story in
            try story.beginNights()
            return story.payment(to: "operator/settlement", account: .zero)
        },
    ]
}

extension NetworkStory {
    /// Two windows closed and fixed, each with a sheet of the day before its cut-off.
    fileprivate mutating func fixTwo() throws {
        try beginNights()
        for window in 1...2 as ClosedRange<Int64> {
            try closeWindow()
            try take(network.fix(window: window, sheets: [sheet(daysAgo: 1)]))
        }
    }

    fileprivate mutating func payment(to payee: String, account: Digest?) -> [UInt8] {
        var members: JSONValue = [
            "settlement": "network/1/gross/EUR/1", "payer": "nordwind", "payee": .string(payee),
            "currency": "EUR", "amount": 5, "evidence": .string(Digest.zero.base64URL),
        ]
        if let account { members = members.with("account", .string(account.base64URL)) }
        return network.sign(.settlementPaid, by: "operator-a", members)
    }
}
