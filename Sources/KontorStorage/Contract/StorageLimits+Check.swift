// What every store refuses in projections and settings before it writes.

extension StorageLimits {
    /// Refuses a projection of pages that are too great, or that reaches past the log.
    static func checkProjection(
        watermark: UInt64,
        size: UInt64,
        pages: [ProjectionPage]
    ) throws(StorageError) {
        guard watermark <= size else {
            throw StorageError(
                .conflict,
                "projection: watermark \(watermark) is past the \(size) stored entries; "
                    + "save it after the commit"
            )
        }
        for page in pages where page.bytes.count > valueBytes {
            throw StorageError(
                .limitExceeded,
                "projection page \(page.table)/\(page.number): \(page.bytes.count) bytes are more "
                    + "than \(valueBytes); use smaller pages"
            )
        }
    }

    /// Refuses a setting whose name or value is too long, and the standing.
    static func checkSetting(_ name: String, _ value: [UInt8]?) throws(StorageError) {
        guard name != Standing.settingName else {
            throw StorageError(
                .conflict,
                "setting \(name): is not set by hand; replace the standing"
            )
        }
        guard !name.isEmpty, name.utf8.count <= nameBytes, (value?.count ?? 0) <= valueBytes else {
            throw StorageError(
                .limitExceeded,
                "setting \(name.prefix(40)): a name has 1 to \(nameBytes) bytes, a value up to "
                    + "\(valueBytes); shorten it"
            )
        }
    }
}
