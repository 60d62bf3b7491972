internal import Signing

/// Two partners certify that their books agree (spec/29 §2, R-33).
extension Book {
    mutating func certify(
        _ certification: Certification,
        signer: String,
        at position: Position
    ) throws(Fault) {
        guard let window = nights.window(certification.window, of: certification.calendar) else {
            let name = "\(certification.calendar)/\(certification.window)"
            throw Fault(.unknownSettlement, at: "window", "no window \(name) is closed and kept")
        }
        guard isPair(signer, certification.with, in: window) else {
            throw Fault(
                .notAParty,
                at: "with",
                "no agreement of \(window.calendar) bound these two before the window's end"
            )
        }
        let key = CertificateRecord.Key(
            calendar: window.calendar,
            window: window.number,
            signer,
            certification.with
        )
        let signature = CertificateRecord.Signature(
            entry: position.index,
            time: position.time,
            books: certification.books
        )
        var certificate =
            reconciliations.certificate(key)
            ?? CertificateRecord(key: key, figures: certification.figures)
        try check(certification, against: certificate, signer: signer)
        certificate.sign(certification.figures, signature, by: signer)
        reconciliations.put(certificate)
    }

    /// Whether an agreement of the window's calendar bound two partners as its debtor and creditor
    /// before the window's end.
    private func isPair(_ one: String, _ other: String, in window: Window) -> Bool {
        registry.agreements.contains { version in
            guard let bound = version.boundAt, bound < window.end,
                let settlement = version.terms.settlement,
                settlement.calendar.hasSameBytes(as: window.calendar)
            else { return false }
            let (debtor, creditor) = (version.terms.debtor, version.terms.creditor)
            return debtor.hasSameBytes(as: one) && creditor.hasSameBytes(as: other)
                || debtor.hasSameBytes(as: other) && creditor.hasSameBytes(as: one)
        }
    }

    private func check(
        _ certification: Certification,
        against certificate: CertificateRecord,
        signer: String
    ) throws(Fault) {
        guard !certificate.isComplete else {
            throw Fault(.alreadySigned, at: "window", "both have certified this window")
        }
        guard let other = certificate.signature(against: signer) else { return }
        if let member = certification.figures.firstDifference(from: certificate.figures) {
            throw Fault(
                .certificateMismatch,
                detail: "figures",
                at: member,
                "\(certification.with) certified another \(member) at entry \(other.entry)"
            )
        }
        guard certification.books != other.books else {
            throw Fault(
                .certificateMismatch,
                detail: "sameBooks",
                at: "books",
                "\(certification.with) named this file as its own books at entry \(other.entry)"
            )
        }
    }
}
