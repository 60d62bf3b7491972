internal import Settlement
internal import Signing

/// Certificates, disputes and mended breaks that are kept (spec/29 §5).
struct Reconciliations: Sendable, Codable {
    /// A break of an agreement that somebody disputes, or that an adjustment mends.
    private struct BreakKey: Hashable {
        let agreement: Digest
        let id: Digest
        /// The opener of the dispute, or nil where an adjustment names the break.
        let opener: String?
    }

    private enum CodingKeys: String, CodingKey { case certificates, disputes, links }

    /// In the order of their keys.
    private(set) var certificates: [CertificateRecord] = []
    /// In the order of their entries.
    private(set) var disputes: [DisputeRecord] = []
    /// In the order of their entries.
    private(set) var links: [BreakLink] = []
    /// Breaks with what stands about them; follows from the others.
    private var taken: Set<BreakKey> = []

    /// Makes what follows from the rest, after it was read.
    mutating func restore() {
        taken = Set(disputes.filter(\.holdsBreak).map(Self.key) + links.map(Self.key))
    }

    private static func key(_ dispute: DisputeRecord) -> BreakKey {
        BreakKey(agreement: dispute.agreement, id: dispute.breakID, opener: dispute.opener)
    }

    private static func key(_ link: BreakLink) -> BreakKey {
        BreakKey(agreement: link.agreement, id: link.breakID, opener: nil)
    }

    /// Whether an adjustment names a break.
    func isMended(_ id: Digest, of agreement: Digest) -> Bool {
        taken.contains(BreakKey(agreement: agreement, id: id, opener: nil))
    }

    /// Whether a dispute of a partner about a break stands, or was adjusted in part.
    func isDisputed(_ id: Digest, of agreement: Digest, by opener: String) -> Bool {
        taken.contains(BreakKey(agreement: agreement, id: id, opener: opener))
    }

    /// The certificate of a key, or nil.
    ///
    /// Complexity: O(log certificates).
    func certificate(_ key: CertificateRecord.Key) -> CertificateRecord? {
        let place = certificates.firstPlace { $0.key < key }
        return place < certificates.count && certificates[place].key == key
            ? certificates[place] : nil
    }

    /// Puts a certificate in, or in the place of the one of its key.
    mutating func put(_ certificate: CertificateRecord) {
        let place = certificates.firstPlace { $0.key < certificate.key }
        if place < certificates.count, certificates[place].key == certificate.key {
            certificates[place] = certificate
        } else {
            certificates.insert(certificate, at: place)
        }
    }

    /// The dispute that an entry opened, or nil.
    ///
    /// Complexity: O(log disputes).
    func dispute(_ entry: UInt64) -> DisputeRecord? {
        let place = disputes.firstPlace { $0.entry < entry }
        return place < disputes.count && disputes[place].entry == entry ? disputes[place] : nil
    }

    /// Takes a new dispute, whose entry is the last one.
    mutating func open(_ dispute: DisputeRecord) {
        disputes.append(dispute)
        taken.insert(Self.key(dispute))
    }

    /// Puts a dispute that has changed in its place.
    mutating func change(_ dispute: DisputeRecord) {
        disputes[disputes.firstPlace { $0.entry < dispute.entry }] = dispute
        if !dispute.holdsBreak { taken.remove(Self.key(dispute)) }
    }

    /// Takes a new link, whose entry is the last one.
    mutating func add(_ link: BreakLink) {
        links.append(link)
        taken.insert(Self.key(link))
    }

    /// Forgets what belongs to windows of a calendar that are kept no longer, but for disputes that
    /// are not over.
    mutating func drop(of calendar: String, _ isGone: (UInt64) -> Bool) {
        certificates.removeAll {
            $0.key.calendar.hasSameBytes(as: calendar) && isGone($0.key.window)
        }
        disputes.removeAll {
            $0.calendar.hasSameBytes(as: calendar) && $0.state.isOver && isGone($0.window)
        }
        links.removeAll { $0.calendar.hasSameBytes(as: calendar) && isGone($0.window) }
        restore()
    }
}

extension Array {
    /// The first place whose element does not come before what is looked for, in an ordered array.
    fileprivate func firstPlace(_ isBefore: (Element) -> Bool) -> Int {
        var range = indices
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            range =
                isBefore(self[middle])
                ? middle + 1..<range.upperBound : range.lowerBound..<middle
        }
        return range.lowerBound
    }
}
