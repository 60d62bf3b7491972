internal import Foundation
internal import KontorEngine
internal import KontorStorage
internal import Ledger
internal import Money
internal import Settlement
internal import Signing

/// Agreement versions with the moments at which each ends, from a ledger or a file.
struct AgreementSet {
    /// One version.
    struct Version {
        /// What people know it by: the terms hash, or the row of a file.
        let id: String
        let terms: Terms
        /// The first moment at which it can no longer be used.
        let end: Timestamp?
    }

    let versions: [Version]
    /// Worths of units, for fees, fixings and projected drain.
    let market: EdgeMarket
    /// The moment of the state; nil for a file.
    let now: Timestamp?

    /// The bound versions of a ledger, with the rates that partners published.
    init(data: String) throws {
        let store = try DataDirectory(path: data).openStore()
        defer { try? store.close() }
        let book = try LedgerReader(store: store).book()
        let now = max(try SystemClock().now(), book.time)
        versions = book.agreements.map(\.version).filter { $0.boundAt != nil }.map {
            Version(id: $0.hash.base64URL, terms: $0.terms, end: $0.end)
        }
        var worths: [String: UnitWorth] = [:]
        for rate in book.rates where rate.validFrom <= now && now < rate.validTo {
            worths[rate.program] = UnitWorth(currency: rate.currency, rate: rate.bid)
        }
        market = EdgeMarket(worths)
        self.now = now
    }

    /// The terms of files; a row ends where the row that supersedes it begins.
    init(files: [String], worths: [String: UnitWorth]) throws {
        var versions: [Version] = []
        for path in files {
            let file = try TermsFile(path: path)
            var ends: [Int64: Timestamp] = [:]
            for line in file.lines {
                guard let row = line.supersedes else { continue }
                ends[row] = min(ends[row] ?? line.terms.start, line.terms.start)
            }
            for (place, line) in file.lines.enumerated() {
                let end = line.row.flatMap { ends[$0] }
                versions.append(Version(id: Self.name(line, place), terms: line.terms, end: end))
            }
        }
        self.versions = versions
        market = EdgeMarket(worths)
        now = nil
    }

    /// `row 220`, or `line 3` where a file has no rows.
    static func name(_ line: TermsFile.Line, _ place: Int) -> String {
        line.row.map { "row \($0)" } ?? "line \(place + 1)"
    }

    /// The edges at a moment, with some versions put in or left out.
    func edges(at time: Timestamp, without left: [String] = []) -> [EdgeTerms] {
        versions.flatMap { version in
            left.contains(version.id)
                ? []
                : version.terms.edges(id: version.id, at: time, end: version.end, market: market)
        }
    }

    /// Every moment at which the set of edges may change, rising.
    var moments: [Timestamp] {
        let all = versions.flatMap { $0.terms.edgeMoments(end: $0.end) }
        return Set(all).sorted()
    }

    /// The first moment at which every version has begun.
    var lastStart: Timestamp? { versions.map(\.terms.start).max() }
}
