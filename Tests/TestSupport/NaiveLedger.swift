public import Signing

/// The twin of the ledger's rules: slow, plain, written from the spec alone.
///
/// It keeps every item that ever was and adds everything up again for each question. It has no
/// caches and no journal, reads payloads by itself, and knows nothing of the types of the real one.
/// It expects well-formed payloads; refusals of the form of an entry are not its business.
public struct NaiveLedger: Sendable {
    /// A refusal by its code.
    struct Fault: Error {
        let code: String

        init(_ code: String) { self.code = code }
    }

    struct Key {
        let owner: String
        let use: String
        var holdsFrom: Timestamp?
        var holdsUntil: Timestamp?
        var addedAt: UInt64 = 0
        var revokedAt: UInt64?
    }

    struct Partner {
        let number: Int
        var state: String
        var region = "-"
        var accounts: [String] = []
        let invitedKey: String
    }

    struct Agreement {
        let hash: String
        let terms: JSONValue
        let acceptBy: Timestamp
        let supersedes: String?
        var signed: [String]
        let proposedAt: UInt64
        var boundAt: UInt64?
        var supersededFrom: Timestamp?
        var terminatedFrom: Timestamp?
    }

    struct Pending {
        let entry: UInt64
        let payload: JSONValue
        let lapses: Timestamp
    }

    struct Proposal {
        let digest: String
        let proposer: String
        let with: String
        let members: [String]
        let lapses: Timestamp
    }

    /// A submission with what its text says.
    struct Submission {
        let payload: JSONValue
        let digest: String
        let keyID: String
        var signer: String { payload.text("partner") }
        var kind: String { payload.text("kind") }
    }

    /// Where an entry stands.
    struct Place {
        let index: UInt64
        let time: Timestamp
    }

    /// A debt that is not of an item: a network fee or an adjustment.
    struct Debt {
        let pair: String
        let numerator: Int128
        /// What the account is for that it is added to (spec/20 §1).
        var purpose = ""
    }

    /// All money is counted in parts of a minor unit; prices of the generator divide it.
    static let parts: Int128 = 2_520_000
    static let week: Int64 = 7 * 86_400_000

    var ledger = ""
    var threshold: Int64 = 1
    var windows: (transfers: Int64, others: Int64) = (0, 0)
    var origin = ""
    /// The end of the record of the ledger.
    var header = ""
    var currencies: [String] = []
    var officials: [String: Bool] = [:]
    var partners: [String: Partner] = [:]
    var keys: [String: Key] = [:]
    var programs: [String: (scale: Int64, status: String)] = [:]
    var logKeys: [String] = []
    var agreements: [String: Agreement] = [:]
    var pending: [Pending] = []
    var proposals: [Proposal] = []
    var members: [String: String] = [:]
    var limits: [String: (cap: Int64?, percent: Int64?)] = [:]
    var policy: String?
    var covers: [String: Int64] = [:]
    var fee: (currency: String, numerator: Int128)?
    var lines: [Line] = []
    var debts: [Debt] = []
    var rules: Int64 = 1
    var nextRules: (rules: Int64, from: UInt64)?
    var calendars: [String: (cutoffs: [Timestamp], days: [String])] = [:]
    var plan = "account"
    /// Everything that was ever posted, and the entries that did so.
    var moves: [Move] = []
    var touches: [(entry: UInt64, agreement: String)] = []
    var nightsClosed: [Night] = []
    /// What was said about certificates, disputes and breaks, all of it.
    var words: [Word] = []
    /// By terms hash: units posted until the last close, and in the window of that close.
    var units: [String: (all: Int64, last: Int64)] = [:]
    /// The time of the last entry.
    var now = Timestamp.earliest
    private var submissions: [String: Submission] = [:]
    /// The number of entries that took effect.
    var size: UInt64 = 0

    /// The twin before the first entry.
    public init() {}

    /// Applies a text at a time in a ledger of an id; returns the codes of its faults, one for each
    /// faulty item.
    public mutating func apply(_ text: [UInt8], at time: Timestamp, ledger id: Digest) -> [String] {
        guard let jws = try? JWS(parsing: text), let payload = try? JSONValue(parsing: jws.payload)
        else {
            return ["MalformedJWS"]
        }
        let digest = DigestBuilder.digest(jws.payload).base64URL
        let submission = Submission(payload: payload, digest: digest, keyID: jws.keyID.base64URL)
        let name = submission.signer + " " + payload.text("id")
        if let known = submissions[name] {
            return known.digest == digest && known.keyID == submission.keyID ? [] : ["IdReused"]
        }
        if submission.kind == "genesis" { ledger = id.base64URL }
        var next = self
        let codes = next.judge(submission, Place(index: size, time: time))
        guard codes.isEmpty else { return codes }
        next.pending.removeAll { $0.lapses <= time }
        next.proposals.removeAll { $0.lapses <= time }
        next.submissions[name] = submission
        next.size += 1
        next.now = time
        self = next
        return []
    }

