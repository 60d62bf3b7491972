internal import Foundation
internal import Formats
internal import Ledger
internal import Signing

/// The entry keys of partners in a file: a JSON object `{partner, key}` a line, the key as a public
/// JWK.
enum JournalKeyFile {
    /// The keys of a file.
    static func read(_ path: String) throws -> JournalKeys {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw CommandError("\(path): there is no such file, or it may not be read")
        }
        var keys = JournalKeys()
        let lines = [UInt8](data).split(separator: 0x0a)
        for (number, line) in lines.enumerated() {
            guard let value = try? JSONValue(parsing: Array(line)),
                case .string(let name)? = value["partner"], let partner = Slug(name),
                let jwk = value["key"], let key = try? PublicKey(jwk: jwk)
            else {
                throw CommandError(
                    "\(path):\(number + 1): not a partner and its key; write the file anew with "
                        + "kontor reconcile journal keys"
                )
            }
            keys.add(key, of: partner)
        }
        return keys
    }

    /// The keys of all partners of a ledger.
    static func keys(of book: Book) -> JournalKeys {
        var keys = JournalKeys()
        for (partner, key) in list(of: book) { keys.add(key, of: partner) }
        return keys
    }

    /// The partners of a ledger, each with its keys.
    static func list(of book: Book) -> [(Slug, PublicKey)] {
        book.partners.flatMap { partner in
            guard let slug = Slug(partner.name) else { return [(Slug, PublicKey)]() }
            return book.entryKeysEver(of: partner.name).map { (slug, $0) }
        }
    }
}
