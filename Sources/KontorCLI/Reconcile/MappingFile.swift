internal import Foundation
internal import Formats
internal import Ledger
internal import Signing

/// A saved mapping on disk: signed, or the plain JSON of one that is still made.
struct MappingFile {
    let path: String
    let bytes: [UInt8]

    init(path: String) throws {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw CommandError("\(path): there is no such file, or it may not be read")
        }
        self.path = path
        bytes = [UInt8](data)
    }

    /// Whether it is plain JSON that nobody signed.
    var isPlain: Bool { bytes.first { $0 > 0x20 } == UInt8(ascii: "{") }

    /// The mapping, signed by a key that the partner has in the ledger.
    func signed(by partner: Slug, in book: Book) throws -> SignedMapping {
        guard let ledger = book.ledger else { throw CommandError("the ledger has no entry yet") }
        guard !isPlain else {
            throw CommandError(
                "\(path): nobody signed this mapping; have \(partner) sign it with "
                    + "`kontor reconcile mapping sign`, or try it out with --unsigned"
            )
        }
        return try named {
            try SignedMapping(
                parsing: bytes,
                ledger: ledger,
                partner: partner,
                keys: book.entryKeys(of: partner.text)
            )
        }
    }

    /// The mapping as plain JSON.
    func plain() throws -> BookMapping {
        try named { try BookMapping(parsing: bytes) }
    }

    private func named<T>(_ body: () throws -> T) throws -> T {
        do { return try body() } catch let error as FormatError {
            throw CommandError("\(path): \(error.description)")
        }
    }
}
