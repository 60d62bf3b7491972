internal import Signing

/// A text that parses has a shortest text, which parses to the same value.
enum JSONValueTarget: FuzzTarget {
    static func run(_ input: [UInt8]) {
        guard let value = try? JSONValue(parsing: input) else { return }
        let again = try? JSONValue(parsing: value.text)
        expect(again == value, "the shortest text means the same value")
        expect(value.text == again?.text, "the shortest text is a fixed point")
    }
}
