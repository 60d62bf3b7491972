internal import ArgumentParser
internal import Foundation
internal import KontorStorage
internal import Ledger
internal import Signing

/// `kontor sign`: makes a submission of the members of a kind.
struct SignCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign",
        abstract: "Sign the members of an entry as a partner or an operator, and print the JWS.",
        discussion: """
            Reads a JSON object with the members of the kind (from --members or standard input), adds ledger, kind, \
            partner and a new id, and signs. --offer adds keys with proofs of possession, where a \
            kind takes some.

            Example: echo '{"agreement":"…"}' | kontor sign --data ledger --kind agreement.accept \
            --partner nordwind --key nordwind.jwk
            """
    )

    @Option(help: "The signer's key file.") var key: String
    @Option(help: "The kind of entry.") var kind: String
    @Option(help: "The signer's slug.") var partner: String
    @Option(help: "The ledger's id; with --data it is read from there.") var ledger: String?
    @Option(help: "The ledger's data directory.") var data: String?
    @Option(help: "A file with the members; standard input if absent, {} for none.") var members:
        String?
    @Option(help: "use=FILE: a key to offer; repeat for more.") var offer: [String] = []
    @Option(help: "Whose keys are offered, if not the signer's.") var owner: String?
    @Option(help: "The id to use, if not a new one.") var id: String?

    func run() throws {
        guard let kind = Kind(rawValue: kind), kind != .genesis else {
            let kinds = Kind.allCases.map(\.rawValue).filter { $0 != "genesis" }.joined(
                separator: " "
            )
            throw ValidationError("--kind is one of: \(kinds)")
        }
        let place = try readLedger()
        var draft = Draft(
            kind,
            in: .ledger(place),
            by: partner,
            id: try readID(),
            try readMembers()
        )
        try addOffers(&draft, kind)
        Console.print(draft.signed(by: try KeyFile.read(key)))
    }

    private func readID() throws -> UUIDv7 {
        guard let id else { return try .now() }
        guard let value = UUIDv7(id) else {
            throw ValidationError("--id is a lower-case UUID of version 7")
        }
        return value
    }

    private func readLedger() throws -> Digest {
        if let ledger {
            guard let digest = Digest(ledger, as: .url) else {
                throw ValidationError("--ledger is 43 characters of base64url")
            }
            return digest
        }
        guard let data else { throw ValidationError("name the ledger by --ledger or --data") }
        let store = try DataDirectory(path: data).openStore()
        defer { try? store.close() }
        return try LedgerReader(store: store).ledger()
    }

    private func readMembers() throws -> JSONValue {
        let bytes: [UInt8]
        if members == "{}" {
            bytes = Array("{}".utf8)
        } else if let members, members != "-" {
            bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: members)))
        } else if members == nil, !offer.isEmpty, isatty(STDIN_FILENO) == 1 {
            bytes = Array("{}".utf8)
        } else {
            bytes = [UInt8](FileHandle.standardInput.readDataToEndOfFile())
        }
        let value: JSONValue
        do { value = try JSONValue(parsing: bytes) } catch {
            throw CommandError(
                "\(members ?? "standard input"): not strict JSON, \(error.reason.rawValue) at byte \(error.offset)"
            )
        }
        guard case .object(let list) = value else {
            throw CommandError(
                "\(members ?? "standard input"): the members of an entry are one JSON object"
            )
        }
        let taken = ["ledger", "kind", "partner", "id"] + (offer.isEmpty ? [] : ["keys", "add"])
        for member in list where taken.contains(member.name) {
            throw CommandError(
                "\(members ?? "standard input"): \(member.name) is added by kontor sign; leave it out"
            )
        }
        return value
    }

    private func addOffers(_ draft: inout Draft, _ kind: Kind) throws {
        guard !offer.isEmpty else { return }
        var offers: [JSONValue] = []
        for text in offer {
            let parts = text.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, let use = KeyUse(rawValue: String(parts[0])) else {
                throw ValidationError("--offer is entries=FILE, access=FILE or recovery=FILE")
            }
            offers.append(
                draft.offer(try KeyFile.read(String(parts[1])), use: use, owner: owner ?? partner)
            )
        }
        if kind == .keyAdd {
            guard offers.count == 1 else {
                throw ValidationError("key.add takes exactly one --offer")
            }
            draft.members.append(JSONMember(name: "add", value: offers[0]))
        } else {
            draft.members.append(JSONMember(name: "keys", value: .array(offers)))
        }
    }
}
