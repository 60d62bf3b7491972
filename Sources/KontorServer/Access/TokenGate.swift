internal import KontorAPI
internal import KontorEngine
internal import Ledger
internal import Signing
internal import Synchronization

/// Reads and verifies access tokens (spec/19 §2).
///
/// A token that was verified is remembered until it ends, so that the many requests of one token
/// cost one signature. Whether its key still holds is asked every time.
final class TokenGate: Sendable {
    private static let rememberedTokens = 16_384
    private static let usedLimit = 262_144
    private let engine: Engine
    private let memory = Mutex(Memory())
    /// What served once before this moment is not known any more.
    private let startedAt: Int64
    private let skew: Int64

    private struct Memory: Sendable {
        var tokens: [String: Verified] = [:]
        /// `iss jti` of tokens that served, with the second after which they are void anyway.
        var used: [String: Int64] = [:]
        var usedSweepAt: Int64 = 0
    }

    private struct Verified: Sendable {
        let token: AccessToken
        let jws: JWS
    }

    init(engine: Engine, skewSeconds: Int) {
        self.engine = engine
        skew = Int64(skewSeconds)
        startedAt = engine.seconds
    }

    /// The login of an `Authorization` header.
    ///
    /// `servesOnce` asks for a `jti` that was not used before. Throws one of the `Token…` problems.
    func login(_ header: String?, servesOnce: Bool) throws(HTTPProblem) -> Login {
        let text = try Self.token(header)
        let now = engine.seconds
        do throws(Problem) {
            let verified = try verified(text, now)
            let reader = try reader(of: verified, now)
            if servesOnce { try use(verified.token, now) }
            return Login(
                reader: reader,
                keyID: verified.jws.keyID,
                expiresAt: verified.token.expiresAt
            )
        } catch {
            throw HTTPProblem(error)
        }
    }

    private static func token(_ header: String?) throws(HTTPProblem) -> String {
        guard let header else {
            throw HTTPProblem(Problem(.tokenMissing, at: "Authorization", "there is none"))
        }
        let parts = header.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].lowercased() == "bearer",
            parts[1].utf8.count <= AccessToken.byteLimit
        else {
            throw HTTPProblem(
                Problem(.tokenMalformed, at: "Authorization", "it reads Bearer and a token")
            )
        }
        return String(parts[1])
    }

    private func verified(_ text: String, _ now: Int64) throws(Problem) -> Verified {
        guard let ledger = engine.ledger else {
            throw Problem(.ledgerEmpty, "it has no genesis")
        }
        let known = memory.withLock { $0.tokens[text] }
        if let known {
            try known.token.check(ledger: ledger, now: now, skew: skew)
            return known
        }
        let verified = try Self.read(text)
        try verified.token.check(ledger: ledger, now: now, skew: skew)
        try verify(verified)
        remember(text, verified, now)
        return verified
    }

    /// What a token says; its signature is not looked at.
    private static func read(_ text: String) throws(Problem) -> Verified {
        let jws: JWS
        do { jws = try JWS(parsing: Array(text.utf8), type: AccessToken.type) } catch {
            throw Problem(.tokenMalformed, at: "Authorization", error.description)
        }
        do throws(APIError) {
            return Verified(token: try AccessToken(payload: jws.payload), jws: jws)
        } catch {
            throw Problem(.tokenMalformed, at: error.place, error.reason)
        }
    }

    private func verify(_ verified: Verified) throws(Problem) {
        guard let access = engine.access(of: verified.jws.keyID) else { throw Self.unknownKey }
        do { try verified.jws.verify(with: access.key) } catch {
            throw Problem(.tokenSignature, at: "Authorization", error.description)
        }
    }

    private static var unknownKey: Problem {
        Problem(.tokenUnknownKey, at: "kid", "this key is not one of use access that holds")
    }

    private func reader(of verified: Verified, _ now: Int64) throws(Problem) -> Reader {
        let moment = Timestamp(milliseconds: now * 1_000)
        guard let reader = engine.reader(of: verified.jws.keyID, at: moment) else {
            throw Self.unknownKey
        }
        guard reader.name.hasSameBytes(as: verified.token.issuer) else {
            throw Problem(.tokenUnknownKey, at: "iss", "the key belongs to another")
        }
        return reader
    }

    private func remember(_ text: String, _ verified: Verified, _ now: Int64) {
        memory.withLock { memory in
            if memory.tokens.count >= Self.rememberedTokens {
                let limit = now - skew
                memory.tokens = memory.tokens.filter { $0.value.token.expiresAt > limit }
                if memory.tokens.count >= Self.rememberedTokens { memory.tokens = [:] }
            }
            memory.tokens[text] = verified
        }
    }

    private func use(_ token: AccessToken, _ now: Int64) throws(Problem) {
        guard let identifier = token.identifier else {
            throw Problem(.tokenMalformed, at: "jti", "a POST or DELETE needs one")
        }
        guard token.issuedAt >= startedAt else {
            throw Problem(.tokenReplayed, at: "iat", "it was made before this server started")
        }
        let name = "\(token.issuer) \(identifier)"
        let fault = memory.withLock { memory -> Problem? in
            if memory.usedSweepAt <= now {
                memory.used = memory.used.filter { $0.value >= now }
                memory.usedSweepAt = now + 10
            }
            guard memory.used[name] == nil else {
                return Problem(.tokenReplayed, at: "jti", "it served before")
            }
            guard memory.used.count < Self.usedLimit else {
                return Problem(.tooManyRequests, at: "jti", "too many tokens were used at once")
            }
            memory.used[name] = token.expiresAt + skew
            return nil
        }
        if let fault { throw fault }
    }
}

extension Engine {
    /// The present moment in whole seconds since 1970; a clock that jumped stands still.
    var seconds: Int64 { ((try? now()) ?? read { $0.time }).milliseconds / 1_000 }
}
