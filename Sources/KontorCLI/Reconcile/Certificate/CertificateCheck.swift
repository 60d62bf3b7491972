internal import Formats
internal import Ledger
internal import Signing

/// A certificate beside what follows from the log and from a partner's files (spec/28 §3).
struct CertificateCheck: Sendable {
    /// One thing that was checked.
    struct Line: Sendable {
        let name: String
        let certified: String
        let found: String
        let holds: Bool
    }

    private let certificate: CertificateRecord
    private(set) var lines: [Line] = []

    /// The figures of a certificate beside those of the ledger's rows.
    init(_ certificate: CertificateRecord, ledger: BookDigest) {
        self.certificate = certificate
        let figures = certificate.figures
        add("root", figures.root.base64URL, ledger.root.base64URL)
        add("count", String(figures.count), String(ledger.count))
        let programs = figures.sums.map(\.program) + ledger.sums.map(\.program)
        for program in Set(programs).sorted() {
            let certified = figures.sums.first { $0.program == program }
            let found = ledger.sums.first { $0.program == program }
            add(
                program,
                certified.map {
                    "\($0.debit) \($0.credit) \($0.reversedDebit) \($0.reversedCredit)"
                } ?? "nothing",
                found.map {
                    "\($0.debit) \($0.credit) \($0.reversedDebit) \($0.reversedCredit)"
                } ?? "nothing"
            )
        }
    }

    /// Adds the files of a partner: whether they are those certified, and agree with the ledger.
    mutating func add(_ books: Digest, agrees: Bool, of partner: String) {
        let isFirst = certificate.key.first.hasSameBytes(as: partner)
        let signature = isFirst ? certificate.first : certificate.second
        add("books of \(partner)", signature?.books.base64URL ?? "not signed", books.base64URL)
        lines.append(
            Line(
                name: "rows of \(partner)",
                certified: "as the ledger",
                found: agrees ? "as the ledger" : "not as the ledger",
                holds: agrees
            )
        )
    }

    /// Whether all of it is as certified, and both have signed.
    var holds: Bool { certificate.isComplete && lines.allSatisfy(\.holds) }

    /// The text, without a final line end.
    var text: String {
        var table = Table([("", .left), ("certified", .left), ("found", .left), ("", .left)])
        for line in lines {
            table.add([line.name, line.certified, line.found, line.holds ? "holds" : "DIFFERS"])
        }
        let key = certificate.key
        return """
            \(key.first) and \(key.second), \(key.calendar)/\(key.window)
            \(key.first): \(Self.words(certificate.first))
            \(key.second): \(Self.words(certificate.second))

            \(table.text)

            \(verdict)
            """
    }

    /// The object.
    var json: JSONValue {
        let key = certificate.key
        return [
            "partners": [.string(key.first), .string(key.second)],
            "calendar": .string(key.calendar), "window": .integer(Int64(clamping: key.window)),
            "complete": .boolean(certificate.isComplete), "holds": .boolean(holds),
            "checks": .array(
                lines.map {
                    [
                        "name": .string($0.name), "certified": .string($0.certified),
                        "found": .string($0.found), "holds": .boolean($0.holds),
                    ]
                }
            ),
        ]
    }

    private var verdict: String {
        guard lines.allSatisfy(\.holds) else { return "The certificate does not hold." }
        return certificate.isComplete
            ? "The certificate holds." : "What is certified holds; one partner has not signed yet."
    }

    private mutating func add(_ name: String, _ certified: String, _ found: String) {
        lines.append(
            Line(
                name: name,
                certified: certified,
                found: found,
                holds: certified.hasSameBytes(as: found)
            )
        )
    }

    private static func words(_ signature: CertificateRecord.Signature?) -> String {
        signature.map { "signed at entry \($0.entry), \($0.time)" } ?? "has not signed"
    }
}
