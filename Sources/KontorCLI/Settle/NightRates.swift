internal import Foundation
internal import Formats
internal import Ledger
internal import Money
internal import Signing

/// Published money rates that the operator has at hand, one file a source, and the sheets that
/// enter the log from them (spec/20 §5).
struct NightRates {
    /// A file with the name by which agreements call its source.
    struct File {
        let source: String
        let name: String
        let bytes: [UInt8]
        let rates: RateFile
    }

    let files: [File]
    /// Publications after this day are not known yet; nil for none.
    private var until: CivilDate?

    /// Reads `source=FILE` options; a file without a name is of `ecb`.
    init(options: [String]) throws {
        files = try options.map { option in
            let parts = option.split(separator: "=", maxSplits: 1).map(String.init)
            let (source, path) = parts.count == 2 ? (parts[0], parts[1]) : ("ecb", option)
            let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
            do throws(FormatError) {
                return File(
                    source: source,
                    name: URL(fileURLWithPath: path).lastPathComponent,
                    bytes: bytes,
                    rates: try RateFile(parsing: bytes)
                )
            } catch {
                throw CommandError("\(path): \(error)")
            }
        }
    }

    /// The same files on an earlier day, when later publications were not known.
    func published(until day: CivilDate) -> NightRates {
        var rates = self
        rates.until = day
        return rates
    }

    /// Whether a file of each source is at hand.
    func has(_ sources: [String]) -> Bool {
        sources.allSatisfy { source in files.contains { $0.source == source } }
    }

    /// The provisional sheets: of each source its last publication not after a day that has a rate.
    func provisional(sources: [String], on day: CivilDate) throws -> JSONValue {
        .array(
            try sources.map { source in
                let file = try file(of: source)
                let last = until.map { min($0, day) } ?? day
                guard
                    let published = file.rates.days.first(where: {
                        $0.date <= last && !$0.rates.isEmpty
                    })
                else {
                    throw CommandError(
                        "\(file.name): it has no rates up to \(day); fetch an older file"
                    )
                }
                return Self.sheet(file, published)
            }
        )
    }

    /// The final sheets: of each source its first publication from a day on, or nil while one of
    /// them is not published yet.
    func final(sources: [String], from day: CivilDate) throws -> JSONValue? {
        var sheets: [JSONValue] = []
        for source in sources {
            let file = try file(of: source)
            guard
                let published = file.rates.days.last(where: { $0.date >= day && !$0.rates.isEmpty }
                ),
                until.map({ published.date <= $0 }) ?? true
            else { return nil }
            sheets.append(Self.sheet(file, published))
        }
        return .array(sheets)
    }

    private func file(of source: String) throws -> File {
        if let file = files.first(where: { $0.source == source }) { return file }
        throw CommandError(
            "agreements take money rates of \(source); name its file with --rates \(source)=FILE"
        )
    }

    private static func sheet(_ file: File, _ day: RateFile.Day) -> JSONValue {
        [
            "source": .string(file.source), "date": .string(day.date.description),
            "file": .string(file.rates.sha256.base64URL), "base": .string(RateFile.base.code),
            "quotes": .array(
                day.rates.map { quotation in
                    [
                        "currency": .string(quotation.currency.code),
                        "rate": [
                            "numerator": .integer(quotation.rate.numerator),
                            "denominator": .integer(quotation.rate.denominator),
                        ],
                    ]
                }
            ),
        ]
    }
}
