internal import Foundation
internal import Formats
internal import KontorEngine
internal import Signing
internal import VerifiableLog

extension NightFiles {
    /// Writes the receipts that the page of a statement leads to, as far as they are not there.
    ///
    /// A receipt says where the log has an entry and proves it, and tells nothing of what the entry
    /// says; so partners may share the folder.
    static func writeReceipts(
        for statement: PartnerStatement,
        _ engine: Engine,
        _ folder: String
    ) throws {
        let folder = folder + "/receipts"
        try FileManager.default.createDirectory(
            atPath: folder,
            withIntermediateDirectories: true
        )
        for index in statement.pageEntries {
            try write("\(folder)/\(index).json") {
                guard let entry = try engine.acceptedEntry(at: index) else {
                    throw CommandError("the ledger has no entry \(index)")
                }
                return try engine.receipt(for: entry).json.text
            }
        }
    }
}
