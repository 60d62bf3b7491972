internal import ArgumentParser
internal import Foundation
internal import KontorEngine
internal import KontorStorage
internal import Ledger
internal import Signing
internal import VerifiableLog

/// `kontor init`: founds a ledger.
struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Found a ledger in a data directory.",
        discussion: """
            Writes ledger.db, log.key (secret), log.vkey, and a key file for each operator under keys/, then signs and \
            enters the genesis.

            Example: kontor init --data ledger --origin ledger.example/loyalty --operator north --operator south \
            --threshold 2
            """
    )

    @Option(help: "The directory to make.") var data: String
    @Option(help: "The name of the log: a URL without its scheme.") var origin: String
    @Option(name: .customLong("operator"), help: "An operator's slug; repeat for more.")
    var operators: [String] = []
    @Option(help: "How many operators an act of four eyes needs, 1 or 2.") var threshold: Int64 = 1
    @Option(name: .customLong("currency"), help: "A settlement currency; repeat for more.")
    var currencies = ["EUR", "USD", "GBP"]
    @Flag(help: "Print one JSON object.") var json = false

    func validate() throws {
        guard !operators.isEmpty else { throw ValidationError("name at least one --operator") }
    }

    func run() throws {
        let signer = try NoteSigner(name: origin, key: .generate(.ed25519))
        let keys = operators.map { ($0, PrivateKey.generate(.ed25519)) }
        let text = try genesis(signer, keys)
        // Judged in memory first, so that a refused genesis leaves no file behind.
        _ = try enter(text, into: MemoryLogStore(), signer)
        let store = try DataDirectory(path: data).create(signer: signer)
        try FileManager.default.createDirectory(
            atPath: data + "/keys",
            withIntermediateDirectories: true
        )
        for (name, key) in keys { try KeyFile.write(key, to: "\(data)/keys/\(name).jwk") }
        report(ledger: try enter(text, into: store, signer), signer.verifier)
    }

    private func enter(
        _ text: [UInt8],
        into store: any LogStore,
        _ signer: NoteSigner
    ) throws -> Digest {
        let engine = try Engine(store: store, signer: signer)
        let answers = try engine.submitAndWait([text])
        try engine.close()
        switch answers.first {
        case .accepted(let entry)?: return entry.leafHash
        case .refused(let refusal)?: throw refusal
        default: throw CommandError("the genesis was not entered; try again")
        }
    }

    private func genesis(_ signer: NoteSigner, _ keys: [(String, PrivateKey)]) throws -> [UInt8] {
        var draft = Draft(.genesis, in: .origin(origin), by: keys[0].0, id: try .now(), [:])
        let nonce =
            UInt128(UInt64.random(in: 0...UInt64.max)) << 64
            | UInt128(UInt64.random(in: 0...UInt64.max))
        let members: JSONValue = [
            "nonce": .string(nonce.base64URL), "logKey": .string(signer.verifier.text),
            "operators": .array(
                keys.map { name, key in
                    [
                        "operator": .string(name),
                        "keys": [draft.offer(key, use: .entries, owner: name)],
                    ]
                }
            ),
            "operatorThreshold": .integer(threshold), "rules": 1, "transferWindowSeconds": 259_200,
            "otherWindowSeconds": 2_592_000,
            "settlementCurrencies": .array(currencies.map { .string($0) }),
            "publicEntries": false,
        ]
        if case .object(let list) = members { draft.members = list }
        return draft.signed(by: keys[0].1)
    }

    private func report(ledger: Digest, _ verifier: VerifierKey) {
        if json {
            let value: JSONValue = [
                "ledger": .string(ledger.base64URL), "vkey": .string(verifier.text),
                "data": .string(data),
            ]
            return Console.print(value.text)
        }
        Console.print("ledger   \(ledger.base64URL)")
        Console.print("log key  \(verifier.text)")
        Console.print("files    \(data)/ledger.db log.vkey, and secret: log.key keys/")
        Console.print(
            "next     kontor sign --data \(data) --key \(data)/keys/\(operators[0]).jwk --partner \(operators[0]) …"
        )
    }
}
