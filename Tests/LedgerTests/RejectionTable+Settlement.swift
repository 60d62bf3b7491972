import Ledger
import Settlement
import Signing
import TestSupport

/// A night at each of its stages, as the cases of settlements find it: nordwind owes harbour 500,
/// and harbour owes cafe 40.
struct NightStages: Sendable {
    let fixed: NightStory
    let calculated: NightStory
    let advised: NightStory
    let collecting: NightStory
    let committed: NightStory
    let id: SettlementID
    let deal: NightStory.Deal

    static let all = Result { try NightStages() }

    private init() throws {
        var night = try NightStory.founded(signs: true)
        let deal = try night.deal("nordwind", "harbour") {
            $0.with("settlement.disputeThreshold", 100)
        }
        try night.send(deal, 500)
        try night.send(try night.deal("harbour", "cafe"), 40)
        try night.close()
        try night.fix()
        fixed = night
        let id = try night.calculate()
        calculated = night
        try night.act(.settlementAdvise, id)
        advised = night
        for partner in ["cafe", "harbour", "nordwind"] { try night.confirm(id, by: partner) }
        try night.startCollecting(id)
        collecting = night
        try night.payAll(id)
        try night.commit(id)
        committed = night
        self.id = id
        self.deal = deal
    }
}

extension RejectionTable {
    private typealias Stage = any KeyPath<NightStages, NightStory> & Sendable
    private typealias Members = @Sendable (inout NightStory, SettlementID) throws -> JSONValue

    /// A case that begins at a stage of a night.
    private static func row(
        _ rejection: Rejection,
        _ title: String,
        _ stage: Stage,
        _ kind: Kind,
        by signer: String = "operator-a",
        _ members: @escaping Members = { NightStory.members($1) }
    ) -> RejectionCase {
        RejectionCase(rejection, "\(kind.rawValue): \(title)") { story in
            let stages = try NightStages.all.get()
            var night = stages[keyPath: stage]
            let members = try members(&night, stages.id)
            story = night.story
            return story.network.sign(kind, by: signer, members)
        }
    }

    private static func figures(_ night: inout NightStory) throws -> JSONValue {
        NightStory.figures(try night.rehearse())
    }

    private static func fixedFigures() throws -> JSONValue {
        NightStory.figures(try NightStages.all.get().fixed.rehearse())
    }

    private static func named(_ text: String, _ more: JSONValue = [:]) -> JSONValue {
        guard case .object(let list) = more else { return [:] }
        return list.reduce(["settlement": .string(text)]) { $0.with($1.name, $1.value) }
    }

    private static var deal: Digest? { (try? NightStages.all.get())?.deal.terms }

    private static func objection(
        _ id: SettlementID,
        _ amount: Int64 = 500,
        agreement: Digest? = deal
    ) -> JSONValue {
        NightStory.members(
            id,
            [
                "agreement": .string((agreement ?? .zero).base64URL),
                "amount": .integer(amount), "reason": "missing",
            ]
        )
    }

    static let settlement: [RejectionCase] =
        calculation + statements + collection + payments + claims

    private static let calculation: [RejectionCase] =
        [
            row(.unknownSettlement, "a window that is open", \.fixed, .settlementCalculate) {
                night,
                _ in
                try figures(&night).with("settlement", "network/2/multilateral/EUR/1")
            },
            row(.wrongState, "a second time", \.calculated, .settlementCalculate) { night, id in
                try fixedFigures().with("settlement", .string(id.description))
            },
            row(.wrongState, "a window that is not fixed", \.fixed, .settlementCalculate) {
                night,
                _ in
                let members = try figures(&night)
                try night.close()
                return members.with("settlement", "network/2/multilateral/EUR/1")
            },
            row(.windowOrder, "another attempt", \.fixed, .settlementCalculate) { night, _ in
                try figures(&night).with("settlement", "network/1/multilateral/EUR/2")
            },
            row(
                .windowOrder,
                "a recalculation that nobody asked for",
                \.fixed,
                .settlementCalculate
            ) {
                night,
                _ in
                try figures(&night).with("revision", 1)
            },
            row(.windowOrder, "before an earlier window", \.fixed, .settlementCalculate) {
                night,
                _ in
                let members = try figures(&night)
                try night.close()
                try night.fix()
                return members.with("settlement", "network/2/multilateral/EUR/1")
            },
            row(.windowOrder, "while an earlier window is paid", \.collecting, .settlementCalculate)
            {
                night,
                _ in
                let members = try fixedFigures()
                try night.payAll(try NightStages.all.get().id)
                try night.close()
                try night.fix()
                return members.with("settlement", "network/2/multilateral/EUR/1")
            },
            row(.nothingToSettle, "another model", \.fixed, .settlementCalculate) { night, _ in
                try figures(&night).with("settlement", "network/1/gross/EUR/1")
            },
            row(.nothingToSettle, "another currency", \.fixed, .settlementCalculate) { night, _ in
                try figures(&night).with("settlement", "network/1/multilateral/USD/1")
            },
        ]
        + ["participants", "debts", "gross", "paid", "float", "size"].map { member in
            row(.settlementMismatch, "another \(member)", \.fixed, .settlementCalculate) {
                night,
                _ in
                try figures(&night).with(member, 77)
            }
        } + [
            row(.settlementMismatch, "another root", \.fixed, .settlementCalculate) { night, _ in
                try figures(&night).with("root", .string(Digest.zero.base64URL))
            }
        ]

