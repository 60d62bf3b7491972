internal import Foundation
internal import Formats
internal import Settlement
internal import Signing

/// Which files of a partner were read before, kept between runs (R-04, spec/26 §9).
///
///     OUT/history-<partner>.json      what is known after all runs
///     OUT/<run>/history.json          what was known before this run
///
/// A run that is repeated starts from what was known before its first time, so its own files are no
/// news to it and the bytes are the same.
struct ReconcileHistory {
    private let directory: String?
    private let folder: String
    private let partner: Slug
    /// What was known before the run.
    private let before: BookHistory
    /// What is known after all runs.
    private var after: BookHistory

    /// The history of a partner; without a directory nothing was read before.
    init(directory: String?, folder: String, partner: Slug) throws {
        self.directory = directory
        self.folder = folder
        self.partner = partner
        guard let directory else {
            (before, after) = (BookHistory(), BookHistory())
            return
        }
        after = try Self.read("\(directory)/history-\(partner).json") ?? BookHistory()
        before = try Self.read("\(directory)/\(folder)/history.json") ?? after
    }

    /// Adds to each file what only the files before it show, and notes them.
    ///
    /// Files are taken in the order of their days, however they were given. Of a file that is given
    /// twice in one run, the rows count once.
    mutating func check(_ files: inout [PartnerBook], days: ClosedRange<Int32>?) {
        files.sort { Self.order($0) < Self.order($1) }
        var known = before
        for place in files.indices {
            let faults = known.faults(of: files[place], days: days)
            known.add(files[place])
            if !after.has(files[place]) { after.add(files[place]) }
            files[place].table.faults += faults
            if files[..<place].contains(where: { $0.digest == files[place].digest }) {
                files[place].table.rows = []
            }
        }
    }

    /// Keeps what is known now.
    func save() throws {
        guard let directory else { return }
        let run = try ReportFiles(directory: "\(directory)/\(folder)")
        try run.put("history.json") { try $0(before.json) }
        try ReportFiles(directory: directory).put("history-\(partner).json") {
            try $0(after.json)
        }
    }

    private static func order(_ book: PartnerBook) -> (Int32, Int32, String, String) {
        (
            book.days?.lowerBound ?? 0, book.days?.upperBound ?? 0, book.name,
            book.digest.base64URL
        )
    }

    private static func read(_ path: String) throws -> BookHistory? {
        guard let data = FileManager.default.contents(atPath: path) else { return nil }
        do { return try BookHistory(parsing: [UInt8](data)) } catch {
            throw CommandError("\(path): \(error.description)")
        }
    }
}

extension BookHistory {
    /// Whether a file of these bytes is known.
    fileprivate func has(_ book: PartnerBook) -> Bool {
        faults(of: book).contains { $0.code == .duplicateFile }
    }
}
