internal import VerifiableLog

/// Keys of notes and paths of tiles have one text each.
enum VerifierKeyTarget: FuzzTarget {
    static func run(_ input: [UInt8]) {
        let text = String(decoding: input, as: UTF8.self)
        if let key = try? VerifierKey(parsing: text) {
            expect(key.text == text, "a verifier key has one text")
        }
        if let path = try? TilePath(parsing: text) {
            expect(path.description == text, "a tile has one path")
        }
    }
}
