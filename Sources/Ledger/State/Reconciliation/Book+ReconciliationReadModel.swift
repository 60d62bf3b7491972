/// Certificates and disputes, as people and programs read them; nothing here changes anything.
extension Book {
    /// The certificates that are kept, in the order of calendar, window and partners.
    public var certificates: [CertificateRecord] { reconciliations.certificates }

    /// The certificate of two partners for a window, or nil.
    ///
    /// Complexity: O(log certificates).
    public func certificate(
        calendar: String,
        window: UInt64,
        between one: String,
        and other: String
    ) -> CertificateRecord? {
        reconciliations.certificate(
            CertificateRecord.Key(calendar: calendar, window: window, one, other)
        )
    }

    /// The disputes that are kept, in the order of their entries.
    public var disputes: [DisputeRecord] { reconciliations.disputes }

    /// The dispute that an entry opened, or nil.
    ///
    /// Complexity: O(log disputes).
    public func dispute(_ entry: UInt64) -> DisputeRecord? { reconciliations.dispute(entry) }

    /// The adjustments that are kept and name a break, in the order of their entries.
    public var breakLinks: [BreakLink] { reconciliations.links }
}
