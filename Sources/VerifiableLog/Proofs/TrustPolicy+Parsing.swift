extension TrustPolicy {
    /// Parses a policy file.
    ///
    /// Throws `policyMalformed` with the line at fault.
    ///
    /// Complexity: O(n²) of the definitions.
    public init(parsing bytes: [UInt8]) throws(LogError) {
        self.init(logs: [], witnesses: [], voters: [], quorum: nil)
        guard bytes.count <= LogLimits.fileByteCount else {
            throw Self.malformed(0, "the file is larger than 2000000 bytes")
        }
        guard bytes.last ?? 0x0a == 0x0a else {
            throw Self.malformed(0, "every line ends with a line feed")
        }
        var parser = Parser(policy: self)
        var lines = LineReader(bytes)
        while let line = lines.next() {
            parser.line += 1
            try parser.read(line)
        }
        guard parser.hasQuorum else {
            throw Self.malformed(parser.line, "there must be one quorum line")
        }
        self = parser.policy
    }

    fileprivate static func malformed(_ line: Int, _ reason: String) -> LogError {
        LogError(.policyMalformed, at: "trust policy, line \(line)", reason)
    }

    /// What is known after some lines.
    private struct Parser {
        var policy: TrustPolicy
        var line = 0
        var hasQuorum = false
        /// The name of each voter, by position.
        var names: [[UInt8]] = []
        /// Positions that a group uses already.
        var used: Set<Int> = []

        mutating func read(_ line: ArraySlice<UInt8>) throws(LogError) {
            let isLegal = line.allSatisfy { $0 == 0x09 || ($0 >= 0x20 && $0 != 0x7f) }
            guard isLegal else { throw malformed("tab is the only control character") }
            let words = line.split { $0 == 0x20 || $0 == 0x09 }.map(Array.init)
            guard let keyword = words.first, keyword.first != 0x23 else { return }
            switch String(decoding: keyword, as: UTF8.self) {
            case "log": try readLog(words)
            case "witness": try readWitness(words)
            case "group": try readGroup(words)
            case "quorum": try readQuorum(words)
            default: throw malformed("a line is log, witness, group, quorum or a # comment")
            }
        }

        private mutating func readLog(_ words: [[UInt8]]) throws(LogError) {
            guard (2...3).contains(words.count), policy.logs.count < LogLimits.policyMemberCount
            else { throw malformed("it is written log <vkey> [<url>]") }
            let key = try key(words[1])
            if case .cosignature = key.kind { throw malformed("this key is a witness's") }
            let isKnown = policy.logs.contains { $0.key.kind.keyBytes == key.kind.keyBytes }
            guard !isKnown else { throw malformed("this log key is listed before") }
            policy.logs.append(Log(key: key, url: words.count == 3 ? words[2] : nil))
        }

        private mutating func readWitness(_ words: [[UInt8]]) throws(LogError) {
            guard (3...4).contains(words.count),
                policy.witnesses.count < LogLimits.policyMemberCount
            else { throw malformed("it is written witness <name> <vkey> [<url>]") }
            let key = try key(words[2])
            if case .signature = key.kind { throw malformed("this key is a log's") }
            let isKnown = policy.witnesses.contains { $0.key.kind.keyBytes == key.kind.keyBytes }
            guard !isKnown else { throw malformed("this witness key is listed before") }
            try define(words[1], as: .witness(policy.witnesses.count))
            let url = words.count == 4 ? words[3] : nil
            policy.witnesses.append(Witness(name: words[1], key: key, url: url))
        }

        private mutating func readGroup(_ words: [[UInt8]]) throws(LogError) {
            let groupCount = policy.voters.count - policy.witnesses.count
            guard words.count >= 4, groupCount < LogLimits.policyMemberCount else {
                throw malformed("it is written group <name> all|any|<k> <member>...")
            }
            var members: [Int] = []
            for word in words[3...] {
                let position = try voter(word)
                guard used.insert(position).inserted else {
                    throw malformed("a member is used in one group only, and once")
                }
                members.append(position)
            }
            let threshold: UInt64
            switch String(decoding: words[2], as: UTF8.self) {
            case "any": threshold = 1
            case "all": threshold = UInt64(members.count)
            default: threshold = DecimalText.parse(words[2][...]) ?? 0
            }
            guard (1...UInt64(members.count)).contains(threshold) else {
                throw malformed("a threshold is all, any, or 1 to the number of members")
            }
            try define(words[1], as: .group(threshold: Int(threshold), members: members))
        }

        private mutating func readQuorum(_ words: [[UInt8]]) throws(LogError) {
            guard words.count == 2, !hasQuorum else {
                throw malformed("there is one quorum line, written quorum <name>|none")
            }
            hasQuorum = true
            guard !words[1].elementsEqual("none".utf8) else { return }
            policy.quorum = try voter(words[1])
        }

        private mutating func define(_ name: [UInt8], as voter: Voter) throws(LogError) {
            guard !names.contains(name), !name.elementsEqual("none".utf8) else {
                throw malformed("a name is defined once, and is not none")
            }
            names.append(name)
            policy.voters.append(voter)
        }

        private func voter(_ name: [UInt8]) throws(LogError) -> Int {
            guard let position = names.firstIndex(of: name) else {
                throw malformed("\(name[...].lossyText) is not defined on an earlier line")
            }
            return position
        }

        private func key(_ word: [UInt8]) throws(LogError) -> VerifierKey {
            guard let text = String(validating: word, as: UTF8.self) else {
                throw malformed("a key is UTF-8")
            }
            do {
                return try VerifierKey(parsing: text)
            } catch {
                throw malformed(error.description)
            }
        }

        private func malformed(_ reason: String) -> LogError {
            TrustPolicy.malformed(line, reason)
        }
    }
}
