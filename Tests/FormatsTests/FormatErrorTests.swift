import Formats
import Testing

/// Every code occurs in a table of this target.
@Suite struct FormatErrorTests {
    @Test func everyCodeOccurs() throws {
        var codes: Set<FormatError.Code> = [.tooLarge]
        codes.formUnion((RateFileTests.faults + XMLTests.faults).map(\.code))
        codes.formUnion(ZipTests.damages.map(\.code))
        codes.formUnion(PaymentTests.damages.map(\.code))
        codes.formUnion(PaymentTests.changes.map(\.code))
        codes.formUnion(BankStatementTests.faults.map(\.code))
        codes.formUnion(StatementTests.faults.map(\.code))
        codes.formUnion(DigestVectorTests.faults.map(\.code))
        codes.formUnion(ExchangeFaultTests.changes.map(\.code))
        codes.formUnion([.exchangeLimit, .exchangeSilent])
        let refused = try JournalVectors.load().refused
        codes.formUnion(refused.compactMap { FormatError.Code(rawValue: $0.code) })
        codes.formUnion(BookFaultTests.broken.map(\.code))
        codes.insert(BookMappingTests.signatureCode)
        let missing = FormatError.Code.allCases.filter { !codes.contains($0) }
        #expect(missing.isEmpty, "\(missing)")
    }

    @Test func decimals() {
        let table: [(String, Int, Int128?)] = [
            ("0", 0, 0), ("007", 0, 7), ("1.10", 2, 110), ("1.1", 2, 110), ("1.100", 2, 110),
            ("1.101", 2, nil), ("12", 3, 12_000),
            (String(repeating: "9", count: 30), 0, 999_999_999_999_999_999_999_999_999_999),
        ]
        for (text, scale, units) in table {
            #expect(PlainDecimal(text.utf8)?.units(scale: scale) == units, "\(text)")
        }
        for text in [
            "", ".", "1.", ".1", "1.2.3", "-1", "+1", "1e2", "1,2", " 1",
            String(repeating: "9", count: 31),
        ] {
            #expect(PlainDecimal(text.utf8) == nil, "\(text)")
        }
        for (units, scale, text) in [
            (-3_893, 2, "-38.93"), (5, 2, "0.05"), (0, 0, "0"), (-7, 3, "-0.007"),
            (1_234, 0, "1234"),
        ] as [(Int128, Int, String)] {
            #expect(PlainDecimal.text(units, scale: scale) == text)
        }
    }
}
