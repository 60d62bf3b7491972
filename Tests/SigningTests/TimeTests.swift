import Foundation
import Signing
import Testing

@Suite struct TimeTests {
    @Test func vectorsAreMomentsOrNothing() throws {
        let vectors: EncodingVectors = try Vectors.load("encoding")
        for vector in vectors.times {
            let moment = Timestamp(vector.text)
            #expect(moment?.milliseconds == vector.milliseconds, "\(vector.text)")
            if let moment { #expect(moment.description == vector.text) }
        }
    }

    @Test func boundsHaveTexts() {
        #expect(Timestamp.earliest.description == "0000-01-01T00:00:00.000Z")
        #expect(Timestamp.latest.description == "9999-12-31T23:59:59.999Z")
        #expect(Timestamp("9999-12-31T23:59:59.999Z") == .latest)
        let beyond = Timestamp.latest.advanced(byMilliseconds: 1)
        #expect(beyond.description == "10000-01-01T00:00:00.000Z")
        #expect(Timestamp(beyond.description) == nil)
        #expect(Timestamp.earliest < Timestamp.latest)
    }

    @Test func daysFollowTheOffset() throws {
        let vectors: EncodingVectors = try Vectors.load("encoding")
        for vector in vectors.dates {
            let moment = Timestamp(milliseconds: vector.milliseconds)
            let date = moment.date(utcOffsetMinutes: vector.utcOffsetMinutes)
            #expect(date.description == vector.date)
        }
    }

    @Test func daysReturn() {
        for days in stride(from: -719_528, through: 2_932_896, by: 89) {
            let date = CivilDate(days: days)
            let (year, month, day) = date.parts
            #expect(CivilDate(year: year, month: month, day: day) == date)
            #expect(CivilDate(date.description) == date)
        }
        for text in ["2026-11-31", "2026-1-01", "2026-11-22T", "", "2026/11/22", "12026-11-2"] {
            #expect(CivilDate(text) == nil)
        }
        #expect(CivilDate(days: 0) < CivilDate(days: 1))
    }

    @Test func textsAreWhatIsCoded() throws {
        let text = Data(#"["2026-11-22T10:15:30.123Z"]"#.utf8)
        let moments = try JSONDecoder().decode([Timestamp].self, from: text)
        #expect(try JSONEncoder().encode(moments) == text)
        let days = try JSONDecoder().decode([CivilDate].self, from: Data(#"["2026-11-22"]"#.utf8))
        #expect(days == [moments[0].date()])
        #expect(try JSONEncoder().encode(days) == Data(#"["2026-11-22"]"#.utf8))
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([Timestamp].self, from: Data(#"["2026-11-22"]"#.utf8))
        }
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([CivilDate].self, from: Data(#"["22.11.2026"]"#.utf8))
        }
    }
}
