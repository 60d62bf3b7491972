internal import KontorAPI
internal import Signing

/// Makes the tokens of a login: one for many reads until 80 % of its life is over, and a new one
/// with a `jti` for every POST (spec/19 §2).
///
/// It has no clock and no randomness of its own.
struct TokenBook: Sendable {
    private let login: Login
    private let ledger: Digest
    private var reading: (text: String, issuedAt: Int64)?

    init(_ login: Login, ledger: Digest) {
        self.login = login
        self.ledger = ledger
    }

    /// The token for reads at a moment, in seconds since 1970.
    mutating func readingToken(now: Int64) -> String {
        // A clock that was set back makes a new token as well.
        if let reading, now >= reading.issuedAt,
            now - reading.issuedAt < AccessToken.lifetimeSeconds * 4 / 5
        {
            return reading.text
        }
        let text = token(now, nil)
        reading = (text, now)
        return text
    }

    /// A token that serves once.
    func singleToken(now: Int64, random: UInt128) -> String {
        token(now, random.base64URL)
    }

    /// Forgets the token for reads, which the server did not take.
    mutating func forget() {
        reading = nil
    }

    private func token(_ now: Int64, _ identifier: String?) -> String {
        AccessToken(
            issuer: login.issuer,
            ledger: ledger,
            issuedAt: now,
            expiresAt: now + AccessToken.lifetimeSeconds,
            identifier: identifier
        ).signed(by: login.key)
    }
}
