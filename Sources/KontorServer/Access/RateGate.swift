internal import Dispatch
internal import KontorAPI
internal import Synchronization

/// Requests and submissions a second: per address before a login is known, per partner after it.
final class RateGate: Sendable {
    private let addresses: Buckets
    private let partners: Buckets
    private let signers: Buckets

    init(_ limits: Limits) {
        addresses = Buckets(perSecond: limits.requestsPerSecondPerAddress)
        partners = Buckets(perSecond: limits.requestsPerSecondPerPartner)
        signers = Buckets(perSecond: limits.submissionsPerSecondPerPartner)
    }

    /// Counts a request of an address.
    func requireAddress(_ address: String) throws(HTTPProblem) {
        try require(addresses.take(1, of: address), "this address sends too many requests")
    }

    /// Counts a request of a login.
    func requirePartner(_ name: String) throws(HTTPProblem) {
        try require(partners.take(1, of: name), "this login sends too many requests")
    }

    /// Counts a submission of a signer; nil, or after how many seconds to try again.
    func submissionDelay(of signer: String) -> Int? {
        signers.take(1, of: signer).map { Int($0.rounded(.up)) }
    }

    private func require(_ delay: Double?, _ detail: String) throws(HTTPProblem) {
        guard let delay else { return }
        throw HTTPProblem(.tooManyRequests, detail, retryAfter: Int(delay.rounded(.up)))
    }

    /// Buckets by name; full ones are forgotten, so that there are no more than busy names.
    private final class Buckets: Sendable {
        private static let limit = 65_536
        private let perSecond: Int
        private let buckets = Mutex<[String: TokenBucket]>([:])

        init(perSecond: Int) {
            self.perSecond = perSecond
        }

        func take(_ count: Int, of name: String) -> Double? {
            let now = DispatchTime.now().uptimeNanoseconds
            return buckets.withLock { buckets in
                if buckets.count >= Self.limit {
                    buckets = buckets.filter { !$0.value.isFull(now: now) }
                }
                return buckets[name, default: TokenBucket(perSecond: perSecond, now: now)]
                    .take(count, now: now)
            }
        }
    }
}
