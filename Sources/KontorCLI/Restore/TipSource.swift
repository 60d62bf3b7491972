internal import KontorAudit
internal import Signing
internal import VerifiableLog

/// A log up to a tip, whatever its source has published besides.
final class TipSource: EntrySource {
    private let source: any EntrySource
    private let tip: SignedNote

    init(_ source: any EntrySource, tip: SignedNote) {
        self.source = source
        self.tip = tip
    }

    var place: String { source.place }

    func checkpoint() -> [UInt8] { tip.bytes }

    func forEachEntry(size: UInt64, _ body: (SourceEntry) throws -> Bool) throws {
        try source.forEachEntry(size: size, body)
    }

    func entry(at index: UInt64, previous: Digest) throws -> SourceEntry {
        try source.entry(at: index, previous: previous)
    }

    func check(_ tile: HashTile) throws { try source.check(tile) }

    func finish(size: UInt64, partial tiles: [HashTile]) throws -> [String] {
        try source.finish(size: size, partial: tiles)
    }
}
