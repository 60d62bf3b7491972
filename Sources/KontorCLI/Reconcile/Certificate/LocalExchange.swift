internal import Formats

/// An exchange of two digests that one process has both of.
enum LocalExchange {
    /// What differs between our digest and another one.
    static func compare(_ own: BookDigest, _ other: BookDigest) throws -> DigestComparison {
        var caller = DigestCaller(own)
        var answerer = DigestAnswerer(other)
        var calls = caller.begin()
        var answers: [[UInt8]] = []
        while true {
            for line in calls { answers += try answerer.receive(line).lines }
            calls = []
            for line in answers {
                let step = try caller.receive(line)
                calls += step.lines
                if let result = step.result { return result }
            }
            answers = []
        }
    }
}
