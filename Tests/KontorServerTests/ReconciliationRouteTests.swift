import Hummingbird
import HummingbirdTesting
import KontorAPI
import KontorEngine
import Ledger
import NIOCore
import Signing
import TestSupport
import Testing

@testable import KontorServer

/// Certificates and disputes over HTTP (spec/19 §6.4).
struct ReconciliationRouteTests {
    /// A ledger with a closed window, which nordwind certified, and two disputes of it.
    private static let served = Result { try disputed() }

    private static func disputed() throws -> ServedLedger {
        var ledger = try ServedLedger(night: true)
        let terms = ledger.terms
        let next = ledger.size + 1
        try ledger.submit { $0.activate(3, from: next) }
        try ledger.submit {
            $0.certify(
                with: "harbour",
                by: "nordwind",
                count: 2,
                sums: [Network.sum("harbour/points", credit: 350, reversedCredit: 7)]
            )
        }
        let dispute = ledger.size
        try ledger.submit { $0.dispute(terms, amount: 90, by: "harbour") }
        try ledger.submit { $0.reject(dispute, by: "nordwind") }
        try ledger.submit { $0.dispute(terms, about: "other", amount: 5, by: "nordwind") }
        return ledger
    }

    private func items(_ path: String, _ role: ServedLedger.Role) async throws -> [JSONValue] {
        try await page(path, role).items
    }

    private func page(_ path: String, _ role: ServedLedger.Role) async throws -> Page {
        let ledger = try Self.served.get()
        return try await ledger.application.test(.router) { client in
            let response = try await client.execute(
                uri: path,
                method: .get,
                headers: ledger.headers(role)
            )
            #expect(response.status == .ok, "\(role) \(path)")
            return try Page(parsing: Array(response.body.readableBytesView))
        }
    }

    @Test func aPairSeesItsCertificate() async throws {
        for role in [ServedLedger.Role.nordwind, .harbour, .auditor, .networkOperator] {
            let list = try await items("/v1/certificates", role)
            #expect(list.count == 1, "\(role)")
            #expect(list[0]["partners"] == ["harbour", "nordwind"])
            #expect(list[0]["window"] == 1 && list[0]["complete"] == false)
            #expect(list[0]["root"] == .string(Network.digest(of: "root").base64URL))
            guard case .array(let signatures)? = list[0]["signatures"],
                case .array(let sums)? = list[0]["sums"]
            else {
                Issue.record("a list is missing: \(list[0])")
                continue
            }
            #expect(signatures.map { $0["partner"] } == ["nordwind"])
            #expect(signatures[0]["entry"] != nil && signatures[0]["time"] != nil)
            #expect(sums.map { $0["reversedCredit"] } == [7])
        }
        #expect(try await items("/v1/certificates", .suedkauf).isEmpty)
    }

    @Test func bothSidesSeeADispute() async throws {
        for role in [ServedLedger.Role.nordwind, .harbour, .auditor, .networkOperator] {
            let list = try await items("/v1/disputes", role)
            #expect(list.map { $0["state"] } == ["rejected", "open"], "\(role)")
            #expect(list.map { $0["opener"] } == ["harbour", "nordwind"])
            #expect(list.map { $0["waitsFor"] } == ["harbour", "harbour"])
            #expect(list.map { $0["left"] } == ["90", "5"])
            #expect(list[0]["rejections"] == 1 && list[0]["since"] != nil)
            guard case .integer(let opened)? = list[0]["dispute"] else {
                Issue.record("a dispute has a name")
                continue
            }
            #expect(list[0]["changed"] == .integer(opened + 1))
        }
        #expect(try await items("/v1/disputes", .suedkauf).isEmpty)
    }

    @Test func disputesComeInPages() async throws {
        let first = try await page("/v1/disputes?limit=1", .harbour)
        #expect(first.items.map { $0["amount"] } == ["90"])
        let next = try #require(first.next)
        let second = try await page("/v1/disputes?limit=1&cursor=\(next)", .harbour)
        #expect(second.items.map { $0["amount"] } == ["5"] && second.next == nil)
    }
}

extension ServedLedger {
    /// Submits an entry a second later.
    fileprivate mutating func submit(_ sign: (inout Network) -> [UInt8]) throws {
        story.network.advance(seconds: 1)
        clock.set(story.network.now)
        let answers = try engine.submitAndWait([sign(&story.network)])
        guard case .accepted(_)? = answers.first else {
            Issue.record("refused: \(answers)")
            return
        }
    }
}
