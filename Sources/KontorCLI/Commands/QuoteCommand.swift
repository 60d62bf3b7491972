internal import ArgumentParser
internal import Foundation
internal import KontorAPI
internal import KontorClient
internal import KontorEngine
internal import KontorStorage
internal import Ledger
internal import Money
internal import Signing

/// `kontor quote`: what a transfer would do, and why.
struct QuoteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quote",
        abstract:
            "Tell what a transfer would debit, credit, cost and owe, and whether it would be accepted.",
        discussion: """
            With --data and --terms (a terms hash) a ledger is asked, with --url a server. With --terms-file, terms are \
            quoted by themselves: a JSON object of terms, or a line of an NDJSON file with {"row", "agreement": {"terms"}}; \
            --vectors then checks a CSV of expected conversions against all of its rows.

            Example: kontor quote --data ledger --terms 3q2-7w… --amount 60000
            Example: kontor quote --url https://ledger.example --vkey log.vkey --key access.jwk --partner nordwind \
            --terms 3q2-7w… --amount 60000
            """
    )

    @Option(help: "The ledger's data directory.") var data: String?
    @OptionGroup(title: "A server") var server: ServerOptions
    @Option(help: "With --url, the log's verifier key, as text or in a file.") var vkey: String?
    @Option(help: "With --key, whose key it is.") var partner: String?
    @Option(help: "The terms hash of an agreement.") var terms: String?
    @Option(name: .customLong("terms-file"), help: "Terms in a file instead of a ledger.")
    var termsFile: String?
    @Option(help: "The row of the file.") var row: Int64?
    @Option(help: "A CSV of expected conversions for the file.") var vectors: String?
    @Option(help: "Units offered; repeat for more.") var amount: [Int64] = []
    @Option(help: "The facts of the item, as JSON.") var facts: String?
    @Option(help: "The channel, where terms have some.") var channel: String?
    @Option(help: "group=TOKEN: the member's counter token; a new member if absent.") var token:
        [String] = []
    @Option(help: "The moment to quote for, with --terms-file; the start of the terms if absent.")
    var at: String?
    @Flag(help: "Print JSON objects, one a line.") var json = false

    func validate() throws {
        if termsFile == nil {
            try server.require(insteadOf: data, vkey: vkey)
        } else if data != nil || server.url != nil {
            throw ValidationError("name one of --data, --url and --terms-file")
        }
        guard termsFile != nil || terms != nil else {
            throw ValidationError("name the agreement by --terms")
        }
        guard server.url == nil || at == nil else {
            throw ValidationError("a server quotes for now; leave out --at")
        }
        guard !amount.isEmpty || vectors != nil else { throw ValidationError("name an --amount") }
        guard vectors == nil || termsFile != nil else {
            throw ValidationError("--vectors goes with --terms-file")
        }
    }

    func run() async throws {
        if let termsFile, let vectors {
            return try VectorCheck(terms: termsFile, vectors: vectors, json: json).run()
        }
        var isAccepted = true
        for value in try await quotations() {
            let quote = QuoteText(value)
            isAccepted = isAccepted && quote.isAccepted
            json
                ? Console.print(value.text)
                : Console.print(try quote.lines().joined(separator: "\n"))
        }
        guard isAccepted else { throw ExitCode(1) }
    }

    private func quotations() async throws -> [JSONValue] {
        if let termsFile { return try quoteFile(termsFile).map(\.json) }
        guard data == nil else { return try quoteLedger().map(\.json) }
        let key = try SourceOptions.readKey(vkey, beside: "")
        guard let client = try server.client(vkey: key, partner: partner) else { return [] }
        let hash = try termsHash()
        var values: [JSONValue] = []
        for request in try requests(nil) {
            let tokens = request.tokens.sorted { $0.key < $1.key }.map {
                JSONMember(name: $0.key, value: .string($0.value.base64URL))
            }
            let question = QuoteQuestion(
                terms: hash,
                amount: request.amount,
                facts: request.facts,
                channel: request.channel,
                tokens: tokens
            )
            values.append(try await client.quote(question))
        }
        return values
    }

    private func termsHash() throws -> Digest {
        guard let terms, let hash = Digest(terms, as: .url) else {
            throw ValidationError("--terms is a terms hash, 43 characters of base64url")
        }
        return hash
    }

    private func quoteFile(_ path: String) throws -> [Quotation] {
        let file = try TermsFile(path: path)
        let line = try file.line(row: row)
        let moment = try readMoment() ?? line.at ?? line.terms.start
        return try requests(line.facts).map { line.terms.quote($0, at: moment) }
    }

    private func readMoment() throws -> Timestamp? {
        guard let at else { return nil }
        guard let moment = Timestamp(at) else {
            throw ValidationError("--at is a time as 2026-11-22T10:15:30.123Z")
        }
        return moment
    }

    private func quoteLedger() throws -> [Quotation] {
        let hash = try termsHash()
        let store = try DataDirectory(path: data ?? "").openStore()
        defer { try? store.close() }
        var book = try LedgerReader(store: store).book()
        let now = try readMoment() ?? max(try SystemClock().now(), book.time)
        let position = Position(
            index: book.size,
            time: max(now, book.time),
            ledger: book.ledger ?? .zero
        )
        return try requests(nil).map { book.quote(hash, $0, at: position) }
    }

    private func requests(_ known: JSONValue?) throws -> [QuoteRequest] {
        var value = known
        if let facts {
            do { value = try JSONValue(parsing: Array(facts.utf8)) } catch {
                throw ValidationError(
                    "--facts is a JSON object (\(error.reason.rawValue) at byte \(error.offset))"
                )
            }
        }
        var tokens: [String: UInt128] = [:]
        for text in token {
            let parts = text.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, let number = UInt128(base64URL: Array(parts[1].utf8)[...])
            else {
                throw ValidationError("--token is group=22 characters of base64url")
            }
            tokens[String(parts[0])] = number
        }
        return amount.map {
            QuoteRequest(amount: $0, facts: value, channel: channel, tokens: tokens)
        }
    }
}

extension Quotation {
    /// The quotation as one JSON object.
    var json: JSONValue {
        var members: [JSONMember] = [JSONMember(name: "amount", value: .integer(amount))]
        func add(_ name: String, _ value: JSONValue) {
            members.append(JSONMember(name: name, value: value))
        }
        if converts {
            add("debit", .integer(debit))
            add("credit", .integer(credit))
            add("bonus", .integer(bonus))
            add("rest", .integer(rest))
        }
        if let fixing { add("fixing", .string(fixing.base64URL)) }
        add("debts", .array(debts.map(\.json)))
        add(
            "memberFees",
            .array(
                memberFees.map {
                    ["currency": .string($0.currency.code), "minorUnits": .integer($0.minorUnits)]
                }
            )
        )
        add("wouldBe", .string(faults.isEmpty ? "accepted" : "refused"))
        add(
            "faults",
            .array(
                faults.map {
                    [
                        "code": .string($0.code), "place": .string($0.place),
                        "reason": .string($0.reason), "wayOut": .string($0.rejection.wayOut),
                    ]
                }
            )
        )
        return .object(members)
    }
}

extension Quotation.Debt {
    /// The debt as one JSON object; the numerator is a string, since it may pass 2^53.
    var json: JSONValue {
        [
            "debtor": .string(debtor), "creditor": .string(creditor),
            "currency": .string(currency.code),
            "numerator": .string(String(numerator)), "denominator": .integer(denominator),
        ]
    }
}
