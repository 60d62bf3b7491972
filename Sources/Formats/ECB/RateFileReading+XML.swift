internal import Money
internal import Signing

extension RateFileReading {
    /// Reads XML: elements `Cube` with `time` hold elements `Cube` with `currency` and `rate`
    /// (S-41).
    init(xml bytes: [UInt8]) throws(FormatError) {
        var reader = try XMLReader(bytes, file: "xml")
        while let event = try reader.next() {
            guard case .start(let tag) = event, tag.name == "Cube",
                let time = tag.attribute("time")
            else { continue }
            try readDay(tag, time, from: &reader)
        }
        guard !days.isEmpty else {
            throw FormatError(
                .empty,
                in: "xml",
                "there is no Cube with a time",
                wayOut: "give a rate file of the European Central Bank"
            )
        }
    }

    private mutating func readDay(
        _ tag: XMLTag,
        _ time: String,
        from reader: inout XMLReader
    ) throws(FormatError) {
        let wayOut = "fetch the file again from its publisher"
        guard let date = CivilDate(time) else {
            throw reader.fault(
                .date,
                "\(Self.quote(Array(time.utf8)[...])) is no day like 2025-04-25",
                wayOut: wayOut,
                at: tag.offset
            )
        }
        var rates: [RateFile.Quotation] = []
        loop: while let event = try reader.next() {
            switch event {
            case .end: break loop
            case .text: continue
            case .start(let cube):
                let rate = try quotation(cube, in: reader)
                guard !rates.contains(where: { $0.currency == rate.currency }) else {
                    throw reader.fault(
                        .columnDuplicate,
                        "\(rate.currency) has two rates on \(date)",
                        wayOut: wayOut,
                        at: cube.offset
                    )
                }
                guard rates.count < FormatLimits.columnCount else {
                    throw reader.fault(.tooLarge, "too many rates", wayOut: wayOut, at: cube.offset)
                }
                rates.append(rate)
                if !currencies.contains(rate.currency) { currencies.append(rate.currency) }
                try reader.skipNode()
            }
        }
        let place = reader
        try append(date, rates) { place.fault($0, $1, wayOut: $2, at: tag.offset) }
    }

    private func quotation(
        _ cube: XMLTag,
        in reader: XMLReader
    ) throws(FormatError) -> RateFile.Quotation {
        guard cube.name == "Cube", let code = cube.attribute("currency"),
            let text = cube.attribute("rate")
        else {
            throw reader.fault(
                .columnMissing,
                "an element in a day is no Cube with currency and rate",
                wayOut: "give a rate file of the European Central Bank",
                at: cube.offset
            )
        }
        guard let currency = Currency(code) else {
            throw reader.fault(
                .columnUnknown,
                "\(Self.quote(Array(code.utf8)[...])) is no currency",
                wayOut: "give a rate file of the European Central Bank",
                at: cube.offset
            )
        }
        let rate = try Self.rate(Array(text.utf8)[...], of: currency) {
            reader.fault($0, $1, wayOut: $2, at: cube.offset)
        }
        return RateFile.Quotation(currency: currency, rate: rate)
    }
}
