internal import Signing

// What every store asks of its standing before it writes. It is asked inside the transaction that
// writes, so nothing can come between the question and the commit.

extension Standing {
    /// Refuses a commit by whoever may not make it.
    func check(_ commit: LogCommit, stored: UInt64) throws(StorageError) {
        switch (commit.authority, state) {
        case (.writer(let writer), .writes):
            guard writer == epoch else {
                throw StorageError(
                    .fenced,
                    "commit at \(commit.base): the writer opened epoch \(writer), the store is at "
                        + "epoch \(epoch); open it again"
                )
            }
        case (.writer, _):
            throw StorageError(
                .fenced,
                "commit at \(commit.base): this store takes no entries: \(objection ?? "unknown")"
            )
        case (.copy, .copy), (.copy, .restored): return
        case (.enrolment(let next), .restored): try check(next, size: stored)
        case (.copy, _), (.enrolment, _):
            throw StorageError(
                .conflict,
                "commit at \(commit.base): only a copy takes entries that others wrote; "
                    + "restore into a directory of its own"
            )
        }
    }

    /// Refuses a standing that does not follow on this one.
    func check(_ next: Standing, size: UInt64) throws(StorageError) {
        guard mayBecome(next, size: size) else {
            throw StorageError(
                .conflict,
                "standing: \(words) does not become \(next.words); see spec/15 §8"
            )
        }
    }

    /// Refuses to go on from another standing than the stored one.
    func checkIs(_ expected: Standing) throws(StorageError) {
        guard self == expected else {
            throw StorageError(
                .conflict,
                "standing: it is \(words), not \(expected.words); read it again"
            )
        }
    }

    private var words: String {
        let word =
            switch state {
            case .writes: "one that writes"
            case .copy: "a copy"
            case .restored: "restored"
            case .fenced(let successor): "fenced for \(successor.base64URL)"
            }
        return "\(word), instance \(instance.base64URL), epoch \(epoch)"
    }
}
