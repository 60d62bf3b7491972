internal import KontorAPI

/// A query of strangers, and the cursors in it.
enum QueryTarget: FuzzTarget {
    private static let names = ["cursor", "from", "limit", "to"]

    static func run(_ input: [UInt8]) {
        let text = String(decoding: input, as: UTF8.self)
        if let place = try? Cursor.place(text, in: "entries") {
            let again = try? Cursor.place(Cursor.text("entries", place), in: "entries")
            expect(again == place, "a cursor names its place")
            expect((try? Cursor.place(text, in: "webhooks")) == nil, "a cursor is of one list")
        }
        guard let query = try? Query(text, known: names) else { return }
        for name in names {
            guard let value = query.text(name) else { continue }
            expect(value.utf8.count <= 512, "a value has a limit")
            if let number = try? query.number(name) {
                expect(String(number) == value, "a number has one spelling")
            }
        }
        let none = try? Query(text, known: [])
        expect(text.isEmpty == (none != nil), "what is not known is a fault")
    }
}
