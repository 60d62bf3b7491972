internal import KontorAPI
public import Signing
internal import VerifiableLog

extension KontorClient {
    /// The settlements that this login takes part in, objects of spec/19 §6.4.
    public func settlements() -> PullSequence<JSONValue> { pages("/v1/settlements") }

    /// The windows of all calendars, objects of spec/19 §6.4.
    public func windows() -> PullSequence<JSONValue> { pages("/v1/windows") }

    /// The last fixing, at most one object of spec/19 §6.4.
    public func fixings() -> PullSequence<JSONValue> { pages("/v1/fixings") }

    /// One settlement by its id, with the legs that this login may see, as the service says it: an
    /// object of spec/19 §6.4.
    public func settlement(_ id: String) async throws -> JSONValue {
        let request = APIRequest(path: try Self.path(of: id), limit: limits.answerByteCount)
        return try Self.json(try await perform(request).body, at: request.path)
    }

    /// The statement of a participant of a settlement, verified: its hash, its path to the root,
    /// and that root in the settlement's entry of the log.
    ///
    /// Without `partner` it is that of the login. Throws `unverified` for a statement that is not
    /// proven, and `problem` with `NotFound` where there is none for this login.
    public func statement(
        of id: String,
        partner: String? = nil
    ) async throws -> SettlementStatement {
        let path = try Self.path(of: id) + "/statement"
        guard let name = partner ?? issuer else {
            throw ClientError(.login, at: path, "give the client a login")
        }
        let request = APIRequest(
            path: path,
            query: partner.map { [("partner", $0)] } ?? [],
            limit: limits.pageByteCount
        )
        let value = try Self.json(try await perform(request).body, at: path)
        let statement = try SettlementStatement(claimed: value, of: id, for: name, at: path)
        try statement.requireCalculation(by: try await entry(at: statement.entry), at: path)
        return statement
    }

    /// Signs and submits the confirmation of a verified statement, as the participant itself.
    ///
    /// `key` is a registered key of use `entries`, and `id` new; to try again, take the same id.
    public func confirm(
        _ statement: SettlementStatement,
        id: UUIDv7,
        key: PrivateKey
    ) async throws -> SubmissionResult {
        let payload: JSONValue = [
            "ledger": .string(try await ledger().base64URL), "kind": "settlement.confirm",
            "partner": .string(statement.partner), "id": .string(id.description),
            "settlement": .string(statement.settlement),
            "leaf": .string(statement.leafHash.base64URL),
        ]
        return try await submit(
            JWS(signing: payload.text, type: JWS.entryType, with: key).compact
        )
    }

    /// The path of a settlement.
    ///
    /// Throws `submission` for a text that is no id.
    private static func path(of id: String) throws(ClientError) -> String {
        let parts = id.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 5, parts.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." }) else {
            throw ClientError(
                .submission,
                at: "settlement",
                "\(id.prefix(120)) is no id; it is written like target/12/multilateral/EUR/1"
            )
        }
        return "/v1/settlements/"
            + parts.map { ServerAddress.escape(String($0)) }.joined(separator: "/")
    }
}
