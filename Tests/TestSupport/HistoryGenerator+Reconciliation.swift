import Ledger
import Signing

/// Reconciliation: certificates of closed windows, disputes and their ladder, and adjustments that
/// mend breaks, mostly right.
extension HistoryGenerator {
    /// Something of reconciliation, by debtor or creditor of some agreement.
    mutating func reconciliation() -> [UInt8] {
        guard let agreement = random.pick(agreements) else {
            return network.policy(feePerItem: nil)
        }
        let sides = [agreement.terms.text("debtor"), agreement.terms.text("creditor")]
        let one = signer(random.pick(sides) ?? "a")
        let other = random.chance(95) ? sides.first { $0 != one } ?? one : anyPartner()
        switch random.number(0...9) {
        case 0...3: return certify(one, with: other)
        case 4: return dispute(agreement.hash, by: one)
        case 5: return mend(agreement.hash, one, other)
        default: return argue() ?? dispute(agreement.hash, by: one)
        }
    }

    /// What the other partner of a half certificate has to sign, mostly.
    private mutating func completion() -> [UInt8]? {
        guard random.chance(50), let half = random.pick(twin.halfCertificates) else { return nil }
        let signer = signer(half.payload.text("with"))
        let books = Network.digest(of: "books of \(signer)").base64URL
        return network.sign(
            .reconciliationCertify,
            by: signer,
            [
                "with": .string(half.signer), "calendar": half.payload["calendar"] ?? "",
                "window": half.payload["window"] ?? 0, "root": half.payload["root"] ?? "",
                "count": half.payload["count"] ?? 0, "sums": half.payload["sums"] ?? [],
                "books": random.chance(90) ? .string(books) : half.payload["books"] ?? "",
            ]
        )
    }

    private mutating func certify(_ one: String, with other: String) -> [UInt8] {
        if let text = completion() { return text }
        let window = anyWindow()
        let name = "\([one, other].sorted()) \(window) \(random.chance(85) ? 0 : 1)"
        let programs = ["\(one)/points", "\(other)/points"].sorted()
        let sums = random.chance(15) ? [] : programs.map { Network.sum($0, debit: window) }
        return network.certify(
            window: window,
            with: other,
            by: one,
            root: name,
            count: random.chance(95) ? 2 : 3,
            sums: one == other ? [] : sums,
            books: "books of \(random.chance(90) ? one : other)"
        )
    }

    private mutating func anyWindow() -> Int64 {
        let closed = Int64(max(1, twin.nightsClosed.count))
        return random.chance(90) ? random.number(1...closed) : closed + 1
    }

    private mutating func dispute(_ agreement: Digest, by opener: String) -> [UInt8] {
        network.dispute(
            agreement,
            window: anyWindow(),
            about: "break \(random.number(0...5))",
            amount: random.number(1...90),
            reason: random.pick(DisputeReason.allCases.map(\.rawValue)) ?? "amount",
            by: opener
        )
    }

    private mutating func mend(_ agreement: Digest, _ one: String, _ other: String) -> [UInt8] {
        network.adjust(
            one,
            owes: other,
            amount: random.number(1...90),
            agreement: agreement,
            mending: "break \(random.number(0...9))"
        )
    }

    /// What may happen to a dispute next, mostly one that is not over.
    private mutating func argue() -> [UInt8]? {
        let open = twin.quarrels.filter { !["adjusted", "withdrawn"].contains($0.state) }
        guard let quarrel = random.pick(random.chance(90) ? open : twin.quarrels) else {
            return nil
        }
        let entry = random.chance(97) ? quarrel.opening.entry : quarrel.opening.entry + 1
        let opener = signer(quarrel.opening.signer)
        let respondent = signer(quarrel.respondent)
        switch quarrel.state {
        case "open" where random.chance(75): return network.reject(entry, by: respondent)
        case "rejected" where random.chance(75):
            let amount = max(1, quarrel.amount - random.number(-1...5))
            return network.restate(entry, amount: amount, by: opener)
        case let state where ["accepted", "arbitration"].contains(state) && random.chance(70):
            return adjust(quarrel, entry, by: respondent)
        default:
            return random.chance(75)
                ? network.acceptDispute(entry, by: respondent)
                : network.withdrawDispute(entry, by: opener)
        }
    }

    private mutating func adjust(
        _ quarrel: NaiveLedger.Quarrel,
        _ entry: UInt64,
        by respondent: String
    ) -> [UInt8] {
        let left = max(1, quarrel.amount - quarrel.adjusted)
        let amount = random.chance(50) ? left : random.number(1...left + 1)
        let hash = Digest(quarrel.opening.payload.text("agreement"), as: .url) ?? .zero
        return network.adjust(
            respondent,
            owes: random.chance(95) ? quarrel.opening.signer : anyPartner(),
            amount: amount,
            currency: random.chance(95) ? quarrel.currency : "USD",
            agreement: random.chance(95) ? hash : random.pick(agreements)?.hash ?? hash,
            dispute: entry
        )
    }
}
