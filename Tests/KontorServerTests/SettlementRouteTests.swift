import Hummingbird
import HummingbirdTesting
import KontorAPI
import KontorEngine
import Ledger
import NIOCore
import Signing
import TestSupport
import Testing
import VerifiableLog

@testable import KontorServer

/// Settlements, windows and statements of a night that was advised (spec/19 §6.4).
struct SettlementRouteTests {
    private static let served = Result { try ServedLedger(night: true) }
    private static let path = "/v1/settlements/\(NetworkStory.night)"

    /// The answer to a role, as JSON.
    private func read(_ path: String, _ role: ServedLedger.Role) async throws -> JSONValue {
        let ledger = try Self.served.get()
        return try await ledger.application.test(.router) { client in
            let response = try await client.execute(
                uri: path,
                method: .get,
                headers: ledger.headers(role)
            )
            #expect(response.status == .ok, "\(role) \(path)")
            return try JSONValue(parsing: Array(response.body.readableBytesView))
        }
    }

    private func items(_ path: String, _ role: ServedLedger.Role) async throws -> [JSONValue] {
        try Page(parsing: try await read(path, role).text).items
    }

    @Test func participantsAloneSeeASettlement() async throws {
        for role in [ServedLedger.Role.nordwind, .harbour, .auditor, .networkOperator] {
            let list = try await items("/v1/settlements", role)
            #expect(list.count == 1, "\(role)")
            #expect(list[0]["settlement"] == .string(NetworkStory.night))
            #expect(list[0]["state"] == "advised")
            #expect(list[0]["next"] == "settlement.collect")
            #expect(list[0]["gross"] == "350")
            #expect(list[0]["objectionsEnd"] != nil)
        }
        #expect(try await items("/v1/settlements", .suedkauf).isEmpty)
        #expect(try await items("/v1/settlements", .nordwind)[0]["position"] == "-350")
        #expect(try await items("/v1/settlements", .auditor)[0]["position"] == nil)
    }

    @Test func legsAreThoseOfTheReader() async throws {
        let expected: [(ServedLedger.Role, [String])] = [
            (.nordwind, ["nordwind>operator/settlement"]),
            (.harbour, ["operator/settlement>harbour"]),
            (.auditor, ["nordwind>operator/settlement", "operator/settlement>harbour"]),
        ]
        for (role, names) in expected {
            guard case .array(let legs)? = try await read(Self.path, role)["legs"] else {
                Issue.record("\(role) sees no list of legs")
                continue
            }
            let found = legs.map { leg -> String in
                guard case .string(let payer)? = leg["payer"],
                    case .string(let payee)? = leg["payee"]
                else { return "" }
                return "\(payer)>\(payee)"
            }
            #expect(found == names, "\(role)")
        }
    }

    @Test func theSeedIsForOfficials() async throws {
        for role in [ServedLedger.Role.nordwind, .auditor] {
            let windows = try await items("/v1/windows", role)
            #expect(windows.map { $0["state"] } == ["fixed", "open"])
            #expect(windows.map { $0["window"] } == [1, 2])
            #expect(windows[0]["end"] == windows[1]["start"])
            #expect((windows[0]["seed"] != nil) == (role == .auditor))
        }
        #expect(try await items("/v1/fixings", .nordwind).isEmpty)
    }

    @Test func theStatementProvesItself() async throws {
        let own = try await read("\(Self.path)/statement", .harbour)
        let shown = try await read("\(Self.path)/statement?partner=harbour", .auditor)
        #expect(own == shown)
        guard case .string(let leaf)? = own["leaf"], case .string(let hash)? = own["leafHash"],
            case .string(let root)? = own["root"], case .array(let path)? = own["path"],
            case .integer(let index)? = own["index"], case .integer(let count)? = own["count"],
            case .array(let debts)? = own["debts"]
        else {
            Issue.record("a member is missing: \(own)")
            return
        }
        let found = MerkleHash.leaf(Array(leaf.utf8))
        #expect(found.base64URL == hash)
        let proof = InclusionProof(
            index: UInt64(index),
            size: UInt64(count),
            hashes: path.compactMap {
                guard case .string(let text) = $0 else { return nil }
                return Digest(text, as: .url)
            }
        )
        try proof.verify(leaf: found, root: try #require(Digest(root, as: .url)))
        #expect(leaf.split(separator: "\n").contains("harbour"))
        #expect(debts.count == 1 && debts[0]["amount"] == "350")
    }

    @Test func thereIsNoStatementOfWhatWasAborted() async throws {
        var ledger = try ServedLedger(night: true)
        let text = ledger.story.network.sign(
            .settlementAbort,
            by: "operator-a",
            ["settlement": .string(NetworkStory.night), "reason": "error"]
        )
        ledger.story.network.advance(seconds: 1)
        let approval = try ledger.story.network.approve(ledger.story.take(text))
        _ = try ledger.engine.submitAndWait([text, approval])
        let served = ledger
        try await served.application.test(.router) { client in
            for (path, status) in [("", 200), ("/statement", 404)] {
                let response = try await client.execute(
                    uri: Self.path + path,
                    method: .get,
                    headers: served.headers(.nordwind)
                )
                #expect(response.status.code == status, "\(String(buffer: response.body))")
            }
        }
    }
}
