internal import Formats

/// Mappings: what is read is written so that it is read again as the same.
enum BookMappingTarget: FuzzTarget {
    static func run(_ input: [UInt8]) {
        do throws(FormatError) {
            let mapping = try BookMapping(parsing: input)
            let again = try? BookMapping(parsing: mapping.json)
            expect(again == mapping, "a mapping is written as it is read")
            var reader = BookReader(mapping: mapping, name: "fuzz")
            try reader.read(Array("a;b;c\n1;2;3\n".utf8))
            _ = try reader.finish()
        } catch {
            expect(!error.reason.isEmpty, "a fault has a reason")
        }
    }
}