    private mutating func judge(_ submission: Submission, _ place: Place) -> [String] {
        do throws(Fault) {
            try checkEnvelope(submission, place)
            expireHolds(at: place.time)
            switch submission.kind {
            case "transfers": return try transfer(submission.payload, place)
            case "transfers.commit", "transfers.void": return settleHold(submission.payload, place)
            case "transfers.reverse": return reverse(submission.payload, place)
            default:
                try applyRare(submission, place)
                return []
            }
        } catch {
            return [error.code]
        }
    }

    private func checkEnvelope(_ submission: Submission, _ place: Place) throws(Fault) {
        if submission.kind == "genesis" { return }
        let payload = submission.payload
        if rules(at: place.index) < 2 {
            if submission.kind.hasPrefix("settlement.") { throw Fault("UnknownKind") }
            if submission.kind == "network.policy", payload["plan"] != nil {
                throw Fault("UnknownMember")
            }
        }
        if rules(at: place.index) < 3 {
            if Self.isOfRuleSet3(submission.kind) { throw Fault("UnknownKind") }
            if submission.kind == "adjustment.post",
                payload["dispute"] != nil || payload["break"] != nil
            {
                throw Fault("UnknownMember")
            }
        }
        guard payload.text("ledger") == ledger else { throw Fault("WrongLedger") }
        let window = submission.kind.hasPrefix("transfers") ? windows.transfers : windows.others
        let moment = UUIDv7(payload.text("id"))?.timestamp.milliseconds ?? 0
        guard moment >= place.time.milliseconds - window * 1_000,
            moment <= place.time.milliseconds + 60_000
        else { throw Fault("IdWindow") }
        if submission.kind == "partner.apply" { return }
        try checkKey(submission, place.time)
        try checkSigner(submission)
    }

    private func checkKey(_ submission: Submission, _ time: Timestamp) throws(Fault) {
        guard let key = keys[submission.keyID] else { throw Fault("UnknownKey") }
        if let moment = key.holdsFrom, moment > time { throw Fault("KeyNotYetValid") }
        if key.revokedAt != nil { throw Fault("KeyRevoked") }
        if let moment = key.holdsUntil, moment <= time { throw Fault("KeyRevoked") }
        let isKeyAct = submission.kind == "key.add" || submission.kind == "key.revoke"
        guard key.owner == submission.signer else { throw Fault("WrongSigner") }
        guard key.use == "entries" || key.use == "recovery" && isKeyAct else {
            throw Fault("WrongKeyUse")
        }
    }

    private func checkSigner(_ submission: Submission) throws(Fault) {
        let operatorsOnly = [
            "network.policy", "partner.invite", "operator.approve", "operator.add",
            "operator.remove", "partner.admit",
            "partner.suspend", "partner.reinstate", "partner.close", "partner.rekey", "limit.set",
            "cover.draw",
            "cover.release", "rules.activate", "calendar.publish", "settlement.close",
            "settlement.fix", "settlement.finalise",
        ]
        let both = ["key.add", "key.revoke", "cover.post"]
        if let isActive = officials[submission.signer] {
            guard operatorsOnly.contains(submission.kind) || both.contains(submission.kind) else {
                throw Fault("WrongSigner")
            }
            guard isActive else { throw Fault("SignerNotActive") }
            return
        }
        guard let partner = partners[submission.signer], !operatorsOnly.contains(submission.kind)
        else {
            throw Fault("WrongSigner")
        }
        guard ["active", "suspended"].contains(partner.state) else {
            throw Fault("SignerNotActive")
        }
    }
}

extension JSONValue {
    func text(_ name: String) -> String {
        if case .string(let text)? = self[name] { text } else { "" }
    }

    func number(_ name: String) -> Int64? {
        if case .integer(let number)? = self[name] { number } else { nil }
    }

    func list(_ name: String) -> [JSONValue] {
        if case .array(let list)? = self[name] { list } else { [] }
    }

    func flag(_ name: String) -> Bool {
        self[name] == .boolean(true)
    }

    func time(_ name: String) -> Timestamp? {
        if case .string(let text)? = self[name] { Timestamp(text) } else { nil }
    }

    var strings: [String] {
        guard case .array(let list) = self else { return [] }
        return list.compactMap { if case .string(let text) = $0 { text } else { nil } }
    }
}
