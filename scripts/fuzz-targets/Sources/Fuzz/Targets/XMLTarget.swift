internal import Formats

/// The reader of XML: starts and ends are balanced, and what it reads is read again after the
/// writer has written it.
enum XMLTarget: FuzzTarget {
    static func run(_ input: [UInt8]) {
        guard let events = events(of: input) else { return }
        var depth = 0
        for event in events {
            switch event {
            case .start: depth += 1
            case .end: depth -= 1
            case .text(let text): expect(!text.isEmpty, "a text holds something")
            }
        }
        expect(depth == 0, "starts and ends are balanced")
        if case .text(let text)? = events.first(where: {
            if case .text = $0 { true } else { false }
        }) {
            var writer = XMLWriter()
            writer.element("a", text)
            let again = Self.events(of: writer.bytes)
            expect(again?.contains(.text(text)) == true, "what is written is read")
        }
    }

    private static func events(of text: [UInt8]) -> [XMLEvent]? {
        do throws(FormatError) {
            var reader = try XMLReader(text)
            var events: [XMLEvent] = []
            while let event = try reader.next() { events.append(event) }
            return events
        } catch {
            expect(!error.reason.isEmpty, "a fault has a reason")
            return nil
        }
    }
}
