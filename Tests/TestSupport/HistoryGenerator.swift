import Signing
import Ledger

/// Makes histories of a network from a seed: sense and nonsense, in an order that nobody would
/// think of.
///
/// It asks the twin what would be right, so that most entries are accepted, and then spoils some of
/// them. The test feeds each step to the twin and to the real ledger and compares.
public struct HistoryGenerator: Sendable {
    /// Who signs.
    public var network: Network
    /// The twin, as far as the history went.
    public var twin: NaiveLedger
    var random: RandomSource
    let partners: [String]
    var queue: [[UInt8]] = []
    var agreements: [(hash: Digest, terms: JSONValue)] = []
    var members: [String: [String]] = [:]
    var tokens: [String] = []
    var old: [[UInt8]] = []
    var rekeyings: [(partner: String, key: String, from: Timestamp)] = []
    var counter = 0
    private let hasNights: Bool

    /// A generator that goes on where a founded network stands; with nights rule set 2 comes up
    /// soon, and windows are closed under it.
    public init(
        seed: UInt64,
        network: Network,
        twin: NaiveLedger,
        partners: [String],
        nights: Bool = false
    ) {
        hasNights = nights
        self.network = network
        self.network.random = RandomSource(seed: seed)
        self.twin = twin
        self.partners = partners
        random = RandomSource(seed: seed &+ 77)
        tokens = (0..<3).map { _ in self.network.pseudonym() }
        if nights { beginNights() }
        for _ in 0..<4 { agree() }
    }

    /// The next submission; its ledger time is `network.now`.
    public mutating func next() -> [UInt8] {
        pass()
        if !queue.isEmpty { return queue.removeFirst() }
        let text = act()
        if random.chance(20) { old.append(text) }
        return text
    }

    /// Lets the twin judge a submission of now.
    public mutating func feed(_ text: [UInt8]) -> [String] {
        twin.apply(text, at: network.now, ledger: network.ledger)
    }

    private mutating func pass() {
        switch random.number(0...9) {
        case 0: network.advance(hours: random.number(1...60))
        case 1...3: network.advance(minutes: random.number(1...300))
        case 4...6: network.advance(milliseconds: random.number(0...90_000))
        default: break
        }
        for rekeying in rekeyings where rekeying.from <= network.now {
            network.signers[rekeying.partner] = rekeying.key
        }
        rekeyings.removeAll { $0.from <= network.now }
    }

    private mutating func act() -> [UInt8] {
        if hasNights, random.chance(40) { return night() }
        let isUnderRuleSet3 = twin.rules(at: twin.size) >= 3
        if !twin.nightsClosed.isEmpty, random.chance(isUnderRuleSet3 ? 60 : 8) {
            return reconciliation()
        }
        switch random.number(0...99) {
        case 0...49: return transfers()
        case 50...59: return settle()
        case 60...68: return reverse()
        case 69...71: return agreementEnd()
        case 72...74:
            agree()
            return queue.removeFirst()
        case 75...78: return pseudonyms()
        case 79...82: return money()
        case 83...85: return approve()
        case 86...92: return registry()
        case 93...95: return keys()
        case 96...97: return random.pick(old) ?? transfers()
        default: return reusedID()
        }
    }

    mutating func anyPartner() -> String { random.pick(partners) ?? "a" }

    /// Partners of rare mistakes: an operator, a stranger, or one that signs with the key of
    /// another.
    mutating func signer(_ right: String) -> String {
        random.chance(96) ? right : random.pick(partners + ["operator-a"]) ?? right
    }

    private mutating func approve() -> [UInt8] {
        let waiting = twin.pending.map(\.entry)
        return network.approve(
            random.pick(waiting) ?? 3,
            by: random.chance(80) ? "operator-b" : "operator-a"
        )
    }

    private mutating func money() -> [UInt8] {
        let subject = anyPartner()
        let currency = random.chance(80) ? "EUR" : "USD"
        switch random.number(0...4) {
        case 0:
            let cap = random.chance(60) ? random.number(0...3_000) : nil
            let percent = random.chance(40) ? random.number(50...300) : nil
            return network.limit(
                of: subject,
                currency: currency,
                netDebitCap: cap,
                coverPercent: percent
            )
        case 1:
            return network.cover(of: subject, amount: random.number(1...2_000), currency: currency)
        case 2:
            return network.cover(of: subject, amount: random.number(1...2_000), by: signer(subject))
        case 3:
            return network.cover(
                .coverRelease,
                of: subject,
                amount: random.number(1...1_500),
                currency: currency
            )
        default:
            return network.adjust(
                subject,
                owes: anyPartner(),
                amount: random.number(1...500),
                currency: currency
            )
        }
    }

    private mutating func registry() -> [UInt8] {
        let subject = anyPartner()
        switch random.number(0...11) {
        case 0...2: return network.suspend(subject)
        case 3...6: return network.act(.partnerReinstate, on: subject)
        case 7:
            return network.amend("\(subject)/points", status: random.chance(30) ? "closed" : "open")
        case 8:
            return network.policy(feePerItem: random.chance(70) ? (random.number(1...30), 4) : nil)
        case 9: return network.account(of: subject)
        case 10:
            return random.chance(15)
                ? network.act(.partnerClose, on: subject) : network.invite(subject)
        default: return network.define("\(subject)/extra", by: signer(subject))
        }
    }

    private mutating func keys() -> [UInt8] {
        let owner = anyPartner()
        counter += 1
        let name = "\(owner)#\(counter)"
        switch random.number(0...5) {
        case 0, 1:
            network.signers[owner] = random.chance(50) ? name : network.signers[owner]
            let use: KeyUse = random.chance(80) ? .entries : .access
            return network.addKey(name, use: use, for: owner, key: owner)
        case 2: return network.revokeKey(name, for: owner)
        case 3:
            let key = random.chance(50) ? "\(owner)#recovery" : nil
            return network.revokeKey(
                random.chance(50) ? owner : "\(owner)#\(counter - 1)",
                for: owner,
                key: key
            )
        case 4:
            return network.addKey(
                "\(owner)#recovery\(counter)",
                use: .recovery,
                for: owner,
                key: "\(owner)#recovery"
            )
        default:
            let from = network.now.advanced(byMilliseconds: 72 * 3_600_000)
            rekeyings.append((owner, name, from))
            return network.rekey(owner, suffix: "#\(counter)")
        }
    }

    private mutating func pseudonyms() -> [UInt8] {
        let (left, right) = (anyPartner(), anyPartner())
        let pair = NaiveLedger.pair(left, right)
        if random.chance(50) {
            let known = random.pick(members[pair] ?? []) ?? network.pseudonym()
            return network.closeMembers([known], with: right, by: left)
        }
        let list = [network.pseudonym(), network.pseudonym()]
        let text = network.openMembers(list, with: right, by: left)
        if left != right, random.chance(80) {
            queue.append(network.acceptMembers(Network.payloadDigest(text), by: signer(right)))
        }
        members[pair, default: []] += list
        return text
    }

    private mutating func reusedID() -> [UInt8] {
        let id = network.nextID()
        let owner = anyPartner()
        for name in ["one", "two"] {
            let program: JSONValue = ["program": .string("\(owner)/\(name)\(counter)"), "scale": 0]
            queue.append(network.sign(.programDefine, by: owner, program, id: id))
        }
        counter += 1
        return queue.removeFirst()
    }
}
