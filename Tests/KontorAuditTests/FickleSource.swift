import KontorAudit
import Signing
import VerifiableLog

/// Shows every entry as it is once, and another one in its place when it is asked again.
final class FickleSource: EntrySource {
    let place = "fickle"
    private let honest: any EntrySource

    init(_ honest: any EntrySource) {
        self.honest = honest
    }

    func checkpoint() throws -> [UInt8] { try honest.checkpoint() }

    func forEachEntry(size: UInt64, _ body: (SourceEntry) throws -> Bool) throws {
        try honest.forEachEntry(size: size, body)
    }

    func entry(at index: UInt64, previous: Digest) throws -> SourceEntry {
        try honest.entry(at: index - 1, previous: previous)
    }

    func check(_ tile: HashTile) throws { try honest.check(tile) }

    func finish(size: UInt64, partial tiles: [HashTile]) throws -> [String] {
        try honest.finish(size: size, partial: tiles)
    }
}
