internal import Signing
internal import VerifiableLog

/// An entry that parses is rebuilt byte for byte, and never grows past its limit.
enum EntryTarget: FuzzTarget {
    static func run(_ input: [UInt8]) {
        guard let frame = try? EntryFrame(parsing: input) else { return }
        expect(frame.bytes == input, "bytes and values determine each other")
        expect(frame.leafHash == DigestBuilder.digest(prefix: 0, input), "the leaf hash is that of the bytes")
    }
}
