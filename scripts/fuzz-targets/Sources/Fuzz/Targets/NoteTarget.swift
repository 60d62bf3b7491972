internal import VerifiableLog

/// A note that parses is rebuilt byte for byte; a checkpoint likewise.
enum NoteTarget: FuzzTarget {
    static func run(_ input: [UInt8]) {
        if let note = try? SignedNote(parsing: input) {
            expect(note.bytes == input, "bytes and values of a note determine each other")
        }
        if let checkpoint = try? Checkpoint(parsing: input) {
            expect(checkpoint.text == input, "bytes and values of a checkpoint determine each other")
        }
    }
}
