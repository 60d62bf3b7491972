internal import Foundation
internal import KontorAPI
public import Signing
internal import Synchronization
public import VerifiableLog

/// A client of one ledger that believes nothing but the log's verifier key.
///
///     let client = try KontorClient(url: "https://ledger.example", verifierKey: key)
///     let result = try await client.submit(jws)
///
/// Every receipt, entry, tile and refusal is verified before it is returned, and every checkpoint
/// must be consistent with the newest one in the memory; there is no way to skip that. What the
/// service computes from the log (lists, quotes) bears no proof, and is returned as it is said.
/// Errors are `ClientError`, or `CancellationError` of a cancelled task.
public final class KontorClient: Sendable {
    /// The verifier key of the log, whose name is the origin.
    public let verifierKey: VerifierKey
    /// The newest verified checkpoint.
    public let memory: CheckpointMemory
    /// The limits.
    public let limits: ClientLimits
    /// How requests are repeated.
    public let policy: RetryPolicy
    let transport: HTTPTransport
    let heads: Mutex<KnownHeads>
    let receipts: Mutex<ReceiptPlaces>
    private let login: Login?
    private let identity: Mutex<Digest?>
    private let tokens = Mutex<TokenBook?>(nil)

    /// A client of a server.
    ///
    /// Nothing is sent before the first call.
    ///
    /// - Parameters:
    ///   - url: such as `https://ledger.example:8440/loyalty`; http serves for loopback hosts only.
    ///   - verifierKey: the key of the log, from the operator or a witness, never from the server.
    ///   - memory: where the newest checkpoint is kept; a file survives the process.
    ///   - login: who reads; submitting needs none.
    ///   - ledger: the id of the ledger, or nil to take it from the log's own first leaf.
    ///   - policy: how requests are repeated.
    ///   - limits: the limits.
    ///   - trustRoots: a PEM file of the certificates to trust instead of the system's.
    /// - Throws: `address` for a URL that is neither https nor on a loopback host; `fork` or
    ///   `unverified` if the memory is of a forked log or of another one.
    public init(
        url: String,
        verifierKey: VerifierKey,
        memory: CheckpointMemory = CheckpointMemory(),
        login: Login? = nil,
        ledger: Digest? = nil,
        policy: RetryPolicy = RetryPolicy(),
        limits: ClientLimits = ClientLimits(),
        trustRoots: String? = nil
    ) throws(ClientError) {
        if let fork = memory.fork { throw fork.error }
        if let newest = memory.newest {
            _ = try ClientError.verifying { () throws(LogError) in
                try Checkpoint(opening: newest, logKey: verifierKey)
            }
        }
        let address = try ServerAddress(url)
        transport = HTTPTransport(address: address, limits: limits, trustRoots: trustRoots)
        self.verifierKey = verifierKey
        self.memory = memory
        self.login = login
        self.policy = policy
        self.limits = limits
        identity = Mutex(ledger)
        heads = Mutex(KnownHeads(limit: limits.rememberedCheckpointCount))
        receipts = Mutex(ReceiptPlaces(limit: limits.rememberedReceiptCount))
    }

    /// The address of the server without a slash at the end.
    public var url: String { transport.address.base }

    /// Who logs in, or nil.
    var issuer: String? { login?.issuer }

    /// The id of the ledger: the leaf hash of its first entry, authenticated by tiles.
    ///
    /// Throws `ClientError`; `problem` if the ledger has no entry yet.
    public func ledger() async throws -> Digest {
        if let known = identity.withLock({ $0 }) { return known }
        let found = try await tiles().leafHash(at: 0)
        identity.withLock { $0 = found }
        return found
    }

    /// The token that a request needs, or nil.
    func token(for request: APIRequest) async throws -> String? {
        switch request.authorization {
        case .none: return nil
        case .optional where login == nil: return nil
        default: break
        }
        guard let login else {
            throw ClientError(
                .login,
                at: request.path,
                "it is read by partners, auditors and operators; give the client a login"
            )
        }
        let ledger = try await ledger()
        let now = Self.secondsNow
        if case .once = request.authorization {
            let random = UInt128.random(in: 0...UInt128.max)
            return TokenBook(login, ledger: ledger).singleToken(now: now, random: random)
        }
        return tokens.withLock { book in
            var present = book ?? TokenBook(login, ledger: ledger)
            defer { book = present }
            return present.readingToken(now: now)
        }
    }

    /// Forgets a token that the server did not take.
    func forgetToken() {
        tokens.withLock { $0?.forget() }
    }

    /// The wall clock, for tokens alone.
    static var secondsNow: Int64 { Int64(Date().timeIntervalSince1970.rounded(.down)) }
}
