public import Money

/// A payment file that was compared with the list of elements of its version (spec/22 §3), and its
/// counts and sums with its payments.
public struct PaymentFileCheck: Hashable, Sendable {
    /// A payment of the file.
    public struct Payment: Hashable, Sendable {
        /// The identifier that the bank's entry carries back.
        public let endToEndID: String
        /// Minor units, positive.
        public let amount: Int128
        /// The currency.
        public let currency: Currency
        /// The name of the payee.
        public let creditor: String
        /// The account of the payee.
        public let iban: IBAN
    }

    /// The version, from the namespace of the root element.
    public let version: PaymentInstruction.Version
    /// The identifier of the file.
    public let messageID: String
    /// The payments in the order of the file.
    public let payments: [Payment]

    /// Checks a file.
    ///
    /// Throws what the reader of XML throws, `elementMissing`, `elementUnexpected`, `elementValue`
    /// and `sum`.
    ///
    /// Complexity: O(n).
    public init(parsing bytes: [UInt8]) throws(FormatError) {
        var reader = try XMLReader(bytes, file: "pain")
        guard case .start(let tag)? = try reader.next() else {
            throw reader.fault(.elementMissing, "there is no element")
        }
        let found = PaymentInstruction.Version.allCases.first { $0.namespace == tag.namespace }
        guard let found, tag.name == "Document" else {
            throw reader.fault(
                .elementUnexpected,
                "the root element is no Document of pain.001.001.03 or .09",
                wayOut: "give a file of one of these versions",
                at: tag.offset
            )
        }
        var limit = 40 * FormatLimits.paymentCount
        let root = try reader.readNode(tag, limit: &limit)
        // Only comments and white space may follow.
        _ = try reader.next()
        let walk = PaymentFileWalk(reader: reader, elements: PaymentElement.list(found))
        try walk.check(root, path: ["Document"])
        version = found
        payments = try walk.checkSums(root)
        messageID = root.element("CstmrCdtTrfInitn", "GrpHdr", "MsgId")?.text ?? ""
    }
}
