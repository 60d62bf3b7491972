import ArgumentParser
import Foundation
import Formats
import KontorAudit
import KontorEngine
import KontorStorage
import Ledger
import Settlement
import Signing
import TestSupport
import Testing
import VerifiableLog

@testable import KontorCLI

/// A ledger of two partners on disk with a closed window, and the books of one of them as files.
///
/// The agreement in force superseded another one; it has a bonus and a fee. Each line of the books
/// is a text of cells, so that a test plants its faults with a word.
final class ReconcileWorld {
    static let partner = "harbour"
    static let columns = "id;day;points;owed;fee;ref;what;state"

    let directory: String
    var network = Network(seed: 27)
    private let clock = ManualClock(Network.start)
    private let engine: Engine
    private(set) var terms = Digest.zero
    private(set) var members: [String] = []

    /// The ledger, with so many transfers of one item in its first window, and two in the second.
    init(transfers count: Int = 12, rules: Int64 = 2) throws {
        directory =
            FileManager.default.temporaryDirectory.appending(path: "books-\(UUID().uuidString)")
            .path
        let store = try DataDirectory(path: directory + "/ledger").create(signer: network.logSigner)
        engine = try Engine(store: store, signer: network.logSigner, clock: clock)
        try take(network.genesis(threshold: 1) { $0 = $0.with("rules", .integer(rules)) })
        for partner in ["nordwind", Self.partner] { try admit(partner) }
        try take(network.calendar())
        try agree()
        for number in 0..<count { try transfer(number) }
        try close(window: 1)
        for number in count..<(count + 2) { try transfer(number) }
    }

    deinit {
        try? engine.close()
        try? FileManager.default.removeItem(atPath: directory)
    }

    var book: Book { engine.read { $0 } }
    var data: String { directory + "/ledger" }

    /// Enters a submission, which must be accepted.
    func take(_ text: [UInt8]) throws {
        clock.set(network.now)
        switch try engine.submitAndWait([text]).first {
        case .accepted: network.advance(seconds: 1)
        case .refused(let refusal): throw refusal
        case let answer: throw CommandError("\(String(describing: answer))")
        }
    }

    private func admit(_ partner: String) throws {
        try take(network.invite(partner))
        try take(network.apply(partner))
        try take(network.act(.partnerAdmit, on: partner))
        try take(network.define("\(partner)/points"))
    }

    private func agree() throws {
        let old = NetworkTerms.exchange(numerator: 1, denominator: 2)
            .with("bonuses", .array([NetworkTerms.perBlock(1_000, 50)]))
            .with(
                "fees",
                .array([NetworkTerms.fee(fixed: 5, payer: "debtor", payee: "creditor")])
            )
        var superseded: Digest?
        for terms in [
            old, old.with("conversion.ratio", ["fixed": NetworkTerms.rate(2, 5)]),
        ] {
            let now = network.now.advanced(byMilliseconds: 60_000)
            let text = network.propose(
                superseded == nil ? terms : terms.with("validFrom", .string(now.description)),
                supersedes: superseded
            )
            try take(text)
            self.terms = Network.payloadDigest(text)
            try take(network.accept(self.terms, by: Self.partner))
            superseded = self.terms
        }
        network.advance(seconds: 120)
        members = (0..<4).map { _ in network.pseudonym() }
        let text = network.openMembers(members, with: Self.partner, by: "nordwind")
        try take(text)
        try take(network.acceptMembers(Network.payloadDigest(text), by: Self.partner))
    }

    private func transfer(_ number: Int) throws {
        let amount = Int64(1_000 + 500 * (number % 7) + 5 * number)
        let item = Network.item(
            members[number % members.count],
            amount: amount,
            credit: amount * 2 / 5,
            bonus: amount / 1_000 * 50,
            more: ["ref": .string("NW-\(1_000 + number)")]
        )
        try take(network.transfers(from: "nordwind", terms: terms, items: [item]))
    }

    private func close(window: Int64) throws {
        let open = book.openWindow(of: "network")
        let cutoff = try #require(open.cutoff)
        network.now = cutoff
        try take(network.close(start: open.start, cutoff: cutoff))
        try take(network.fix(window: window, sheets: []))
    }

    /// The lines of the partner's books of a window, as they should be.
    func lines(window: UInt64 = 1) throws -> [String] {
        let book = book
        let store = try DataDirectory(path: data).openStore()
        defer { try? store.close() }
        let range = try #require(WindowRange(window, of: "network", in: book))
        var books = LedgerBooks(
            LedgerBooks.Scope(partner: Self.partner, programs: ["harbour/points"]),
            calendar: "network",
            book: book,
            entries: StoredEntries(store)
        )
        try books.read(range)
        let table = books.table
        return table.rows.filter { $0.window == .compared }.map { row in
            let id = UUIDv7(rawValue: row.transfer)?.description ?? ""
            let reference = String(decoding: table.bytes(row.otherReference), as: UTF8.self)
            let day = CivilDate(days: Int(row.day)).description.split(separator: "-")
            return "\(id)/\(row.item);\(day[2]).\(day[1]).\(day[0]);\(row.units);"
                + "\(Self.money(row.money));\(Self.money(row.fee));\(reference);"
                + "\(row.event == .posting ? "in" : "back");done"
        }
    }

    private static func money(_ amount: Int64) -> String {
        let rest = amount % 100
        return "\(amount / 100),\(rest < 10 ? "0" : "")\(rest)"
    }

    /// Writes a file of books; gives its path.
    func write(_ name: String, _ lines: [String]) throws -> String {
        let text = ([Self.columns] + lines).joined(separator: "\n") + "\n"
        return try write(name, text: text)
    }

    /// Writes any file; gives its path.
    func write(_ name: String, text: String) throws -> String {
        let path = "\(directory)/\(name)"
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        return path
    }

    /// The mapping of these books as JSON.
    func mappingText(partner: String = ReconcileWorld.partner) -> String {
        """
        {"format":"kontor-mapping/1","ledger":"\(book.ledger?.base64URL ?? "")",\
        "partner":"\(partner)","version":1,"file":{"type":"csv","encoding":"UTF-8",\
        "delimiter":";"},"numbers":{"decimal":","},"dates":{"pattern":"DD.MM.YYYY",\
        "dayOffsetMinutes":60},"columns":{"transfer":"id","otherReference":"ref","day":"day",\
        "status":"state","event":"what","money":"owed","fee":"fee"},\
        "status":{"done":"posted","waits":"pending"},"events":{"in":"posting","back":"reversal"},\
        "currency":"EUR","amounts":[{"program":"harbour/points","column":"points"}]}
        """
    }

    /// Writes the mapping, signed by a key of the network; gives its path.
    func mapping(signedBy name: String = ReconcileWorld.partner) throws -> String {
        let mapping = try BookMapping(parsing: Array(mappingText().utf8))
        let signed = SignedMapping.make(mapping, with: network.key(name))
        return try write("\(name).mapping", text: String(decoding: signed, as: UTF8.self))
    }

    /// Runs the command with these arguments besides those that all tests share.
    func run(_ arguments: [String], books: [String]) throws -> (text: String, isClean: Bool) {
        let shared = [
            "--data", data, "--partner", Self.partner, "--window", "network/1", "--mapping",
            try mapping(),
        ]
        let files = books.flatMap { ["--books", $0] }
        let command = try ReconcileRunCommand.parse(shared + files + arguments)
        return try command.reconcile()
    }
}
