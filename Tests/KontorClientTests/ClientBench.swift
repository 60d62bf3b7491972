import KontorClient
import Signing
import TestSupport
import Testing
import VerifiableLog

/// A policy that waits for almost nothing.
let quick = RetryPolicy(
    attemptCount: 3,
    firstWait: .milliseconds(1),
    longestWait: .milliseconds(2),
    totalTime: .seconds(20)
)

extension TrueLog {
    /// A client of a server that shows this log.
    func client(
        _ url: String,
        memory: CheckpointMemory = CheckpointMemory(),
        login: Bool = true,
        limits: ClientLimits = ClientLimits(),
        policy: RetryPolicy = quick
    ) throws -> KontorClient {
        try KontorClient(
            url: url,
            verifierKey: key,
            memory: memory,
            login: login ? Login(issuer: "nordwind", key: network.key("nordwind#access")) : nil,
            policy: policy,
            limits: limits
        )
    }
}

/// Requires that a body throws a client error of a code, and gives it.
@discardableResult
func expect(
    _ code: ClientError.Code,
    _ note: String = "",
    at location: SourceLocation = #_sourceLocation,
    _ body: () async throws -> Void
) async -> ClientError? {
    do {
        try await body()
        Issue.record("nothing was thrown; \(code) is due. \(note)", sourceLocation: location)
    } catch let error as ClientError {
        #expect(error.code == code, "\(note): \(error)", sourceLocation: location)
        return error
    } catch {
        Issue.record("\(error) was thrown; \(code) is due. \(note)", sourceLocation: location)
    }
    return nil
}
