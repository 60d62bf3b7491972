internal import Money
internal import Settlement
internal import Signing

/// A settlement case in strict JSON (spec/21): obligations with sheets, or plain nets.
struct ExplainFile {
    /// What the file is about.
    enum Content {
        case settlement(SettlementCase)
        case nets(NetsCase)
    }

    let content: Content

    /// Reads a whole text; every fault names its place.
    init(parsing bytes: [UInt8]) throws(CaseFault) {
        let value: JSONValue
        do { value = try JSONValue(parsing: bytes) } catch { throw CaseFault(error, in: bytes) }
        guard value["nets"] == nil else {
            content = .nets(try Self.nets(value))
            return
        }
        let root = try CaseObject(
            value,
            at: "",
            members: [
                "note", "model", "settlementCurrency", "minimumPayment", "plan", "obligations",
                "sheets",
            ]
        )
        content = .settlement(try Self.settlement(root))
    }

    private static func nets(_ value: JSONValue) throws(CaseFault) -> NetsCase {
        let root = try CaseObject(
            value,
            at: "",
            members: ["note", "nets", "plan", "settlementCurrency"]
        )
        _ = try root.text("note")
        var dues: [PaymentPlan.Due] = []
        for (place, element) in try root.list("nets") ?? [] {
            let net = try CaseObject(element, at: place, members: ["participant", "net"])
            guard let amount = try net.integer("net") else {
                throw net.fault("net", "it is missing; state minor units, negative for a debtor")
            }
            dues.append(
                PaymentPlan.Due(participant: try net.name("participant"), minorUnits: amount)
            )
        }
        return NetsCase(
            dues: dues.sorted { $0.participant < $1.participant },
            mode: try root.choice("plan"),
            currency: try root.currency("settlementCurrency")
        )
    }

    private static func settlement(_ root: CaseObject) throws(CaseFault) -> SettlementCase {
        _ = try root.text("note")
        guard let currency = try root.currency("settlementCurrency") else {
            throw root.fault("settlementCurrency", "it is missing; name a currency, as EUR")
        }
        guard let obligations = try root.list("obligations") else {
            throw root.fault("obligations", "it is missing; list obligations, or nets instead")
        }
        let minimum = try root.integer("minimumPayment") ?? 0
        guard minimum >= 0 else {
            throw root.fault("minimumPayment", "it is negative; state minor units from 0")
        }
        var debts: [SettlementCase.Debt] = []
        for (place, element) in obligations {
            debts.append(try debt(element, at: place, in: currency))
        }
        let sheets = try root["sheets"].map { (value) throws(CaseFault) in
            try CaseObject(value, at: "sheets", members: ["provisional", "final"])
        }
        return SettlementCase(
            model: try root.choice("model") ?? .multilateral,
            currency: currency,
            minimumPayment: minimum,
            mode: try root.choice("plan") ?? .account,
            debts: debts,
            provisional: try sheet("provisional", of: sheets),
            final: try sheet("final", of: sheets)
        )
    }
}
