internal import Signing

/// An identifier that parses has one spelling, the one that was read.
enum IdentifierTarget: FuzzTarget {
    static func run(_ input: [UInt8]) {
        if let id = UUIDv7(ascii: input[...]) {
            expect(id.ascii == input, "one text for one submission id")
        }
        if let slug = Slug(ascii: input[...]) {
            expect(Array(slug.text.utf8) == input, "one text for one slug")
        }
        if let program = ProgramID(ascii: input[...]) {
            expect(Array(program.description.utf8) == input, "one text for one program")
        }
        if let number = UInt128(base64URL: input[...]) {
            expect(Array(number.base64URL.utf8) == input, "one text for 128 bits")
        }
    }
}
