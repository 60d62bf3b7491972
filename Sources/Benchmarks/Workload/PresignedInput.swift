internal import Dispatch
internal import KontorEngine
internal import Ledger
internal import Signing
internal import Synchronization

/// Files of submissions that were signed before anything is timed: one compact JWS in a line.
struct PresignedInput: Sendable {
    let network: BenchmarkNetwork
    /// Members that are opened, over all pairs.
    let members: Int

    init(members: Int) throws {
        network = try BenchmarkNetwork()
        self.members = max(BenchmarkNetwork.partnerCount, members)
    }

    private var membersOfPair: Int { members / BenchmarkNetwork.partnerCount }

    /// Writes the founding of the network and the opening of all members.
    func writeFounding(to path: String) throws {
        let file = try LineWriter(path: path)
        try file.append([network.genesis] + network.founding())
        let lists = (0..<BenchmarkNetwork.partnerCount).flatMap { pair in
            stride(from: 0, to: membersOfPair, by: Limits.membersPerEntry).map { (pair, $0) }
        }
        try write(lists.count, to: file) { number in try opening(number, of: lists[number]) }
    }

    /// Writes transfers of so many items, each entry with so many of them.
    func writeTransfers(items: Int, perEntry: Int, to path: String) throws {
        let file = try LineWriter(path: path)
        let hashes = try (0..<BenchmarkNetwork.partnerCount).map {
            try network.terms(of: $0).base64URL
        }
        try write(items / perEntry, to: file) { number in
            let debtor = number % BenchmarkNetwork.partnerCount
            let id = try BenchmarkNetwork.id(6 + UInt64(perEntry), number)
            let payload = payload(id, debtor, hashes[debtor], first: number * perEntry, perEntry)
            return [
                JWS(signing: payload, type: JWS.entryType, with: network.key(of: debtor)).compact
            ]
        }
    }

    private func opening(_ number: Int, of list: (pair: Int, start: Int)) throws -> [[UInt8]] {
        let end = min(membersOfPair, list.start + Limits.membersPerEntry)
        let creditor = (list.pair + 1) % BenchmarkNetwork.partnerCount
        let proposal = network.draft(
            .memberOpen,
            list.pair,
            try BenchmarkNetwork.id(5, 2 * number),
            [
                "with": .string(BenchmarkNetwork.name(creditor)),
                "members": .array(
                    (list.start..<end).map { .string(member($0, list.pair).base64URL) }
                ),
            ]
        )
        let digest = DigestBuilder.digest(proposal.payload).base64URL
        let id = try BenchmarkNetwork.id(5, 2 * number + 1)
        let acceptance = network.draft(.memberOpen, creditor, id, ["accepts": .string(digest)])
        return [
            proposal.signed(by: network.key(of: list.pair)),
            acceptance.signed(by: network.key(of: creditor)),
        ]
    }

    private func member(_ number: Int, _ pair: Int) -> UInt128 {
        SplitMix.identifier(UInt64(1_000 + pair), number)
    }

    private func payload(
        _ id: UUIDv7,
        _ debtor: Int,
        _ terms: String,
        first: Int,
        _ count: Int
    ) -> [UInt8] {
        var text = "{\"ledger\":\"\(network.ledger.base64URL)\",\"kind\":\"transfers\""
        text += ",\"partner\":\"\(BenchmarkNetwork.name(debtor))\",\"id\":\"\(id)\""
        text += ",\"terms\":\"\(terms)\",\"items\":["
        for number in first..<first + count {
            var source = SplitMix(seed: UInt64(number))
            let member = Int(source.next() % UInt64(membersOfPair))
            let amount = BenchmarkTerms.minimum + Int64(source.next() % 118_000)
            let result = BenchmarkTerms.result(of: amount)
            let token = SplitMix.identifier(UInt64(2_000 + debtor), member).base64URL
            text += number == first ? "{" : ",{"
            text += "\"member\":\"\(self.member(member, debtor).base64URL)\",\"amount\":\(amount)"
            text += ",\"debit\":\(result.debit),\"credit\":\(result.credit)"
            if result.bonus > 0 { text += ",\"bonus\":\(result.bonus)" }
            text += ",\"counters\":[{\"group\":\"monthly\",\"token\":\"\(token)\"}]}"
        }
        return Array(text.utf8) + Array("]}".utf8)
    }

    /// Makes texts on all cores and writes them in their order.
    private func write(
        _ count: Int,
        to file: LineWriter,
        _ make: @Sendable (Int) throws -> [[UInt8]]
    ) throws {
        let part = 64
        for start in stride(from: 0, to: count, by: 16 * part) {
            let end = min(count, start + 16 * part)
            let parts = Mutex<[Int: [[UInt8]]]>([:])
            let failure = Mutex<(any Error)?>(nil)
            DispatchQueue.concurrentPerform(iterations: (end - start + part - 1) / part) { index in
                do {
                    let from = start + index * part
                    let texts = try (from..<min(end, from + part)).flatMap(make)
                    parts.withLock { $0[index] = texts }
                } catch {
                    failure.withLock { $0 = error }
                }
            }
            if let error = failure.withLock({ $0 }) { throw error }
            let texts = parts.withLock { $0 }
            for index in 0..<texts.count { try file.append(texts[index] ?? []) }
        }
        try file.close()
    }
}
