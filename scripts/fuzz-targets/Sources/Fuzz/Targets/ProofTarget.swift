internal import VerifiableLog

/// Proof files, receipts, witness requests and trust policies are parsed or refused, and what parses is rebuilt.
enum ProofTarget: FuzzTarget {
    static func run(_ input: [UInt8]) {
        if let proof = try? TLogProof(parsing: input) {
            expect((try? TLogProof(parsing: proof.bytes)) == proof, "a proof file is read as it is written")
        }
        if let receipt = try? Receipt(parsing: input) {
            expect((try? Receipt(parsing: receipt.text)) == receipt, "a receipt is read as it is written")
        }
        _ = try? TrustPolicy(parsing: input)
        _ = try? WitnessRequest(parsing: input)
    }
}
