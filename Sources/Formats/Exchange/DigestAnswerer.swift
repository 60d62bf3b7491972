internal import Signing

/// The side that is called: it shows the nodes that are asked for, and checks what the caller found
/// (spec/28 §2.3).
///
/// It keeps no list of what it was asked, and tells the name of a transfer only where the caller
/// asks for a single leaf. What the caller found, put into our own tree, must give the caller's
/// root; so the caller cannot hide a difference either.
public struct DigestAnswerer: DigestExchange {
    private let digest: BookDigest
    private let greeting: DigestGreeting
    private var counter = ExchangeCounter()
    private var caller: DigestGreeting?
    private var findings: [DigestMessage.Finding] = []
    private var isOver = false

    /// A side that waits for a call.
    public init(_ digest: BookDigest) {
        self.digest = digest
        greeting = DigestGreeting(digest)
    }

    /// Nothing: the caller speaks first.
    public mutating func begin() -> [[UInt8]] { [] }

    /// Takes a question.
    public mutating func receive(_ line: [UInt8]) throws(FormatError) -> ExchangeStep {
        let message = try counter.read(line)
        guard !isOver else { throw counter.notDue() }
        guard let caller else {
            guard case .call(let caller) = message else { throw counter.notDue() }
            return try answer(caller)
        }
        switch message {
        case .nodes(let places) where findings.isEmpty:
            guard places.allSatisfy({ digest.node(at: $0).kind == .inner }) else {
                throw counter.fault(.exchangeOrder, "it asks for a node that we have not")
            }
            return ExchangeStep([.children(places.flatMap { digest.children(of: $0) })])
        case .names(let places) where findings.isEmpty:
            return ExchangeStep([.leaves(try leaves(at: places))])
        case .differ(let findings):
            try take(findings)
            return ExchangeStep([])
        case .end(let count): return try end(count, caller)
        case .stop(let count) where findings.isEmpty && count > 0:
            isOver = true
            return ExchangeStep([], result: comparison(caller, [], Int(clamping: count)))
        default: throw counter.notDue()
        }
    }

    private mutating func answer(_ caller: DigestGreeting) throws(FormatError) -> ExchangeStep {
        try counter.check(greeting, caller)
        self.caller = caller
        isOver = greeting == caller
        return ExchangeStep(
            [.answer(greeting)],
            result: isOver ? comparison(caller, [], 0) : nil
        )
    }

    private func leaves(at places: [BookPrefix]) throws(FormatError) -> [DigestMessage.Leaf] {
        var leaves: [DigestMessage.Leaf] = []
        for place in places {
            let range = digest.leaves(under: place)
            guard range.count == 1, let leaf = range.first else {
                throw counter.fault(.exchangeOrder, "it asks for a leaf that we have not")
            }
            leaves.append(DigestMessage.Leaf(name: digest.names[leaf], hash: digest.hashes[leaf]))
        }
        return leaves
    }

    private mutating func take(_ new: [DigestMessage.Finding]) throws(FormatError) {
        for finding in new {
            let isInOrder = findings.last.map { $0.name < finding.name } ?? true
            guard isInOrder, digest.leafHash(of: finding.name) == finding.answerer else {
                throw counter.fault(.exchangeContradiction, "it tells of a leaf that is not ours")
            }
            guard findings.count < FormatLimits.exchangeDifferenceCount else {
                throw counter.fault(.exchangeLimit, "there are too many differences")
            }
            findings.append(finding)
        }
    }

    private mutating func end(
        _ count: UInt64,
        _ caller: DigestGreeting
    ) throws(FormatError) -> ExchangeStep {
        guard count == UInt64(findings.count), count > 0 else { throw counter.notDue() }
        let changes = findings.map { (name: $0.name, hash: $0.caller) }
        let changed = BookDigest(digest, changing: changes)
        guard changed.top == caller.top, UInt64(changed.count) == caller.count else {
            throw counter.fault(.exchangeContradiction, "what it found does not give its root")
        }
        isOver = true
        let differences = findings.map {
            DigestDifference(name: $0.name, own: $0.answerer, other: $0.caller)
        }
        return ExchangeStep(
            [.end(count)],
            result: comparison(caller, differences, differences.count)
        )
    }

    private func comparison(
        _ caller: DigestGreeting,
        _ differences: [DigestDifference],
        _ count: Int
    ) -> DigestComparison {
        DigestComparison(greeting, caller, differences: differences, differenceCount: count)
    }
}
