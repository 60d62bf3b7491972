internal import Foundation
internal import Formats
internal import Settlement
internal import Signing

/// The files of a partner's books: named on the command line, read by its mapping.
struct PartnerFiles: Sendable {
    /// The bytes that are read at once: 1 MiB.
    private static let pieceByteCount = 1 << 20

    let paths: [String]
    let mapping: BookMapping

    /// Reads all files, one after another.
    ///
    /// A file that is broken as a whole ends the run: nothing was compared then.
    func read() throws -> [PartnerBook] {
        try paths.map(read)
    }

    private func read(_ path: String) throws -> PartnerBook {
        let name = URL(fileURLWithPath: path).lastPathComponent
        guard let file = FileHandle(forReadingAtPath: path) else {
            throw CommandError("\(path): there is no such file, or it may not be read")
        }
        defer { try? file.close() }
        var reader = BookReader(mapping: mapping, name: name)
        do {
            while let piece = try file.read(upToCount: Self.pieceByteCount), !piece.isEmpty {
                try reader.read([UInt8](piece))
            }
            return try reader.finish()
        } catch let error as FormatError {
            throw CommandError("\(path): \(error.description); nothing was compared")
        }
    }
}

extension BookMapping {
    /// The programs that lines of these files can be of, in order: the run compares no others.
    var programs: [String] {
        var names: Set<String> = []
        for amount in amounts {
            switch amount.program {
            case .constant(let name): names.insert(name)
            case .column(_, let words): for word in words { names.insert(word.meaning) }
            }
        }
        return names.sorted()
    }
}