    private static let statements: [RejectionCase] = [
        row(.unknownSettlement, "no such one", \.calculated, .settlementAdvise) { _, _ in
            named("network/1/gross/EUR/1")
        },
        row(.wrongState, "twice", \.advised, .settlementAdvise),
        row(.wrongState, "before the advice", \.calculated, .settlementConfirm, by: "cafe") {
            NightStory.members($1, ["leaf": .string(Digest.zero.base64URL)])
        },
        row(.notAParty, "no participant", \.advised, .settlementConfirm, by: "fourth") {
            night,
            id in
            try night.story.admit("fourth")
            return NightStory.members(id, ["leaf": .string(Digest.zero.base64URL)])
        },
        row(.alreadySigned, "twice", \.advised, .settlementConfirm, by: "cafe") { night, id in
            try night.confirm(id, by: "cafe")
            return NightStory.members(id, ["leaf": .string(Digest.zero.base64URL)])
        },
        row(.settlementMismatch, "another's leaf", \.advised, .settlementConfirm, by: "cafe") {
            night,
            id in
            let leaf = night.book.leaf(of: "harbour", in: id)?.hash ?? .zero
            return NightStory.members(id, ["leaf": .string(leaf.base64URL)])
        },
        row(.wrongState, "too early", \.calculated, .settlementObject, by: "harbour") {
            objection($1)
        },
        row(.timeRange, "too late", \.advised, .settlementObject, by: "harbour") { night, id in
            night.story.network.advance(hours: 24)
            return objection(id)
        },
        row(.unknownAgreement, "no debts of it", \.advised, .settlementObject, by: "harbour") {
            objection($1, agreement: .zero)
        },
        row(.unknownAgreement, "set aside before", \.advised, .settlementObject, by: "nordwind") {
            night,
            id in
            try night.sign(.settlementObject, by: "harbour", objection(id))
            return objection(id)
        },
        row(.notAParty, "a third party", \.advised, .settlementObject, by: "cafe") {
            objection($1)
        },
        row(.alreadySigned, "twice", \.advised, .settlementObject, by: "harbour") { night, id in
            try night.sign(.settlementObject, by: "harbour", objection(id, 100))
            return objection(id, 100)
        },
        row(.amountRange, "more than is owed", \.advised, .settlementObject, by: "harbour") {
            objection($1, 501)
        },
        row(.timeRange, "after a recalculation", \.advised, .settlementObject, by: "cafe") {
            night,
            id in
            try night.sign(.settlementObject, by: "harbour", objection(id))
            try night.calculate()
            try night.act(.settlementAdvise, id)
            return objection(id)
        },
        row(.unknownPending, "no objection", \.advised, .settlementWithdraw, by: "harbour") {
            NightStory.members($1, ["agreement": .string((deal ?? .zero).base64URL)])
        },
        row(.unknownPending, "another's", \.advised, .settlementWithdraw, by: "nordwind") {
            night,
            id in
            try night.sign(.settlementObject, by: "harbour", objection(id))
            return NightStory.members(id, ["agreement": .string((deal ?? .zero).base64URL)])
        },
        row(.unknownPending, "twice", \.advised, .settlementWithdraw, by: "harbour") { night, id in
            try night.sign(.settlementObject, by: "harbour", objection(id))
            let members = NightStory.members(
                id,
                ["agreement": .string((deal ?? .zero).base64URL)]
            )
            try night.sign(.settlementWithdraw, by: "harbour", members)
            return members
        },
    ]

    private static func deadline(_ night: NightStory, _ id: SettlementID) -> JSONValue {
        NightStory.members(id, ["deadline": .string(night.story.network.now.description)])
    }

