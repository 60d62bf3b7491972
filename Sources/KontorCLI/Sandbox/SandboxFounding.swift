internal import Foundation
internal import KontorEngine
internal import Ledger
internal import Signing
internal import VerifiableLog

/// Makes the ledger of a sandbox: everything but the keys, ids and times is the same in each.
final class SandboxFounding {
    static let origin = "sandbox.kontor.example"
    static let operatorName = "operator-one"
    static let auditor = "auditor-one"
    static let partners: [(name: String, program: String, region: String)] = [
        ("nordwind", "nordwind/miles", "DE"), ("cafe-sol", "cafe-sol/beans", "ES"),
    ]

    private let directory: String
    private let signer: NoteSigner
    private let engine: Engine
    private var ledger = Digest.zero
    private var keys: [String: PrivateKey] = [:]

    init(directory: String) throws {
        self.directory = directory
        signer = try NoteSigner(name: Self.origin, key: .generate(.ed25519))
        let data = DataDirectory(path: Sandbox.dataDirectory(of: directory))
        engine = try Engine(store: try data.create(signer: signer), signer: signer)
        try FileManager.default.createDirectory(
            atPath: "\(directory)/keys",
            withIntermediateDirectories: true
        )
    }

    /// Makes it all, and answers what `sandbox.json` says of it.
    func run() throws -> JSONValue {
        do {
            let facts = try found()
            try engine.close()
            return facts
        } catch {
            try? engine.close()
            throw error
        }
    }

    private func found() throws -> JSONValue {
        try enterGenesis()
        try admitAuditor()
        for partner in Self.partners { try admit(partner.name, partner.program, partner.region) }
        let (one, other) = (Self.partners[0], Self.partners[1])
        let members = try openMembers(one.name, other.name)
        let there = SandboxTerms(
            debtor: one.name,
            creditor: other.name,
            from: one.program,
            to: other.program,
            ratio: (1, 2)
        )
        let back = SandboxTerms(
            debtor: other.name,
            creditor: one.name,
            from: other.program,
            to: one.program,
            ratio: (2, 1)
        )
        let agreements = try [there, back].map { ($0, try agree($0)) }
        try writeTransfer(agreements[0].1, members[0])
        return facts(agreements, members)
    }

    // MARK: Entries

    private func enterGenesis() throws {
        var draft = try draft(.genesis, by: Self.operatorName, in: .origin(Self.origin))
        let offers = try [KeyUse.entries, .access].map {
            try offer(in: draft, use: $0, owner: Self.operatorName)
        }
        draft.members = Self.members([
            "nonce": .string(Self.identifier("nonce").base64URL),
            "logKey": .string(signer.verifier.text),
            "operators": [["operator": .string(Self.operatorName), "keys": .array(offers)]],
            "operatorThreshold": 1, "rules": 1, "transferWindowSeconds": 259_200,
            "otherWindowSeconds": 2_592_000, "settlementCurrencies": ["EUR", "USD"],
            "publicEntries": false,
        ])
        ledger = try enter(draft).leafHash
    }

    private func admitAuditor() throws {
        var draft = try draft(.auditorAdmit, by: Self.operatorName)
        let key = try offer(in: draft, use: .access, owner: Self.auditor)
        draft.members = Self.members(["subject": .string(Self.auditor), "keys": [key]])
        try enter(draft)
    }

    private func admit(_ name: String, _ program: String, _ region: String) throws {
        let entriesKey = try makeKey(name, .entries)
        try enter(
            .partnerInvite,
            by: Self.operatorName,
            [
                "subject": .string(name),
                "thumbprint": .string(entriesKey.publicKey.thumbprint.base64URL),
            ]
        )
        var draft = try draft(.partnerApply, by: name)
        let offers = try [KeyUse.entries, .access, .recovery].map {
            try offer(in: draft, use: $0, owner: name)
        }
        draft.members = Self.members(["region": .string(region), "keys": .array(offers)])
        try enter(draft)
        try enter(.partnerAdmit, by: Self.operatorName, ["subject": .string(name)])
        try enter(.programDefine, by: name, ["program": .string(program), "scale": 0])
    }

    private func openMembers(_ one: String, _ other: String) throws -> [String] {
        let members = (1...4).map { Self.identifier("member \($0)").base64URL }
        let list = JSONValue.array(members.map { .string($0) })
        let proposal = try draft(.memberOpen, by: one, ["with": .string(other), "members": list])
        try enter(proposal)
        let digest = DigestBuilder.digest(proposal.payload).base64URL
        try enter(.memberOpen, by: other, ["accepts": .string(digest)])
        return members
    }

