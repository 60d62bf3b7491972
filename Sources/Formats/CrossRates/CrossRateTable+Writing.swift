internal import Money
internal import Signing

extension CrossRateTable {
    /// What the first member of a table in JSON says.
    static let format = "kontor-cross-rates/1"

    /// The table in JSON (spec/22 §8).
    ///
    /// Complexity: O(programmes²).
    public var json: [UInt8] {
        var text: [UInt8] = []
        writeJSON { text += $0 }
        return text
    }

    /// The table as comma-separated text (spec/22 §8).
    ///
    /// Complexity: O(programmes²).
    public var csv: [UInt8] {
        var text: [UInt8] = []
        writeCSV { text += $0 }
        return text
    }

    /// Writes the table in JSON, piece by piece: the values, then every pair of two programmes in
    /// the order of base and quoted.
    ///
    /// A pair whose exact rate needs more than 127 bits is left out.
    ///
    /// Complexity: O(programmes²).
    public func writeJSON<Failure: Error>(
        to sink: ([UInt8]) throws(Failure) -> Void
    ) throws(Failure) {
        var pen = JSONPen()
        pen.open("{")
        pen.member("format", Self.format)
        pen.member("ledger", ledger.base64URL)
        pen.member("fixing", fixing.base64URL)
        pen.member("window", integer: window)
        pen.member("date", date.description)
        pen.member("currency", currency.code)
        pen.list("values", values) { pen, value in
            pen.member("program", value.program)
            pen.member("value", value.value.description)
            Self.write("yesterday", value.yesterday, to: &pen)
            pen.member("rule", value.rule)
            pen.list("sources", value.sources) { pen, source in
                pen.member("name", source.name)
                pen.member("weight", source.weight.description)
            }
        }
        pen.name("pairs")
        pen.open("[")
        try eachPair { pair throws(Failure) in
            pen.open("{")
            pen.member("base", pair.base)
            pen.member("quoted", pair.quoted)
            pen.member("exact", pair.rate.description)
            pen.member("rate", Self.sixDigits(pair.rate) ?? "")
            Self.write("yesterday", pair.yesterday, to: &pen)
            pen.close("}")
            guard pen.bytes.count >= FormatLimits.pieceByteCount else { return }
            try sink(pen.bytes)
            pen.bytes.removeAll(keepingCapacity: true)
        }
        pen.close("]")
        pen.close("}")
        try sink(pen.bytes)
    }

    /// Writes the table as comma-separated text, piece by piece: a header, then a row a pair.
    ///
    /// Complexity: O(programmes²).
    public func writeCSV<Failure: Error>(
        to sink: ([UInt8]) throws(Failure) -> Void
    ) throws(Failure) {
        var pen = CSVPen()
        pen.row([
            "date", "window", "base", "quoted", "rate", "exact", "yesterday", "yesterday_exact",
            "base_rule", "base_sources", "quoted_rule", "quoted_sources",
        ])
        for base in values {
            for quoted in values where !quoted.program.hasSameBytes(as: base.program) {
                guard let pair = pair(base, quoted) else { continue }
                pen.row([
                    date.description, String(window), pair.base, pair.quoted,
                    Self.sixDigits(pair.rate) ?? "", pair.rate.description,
                    pair.yesterday.flatMap(Self.sixDigits) ?? "",
                    pair.yesterday?.description ?? "", base.rule, Self.words(base.sources),
                    quoted.rule, Self.words(quoted.sources),
                ])
            }
            guard pen.bytes.count >= FormatLimits.pieceByteCount else { continue }
            try sink(pen.bytes)
            pen.bytes.removeAll(keepingCapacity: true)
        }
        try sink(pen.bytes)
    }

    private func eachPair<Failure: Error>(
        _ body: (Pair) throws(Failure) -> Void
    ) throws(Failure) {
        for base in values {
            for quoted in values where !quoted.program.hasSameBytes(as: base.program) {
                if let pair = pair(base, quoted) { try body(pair) }
            }
        }
    }

    private static func write(_ name: String, _ value: Quotient?, to pen: inout JSONPen) {
        pen.name(name)
        if let value { pen.string(value.description) } else { pen.null() }
    }

    /// Sources with their weights: `entry 17 (1/2); entry 20 (1/2)`.
    private static func words(_ sources: [Source]) -> String {
        sources.map { "\($0.name) (\($0.weight))" }.joined(separator: "; ")
    }
}
