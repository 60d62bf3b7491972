internal import Signing

// What every store refuses before it writes. The rest, ids and tiles that exist, needs the store
// itself.

extension LogCommit {
    /// Refuses a commit whose parts do not fit each other.
    ///
    /// Complexity: O(entries + tiles).
    func checkShape() throws(StorageError) {
        guard entries.count <= StorageLimits.entriesPerCommit else {
            throw StorageError(
                .limitExceeded,
                "commit at \(base): \(entries.count) entries are more than "
                    + "\(StorageLimits.entriesPerCommit); split it"
            )
        }
        let (size, overflow) = base.addingReportingOverflow(UInt64(entries.count))
        guard !overflow, size <= StorageLimits.logSize else {
            throw StorageError(
                .limitExceeded,
                "commit at \(base): a log holds \(StorageLimits.logSize) entries; begin a new one"
            )
        }
        guard head.size == size else {
            throw StorageError(
                .conflict,
                "commit at \(base): the head states size \(head.size), base and entries make "
                    + "\(size); sign the head of the same entries"
            )
        }
        try checkEntries()
        for tile in tiles { try tile.check(size: size) }
    }

    /// Refuses a commit that was made for another size of the log.
    func checkBase(stored: UInt64) throws(StorageError) {
        guard base == stored else {
            throw StorageError(
                .conflict,
                "commit at \(base): the stored log has \(stored) entries; read the head and replay"
            )
        }
    }

    private func checkEntries() throws(StorageError) {
        var expected = base
        for entry in entries {
            guard entry.index == expected else {
                throw StorageError(
                    .conflict,
                    "commit at \(base): entry \(entry.index) stands where \(expected) belongs; "
                        + "number entries without gaps"
                )
            }
            let count = entry.header.count + entry.payload.count + entry.signature.count
            guard count <= StorageLimits.entryBytes,
                entry.submitter.utf8.count <= StorageLimits.nameBytes
            else {
                throw StorageError(
                    .limitExceeded,
                    "entry \(entry.index): \(count) bytes and a submitter of "
                        + "\(entry.submitter.utf8.count) are more than \(StorageLimits.entryBytes) "
                        + "and \(StorageLimits.nameBytes); refuse it at intake"
                )
            }
            expected += 1
        }
    }
}

extension StoredTile {
    /// Refuses a tile that is not full, or not within a log of a size.
    func check(size: UInt64) throws(StorageError) {
        guard (0...StorageLimits.tileLevel).contains(level), bytes.count == Self.byteCount else {
            throw StorageError(
                .conflict,
                "tile \(level)/\(index): a stored tile has a level up to \(StorageLimits.tileLevel) "
                    + "and \(Self.byteCount) bytes, not \(bytes.count); store full tiles only"
            )
        }
        // A full tile of level L ends at entry (index + 1) · 256^(L+1).
        guard index < size >> UInt64(8 * (level + 1)) else {
            throw StorageError(
                .conflict,
                "tile \(level)/\(index): reaches past the \(size) entries of the log; "
                    + "store a tile with the entry that completes it"
            )
        }
    }

    /// The error for a tile that is stored already.
    var existsError: StorageError {
        StorageError(
            .conflict,
            "tile \(level)/\(index): is stored already; read the head and replay"
        )
    }
}

extension StoredEntry {
    /// The error for a submission id that is stored already.
    var existsError: StorageError {
        StorageError(
            .conflict,
            "entry \(index): \(submitter) has used the id \(id.base64URL) already; "
                + "answer with the first receipt"
        )
    }
}