    private func agree(_ terms: SandboxTerms) throws -> Digest {
        let acceptBy = try UUIDv7.now().timestamp.advanced(byMilliseconds: 7 * 86_400_000)
        let proposal = try draft(
            .agreementPropose,
            by: terms.debtor,
            ["acceptBy": .string(acceptBy.description), "terms": terms.json]
        )
        try enter(proposal)
        let hash = DigestBuilder.digest(proposal.payload)
        try enter(
            .agreementAccept,
            by: terms.creditor,
            ["agreement": .string(hash.base64URL)]
        )
        return hash
    }

    // MARK: Files

    private func writeTransfer(_ terms: Digest, _ member: String) throws {
        let transfer: JSONValue = [
            "terms": .string(terms.base64URL),
            "items": [
                ["member": .string(member), "amount": 2_000, "debit": 2_000, "credit": 1_000]
            ],
        ]
        try Data(transfer.text + [0x0a]).write(
            to: URL(fileURLWithPath: "\(directory)/transfer.json")
        )
    }

    private func facts(_ agreements: [(SandboxTerms, Digest)], _ members: [String]) -> JSONValue {
        [
            "ledger": .string(ledger.base64URL), "origin": .string(Self.origin),
            "vkey": .string(signer.verifier.text),
            "data": .string(Sandbox.dataDirectory(of: directory)),
            "operator": keyFiles(of: Self.operatorName, [.entries, .access]),
            "auditor": keyFiles(of: Self.auditor, [.access]),
            "partners": .array(
                Self.partners.map { keyFiles(of: $0.name, [.entries, .access, .recovery]) }
            ),
            "agreements": .array(
                agreements.map { terms, hash in
                    [
                        "terms": .string(hash.base64URL), "debtor": .string(terms.debtor),
                        "creditor": .string(terms.creditor), "from": .string(terms.from),
                        "to": .string(terms.to),
                    ]
                }
            ),
            "members": .array(members.map { .string($0) }),
            "transfer": .string("\(directory)/transfer.json"),
        ]
    }

    private func keyFiles(of name: String, _ uses: [KeyUse]) -> JSONValue {
        .object(
            [JSONMember(name: "name", value: .string(name))]
                + uses.map {
                    JSONMember(name: "\($0.rawValue)Key", value: .string(keyFile(name, $0)))
                }
        )
    }

    private func keyFile(_ name: String, _ use: KeyUse) -> String {
        "\(directory)/keys/\(name)\(use == .entries ? "" : ".\(use.rawValue)").jwk"
    }

    // MARK: Signing

    private func makeKey(_ owner: String, _ use: KeyUse) throws -> PrivateKey {
        let path = keyFile(owner, use)
        if let key = keys[path] { return key }
        let key = PrivateKey.generate(.ed25519)
        try KeyFile.write(key, to: path)
        keys[path] = key
        return key
    }

    private func offer(in draft: Draft, use: KeyUse, owner: String) throws -> JSONValue {
        draft.offer(try makeKey(owner, use), use: use, owner: owner)
    }

    private func draft(
        _ kind: Kind,
        by name: String,
        _ members: JSONValue = [:],
        in place: PossessionProof.Place? = nil
    ) throws -> Draft {
        Draft(kind, in: place ?? .ledger(ledger), by: name, id: try .now(), members)
    }

    private func enter(_ kind: Kind, by name: String, _ members: JSONValue) throws {
        try enter(try draft(kind, by: name, members))
    }

    @discardableResult
    private func enter(_ draft: Draft) throws -> AcceptedEntry {
        let text = draft.signed(by: try makeKey(draft.signer, .entries))
        switch try engine.submitAndWait([text]).first {
        case .accepted(let entry)?: return entry
        case .refused(let refusal)?: throw refusal
        default: throw CommandError("\(directory): \(draft.kind.rawValue) was not entered")
        }
    }

    /// 128 bits that follow from a name, so that every sandbox has the same.
    private static func identifier(_ name: String) -> UInt128 {
        DigestBuilder.digest(Array("kontor sandbox \(name)".utf8)).bytes.prefix(16).reduce(0) {
            $0 << 8 | UInt128($1)
        }
    }

    private static func members(_ value: JSONValue) -> [JSONMember] {
        if case .object(let list) = value { list } else { [] }
    }
}
