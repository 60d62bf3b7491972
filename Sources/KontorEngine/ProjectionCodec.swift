internal import Foundation
internal import KontorStorage
internal import Ledger

/// How a book becomes pages of a projection, and a book again (spec/15 §5).
///
/// Table 0 holds the small part as JSON in pieces, the other tables their own pages. A projection
/// of another version, or one that cannot be read, is no fault: the log is enough to make it again.
enum ProjectionCodec {
    private static let snapshotTable: UInt8 = 0
    private static let pieceSize = 1 << 16

    /// What a save writes: the pages that changed since the last one, and the size they stand for.
    struct Changes: Sendable {
        let watermark: UInt64
        let pages: [ProjectionPage]
        let pieces: UInt32

        /// Writes them in one transaction.
        func save(to store: any LogStore) throws {
            try store.saveProjection(
                watermark: watermark,
                version: Book.projectionVersion,
                pages: pages,
                dropping: [(table: snapshotTable, fromNumber: pieces)]
            )
        }
    }

    /// Saves what changed since the last save.
    static func save(_ book: inout Book, to store: any LogStore) throws {
        try changes(of: &book).save(to: store)
    }

    /// Takes what changed since the last time.
    static func changes(of book: inout Book) throws -> Changes {
        var pages: [ProjectionPage] = []
        let snapshot = try JSONEncoder().encode(book.snapshot)
        let pieces = (snapshot.count + pieceSize - 1) / pieceSize
        for piece in 0..<pieces {
            let range = piece * pieceSize..<min(snapshot.count, (piece + 1) * pieceSize)
            pages.append(
                ProjectionPage(
                    table: snapshotTable,
                    number: UInt32(piece),
                    bytes: [UInt8](snapshot[range])
                )
            )
        }
        book.takeChangedPages { table, number, bytes in
            pages.append(ProjectionPage(table: table.rawValue, number: number, bytes: bytes))
        }
        return Changes(watermark: book.size, pages: pages, pieces: UInt32(pieces))
    }

    /// The book of the saved projection, or nil if there is none that can be used.
    static func load(from store: any LogStore) throws -> Book? {
        guard let saved = try store.projection(), saved.version == Book.projectionVersion else {
            return nil
        }
        var snapshot = Data()
        var pages: [ProjectionPage] = []
        try store.forEachProjectionPage { page in
            if page.table == snapshotTable {
                snapshot.append(contentsOf: page.bytes)
            } else {
                pages.append(page)
            }
        }
        guard let small = try? JSONDecoder().decode(BookSnapshot.self, from: snapshot) else {
            return nil
        }
        var book = Book(restoring: small)
        guard book.size == saved.watermark else { return nil }
        for page in pages {
            guard let table = ProjectionTable(rawValue: page.table),
                book.load(table, page: page.number, page.bytes)
            else {
                return nil
            }
        }
        book.finishLoading()
        return book
    }
}
