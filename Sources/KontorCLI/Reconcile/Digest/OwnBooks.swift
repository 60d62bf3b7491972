internal import Foundation
internal import Formats
internal import Ledger
internal import Settlement
internal import Signing

/// The books of one side as one table, with what names them.
struct OwnBooks: Sendable {
    let table: BookTable
    /// The ledger that they are about.
    let ledger: Digest
    /// What a certificate names them by: SHA-256 of the file, or of the digests of several.
    let digest: Digest
    /// The programs that the mapping knows, in order.
    let programs: [String]
    /// Lines that could not be read, and other faults of the files.
    let faults: [BookFault]

    /// Reads the files of a partner by its mapping.
    ///
    /// With a state, a signed mapping is held to the partner's keys. Without one the partner reads
    /// its own files by its own mapping, and nobody else has to believe that.
    init(_ options: PairOptions, in book: Book?) throws {
        guard let partner = Slug(options.partner), let path = options.mapping else {
            throw CommandError("name the partner's files by --books and --mapping")
        }
        let mapping = try Self.mapping(try MappingFile(path: path), of: partner, in: book)
        let files = try PartnerFiles(paths: options.books, mapping: mapping).read()
        table = try Self.joined(files.map(\.table))
        ledger = mapping.ledger
        programs = mapping.programs
        digest = Self.digest(of: files.map(\.digest))
        faults = files.flatMap(\.table.faults)
    }

    /// The name of several files: SHA-256 of the lines of their digests in order (spec/28 §3).
    static func digest(of files: [Digest]) -> Digest {
        if files.count == 1, let file = files.first { return file }
        let lines = files.sorted().map { "\($0)\n" }.joined()
        return DigestBuilder.digest(Array(lines.utf8))
    }

    private static func mapping(
        _ file: MappingFile,
        of partner: Slug,
        in book: Book?
    ) throws -> BookMapping {
        let mapping: BookMapping
        if file.isPlain {
            mapping = try file.plain()
        } else if let book {
            return try file.signed(by: partner, in: book).mapping
        } else {
            mapping = try file.unverified()
        }
        guard mapping.partner == partner else {
            throw CommandError("\(file.path): it is for files of \(mapping.partner)")
        }
        if let book, book.ledger != mapping.ledger {
            throw CommandError("\(file.path): it is for the ledger \(mapping.ledger)")
        }
        return mapping
    }

    private static func joined(_ tables: [BookTable]) throws -> BookTable {
        guard var table = tables.first else { return BookTable() }
        for other in tables.dropFirst() {
            guard table.join(other) else {
                throw CommandError("the files have more programs or texts than one table holds")
            }
        }
        return table
    }
}

extension MappingFile {
    /// The mapping of a signed file, whose signature nobody here can check.
    func unverified() throws -> BookMapping {
        var text = bytes[...]
        while let last = text.last, last <= 0x20 { text.removeLast() }
        do {
            let jws = try JWS(parsing: Array(text), type: SignedMapping.type)
            return try BookMapping(parsing: jws.payload)
        } catch {
            throw CommandError("\(path): \(error)")
        }
    }
}