    private static let collection: [RejectionCase] = [
        row(.wrongState, "not advised", \.calculated, .settlementCollect) { deadline($0, $1) },
        row(.wrongState, "a recalculation is due", \.advised, .settlementCollect) { night, id in
            try night.sign(.settlementObject, by: "harbour", objection(id))
            night.story.network.advance(days: 2)
            return deadline(night, id)
        },
        row(.objectionTime, "objections may come", \.advised, .settlementCollect) { night, id in
            try night.confirm(id, by: "cafe")
            return deadline(night, id)
        },
        row(.timeRange, "a deadline that is over", \.advised, .settlementCollect) { night, id in
            night.story.network.advance(days: 2)
            let before = night.story.network.now.advanced(byMilliseconds: -1)
            return NightStory.members(id, ["deadline": .string(before.description)])
        },
        row(.wrongState, "before it collects", \.advised, .settlementCommit),
        row(.paymentDue, "a payer owes", \.collecting, .settlementCommit),
        row(.wrongState, "after the commit", \.committed, .settlementAbort) {
            NightStory.members($1, ["reason": "error"])
        },
        row(.wrongState, "after a claim", \.collecting, .settlementAbort) { night, id in
            try night.claim(id, "nordwind")
            return NightStory.members(id, ["reason": "default"])
        },
        row(.wrongState, "before the commit", \.collecting, .settlementAcknowledge, by: "harbour") {
            NightStory.members($1, ["amount": 460])
        },
        row(.notAParty, "not paid yet", \.committed, .settlementAcknowledge, by: "harbour") {
            NightStory.members($1, ["amount": 460])
        },
        row(.alreadySigned, "twice", \.committed, .settlementAcknowledge, by: "harbour") {
            night,
            id in
            try night.payAll(id)
            let members = NightStory.members(id, ["amount": 460])
            try night.sign(.settlementAcknowledge, by: "harbour", members)
            return members
        },
        row(.paymentAmount, "another", \.committed, .settlementAcknowledge, by: "harbour") {
            night,
            id in
            try night.payAll(id)
            return NightStory.members(id, ["amount": 459])
        },
    ]

    private static let payments: [RejectionCase] = [
        row(.wrongState, "before it collects", \.advised, .settlementPaid) {
            NightStory.payment($1, "nordwind", "operator/settlement", 1)
        },
        row(.unknownPayment, "nothing to pay", \.collecting, .settlementPaid) {
            NightStory.payment($1, "cafe", "operator/settlement", 1)
        },
        row(.unknownPayment, "out before the commit", \.collecting, .settlementPaid) {
            NightStory.payment($1, "operator/settlement", "harbour", 1)
        },
        row(.unknownPayment, "in after the commit", \.committed, .settlementPaid) {
            NightStory.payment($1, "nordwind", "operator/settlement", 1)
        },
        row(.unknownPayment, "back to who did not pay", \.collecting, .settlementPaid) {
            night,
            id in
            try night.payAll(id)
            try night.act(.settlementAbort, id, ["reason": "error"])
            return NightStory.payment(id, "operator/settlement", "harbour", 1)
        },
        row(.unknownCurrency, "in another currency", \.collecting, .settlementPaid) {
            NightStory.payment($1, "nordwind", "operator/settlement", 1)
                .with("currency", "USD")
        },
        row(.paymentAmount, "more than is open", \.collecting, .settlementPaid) {
            NightStory.payment($1, "nordwind", "operator/settlement", 501)
        },
        row(.unknownPayment, "twice", \.committed, .settlementPaid) { night, id in
            try night.pay(id, "operator/settlement", "cafe")
            try night.pay(id, "operator/settlement", "harbour", 459)
            return NightStory.payment(id, "operator/settlement", "nordwind", 1)
        },
        row(.paymentAmount, "all of it twice", \.committed, .settlementPaid) { night, id in
            try night.pay(id, "operator/settlement", "cafe")
            return NightStory.payment(id, "operator/settlement", "cafe", 40)
        },
        row(.wrongAccount, "another account", \.committed, .settlementPaid) {
            NightStory.payment($1, "operator/settlement", "cafe", 40)
                .with("account", .string(Digest.zero.base64URL))
        },
        row(.wrongAccount, "a new account that does not hold yet", \.committed, .settlementPaid) {
            night,
            id in
            let text = night.story.network.account(of: "cafe")
            try night.story.takeApproved(text)
            let payload = try JSONValue(parsing: JWS(parsing: text).payload)
            return NightStory.payment(id, "operator/settlement", "cafe", 40)
                .with("account", payload["commitment"] ?? "")
        },
    ]

    private static let claims: [RejectionCase] = [
        row(.wrongState, "not collecting", \.advised, .claimOpen) {
            NightStory.members($1, ["debtor": "nordwind"])
        },
        row(.paymentAmount, "who owes nothing", \.collecting, .claimOpen) {
            NightStory.members($1, ["debtor": "cafe"])
        },
        row(.timeRange, "before the deadline", \.collecting, .claimOpen) {
            NightStory.members($1, ["debtor": "nordwind"])
        },
        row(.unknownPending, "no such claim", \.collecting, .claimRecover) { _, _ in
            NightStory.recovery(3, 1)
        },
        row(.paymentAmount, "more than was lost", \.collecting, .claimRecover) { night, id in
            NightStory.recovery(try night.claim(id, "nordwind"), 501)
        },
    ]
}
