internal import Settlement
internal import Signing

/// The records of certificates, disputes and mended breaks (spec/29 §5).
extension Book {
    func noteReconciliations(_ digest: inout StateDigest) {
        for certificate in reconciliations.certificates { note(certificate, &digest) }
        for dispute in reconciliations.disputes { note(dispute, &digest) }
        for link in reconciliations.links {
            digest.note(
                "break/\(link.agreement.base64URL)/\(link.breakID.base64URL)",
                "\(link.entry) \(link.window)"
            )
        }
    }

    private func note(_ certificate: CertificateRecord, _ digest: inout StateDigest) {
        let key = certificate.key
        let figures = certificate.figures
        let sums = figures.sums.map {
            "\($0.program):\($0.debit):\($0.credit):\($0.reversedDebit):\($0.reversedCredit)"
        }
        let signatures = [certificate.first, certificate.second].map { signature in
            signature.map { "\($0.entry) \($0.books.base64URL)" } ?? "- -"
        }
        digest.note(
            "certificate/\(key.calendar)/\(key.window)/\(key.first)/\(key.second)",
            "\(figures.root.base64URL) \(figures.count) \(Text.list(sums)) "
                + signatures.joined(separator: " ")
        )
    }

    private func note(_ dispute: DisputeRecord, _ digest: inout StateDigest) {
        digest.note(
            "dispute/\(dispute.entry)",
            "\(dispute.agreement.base64URL) \(dispute.window) \(dispute.breakID.base64URL) "
                + "\(dispute.reason.rawValue) \(dispute.opener) \(dispute.amount) "
                + "\(dispute.adjusted) \(dispute.rejections) \(dispute.state.rawValue) "
                + "\(dispute.changedAt) \(dispute.since)"
        )
    }
}
