internal import Formats
internal import Ledger
internal import Signing

/// Certificates as entries have them: what the ledger reads of one stands within its limits.
enum CertificateTarget: FuzzTarget {
    static func run(_ input: [UInt8]) {
        guard let statement = try? Statement(payload: input),
            case .reconciliationCertify(let certificate) = statement.body
        else { return }
        let figures = certificate.figures
        expect(figures.count >= 0 && figures.sums.count <= 64, "figures have a limit")
        for (one, other) in zip(figures.sums, figures.sums.dropFirst()) {
            expect(one.program < other.program, "programs stand in their order")
        }
        for sum in figures.sums {
            expect(
                [sum.debit, sum.credit, sum.reversedDebit, sum.reversedCredit].allSatisfy {
                    (0...JSONReader.numberLimit).contains($0)
                },
                "sums are plain numbers"
            )
        }
    }
}
