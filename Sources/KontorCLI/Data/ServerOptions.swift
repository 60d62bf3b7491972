internal import ArgumentParser
internal import Foundation
internal import KontorClient
internal import VerifiableLog

/// A server instead of a data directory, and who asks.
struct ServerOptions: ParsableArguments {
    @Option(help: "The address of a server, instead of --data.") var url: String?
    @Option(help: "With --url, an access key as a JWK in a file.") var key: String?
    @Option(help: "With --key, whose key it is; the name of --partner if absent.")
    var login: String?
    @Option(help: "With --url, a file that keeps the newest checkpoint from call to call.")
    var state: String?
    @Option(
        name: .customLong("trust-roots"),
        help: "With --url, a PEM file of certificates to trust instead of the system's."
    )
    var trustRoots: String?

    func validate() throws {
        guard url != nil || [key, login, state, trustRoots].allSatisfy({ $0 == nil }) else {
            throw ValidationError("--key, --login, --state and --trust-roots go with --url")
        }
        guard login == nil || key != nil else { throw ValidationError("--login goes with --key") }
    }

    /// Requires exactly one of a server and a data directory, and the log's key with a server.
    func require(insteadOf data: String?, vkey: String?) throws {
        guard (url != nil) != (data != nil) else {
            throw ValidationError("name exactly one of --data and --url")
        }
        guard url == nil || vkey != nil else {
            throw ValidationError(
                "with --url name the log's key by --vkey; ask the operator or a witness for it"
            )
        }
        guard url != nil || vkey == nil else { throw ValidationError("--vkey goes with --url") }
    }

    /// A client of the server, if one is named.
    func client(vkey: VerifierKey, partner: String? = nil) throws -> KontorClient? {
        guard let url else { return nil }
        var reader: Login?
        if let key {
            guard let issuer = login ?? partner else {
                throw CommandError("--key \(key): say whose key it is by --login or --partner")
            }
            reader = try Login(issuer: issuer, key: try KeyFile.read(key))
        }
        return try KontorClient(
            url: url,
            verifierKey: vkey,
            memory: try state.map { try CheckpointMemory(file: $0) } ?? CheckpointMemory(),
            login: reader,
            trustRoots: trustRoots
        )
    }
}
