internal import Signing

/// What parses prints as the same text; every date prints as what parses to it.
enum TimestampTarget: FuzzTarget {
    static func run(_ input: [UInt8]) {
        let text = String(decoding: input, as: UTF8.self)
        if let time = Timestamp(ascii: input[...]) {
            expect(Array(time.description.utf8) == input, "one text for one time")
            expect(time >= .earliest && time <= .latest, "within the years 0000 to 9999")
        }
        if let date = CivilDate(text) {
            expect(date.description == text, "one text for one date")
        }
    }
}
