import Foundation
import Signing
import Testing

@Suite struct IdentifierTests {
    @Test func idsOfSubmissions() throws {
        let vectors: EncodingVectors = try Vectors.load("encoding")
        for vector in vectors.uuids {
            let id = UUIDv7(vector.text)
            #expect(id?.timestamp.milliseconds == vector.milliseconds, "\(vector.text)")
            if let id {
                #expect(id.description == vector.text)
                #expect(UUIDv7(rawValue: id.rawValue) == id)
            }
        }
    }

    @Test func idsAreMadeOfTimeAndRandomBits() throws {
        let moment = Timestamp(milliseconds: 1_763_806_530_123)
        let first = try #require(UUIDv7(timestamp: moment, high: .max, low: .max))
        #expect(first.timestamp == moment)
        #expect(first.description.hasSuffix("-7fff-bfff-ffffffffffff"))
        let second = try #require(
            UUIDv7(timestamp: moment.advanced(byMilliseconds: 1), high: 0, low: 0)
        )
        #expect(second.description.hasSuffix("-7000-8000-000000000000"))
        #expect(first < second && first.description < second.description)
        #expect(UUIDv7(timestamp: Timestamp(milliseconds: -1), high: 0, low: 0) == nil)
        #expect(UUIDv7(timestamp: Timestamp(milliseconds: 1 << 48), high: 0, low: 0) == nil)
        #expect(UUIDv7(rawValue: 0) == nil)
    }

    @Test func names() throws {
        let vectors: EncodingVectors = try Vectors.load("encoding")
        for vector in vectors.slugs {
            #expect((Slug(vector.text) != nil) == vector.valid, "\(vector.text)")
            #expect((Slug(ascii: Array(vector.text.utf8)[...]) != nil) == vector.valid)
        }
        for vector in vectors.programs {
            let program = ProgramID(vector.text)
            #expect((program != nil) == vector.valid, "\(vector.text)")
            if let program { #expect(program.description == vector.text) }
        }
        let names = ["b", "a-a", "a0", "a"].compactMap { Slug($0) }
        #expect(names.sorted().map(\.text) == ["a", "a-a", "a0", "b"])
        let programs = ["b/a", "a-a/a", "a/b"].compactMap { ProgramID($0) }
        #expect(programs.sorted().map(\.description) == ["a/b", "a-a/a", "b/a"])
    }

    private struct Coded: Codable, Equatable {
        var id: UUIDv7
        var partner: Slug
        var program: ProgramID
        var digest: Digest
    }

    @Test func textsAreWhatIsCoded() throws {
        let zero = String(repeating: "A", count: 43)
        let parts = [
            "\"id\":\"019ab0c5-91ab-7000-8000-00000000002a\"", "\"partner\":\"nordwind\"",
            "\"program\":\"nordwind/miles\"", "\"digest\":\"\(zero)\"",
        ]
        let text = Data("{\(parts.joined(separator: ","))}".utf8)
        let value = try JSONDecoder().decode(Coded.self, from: text)
        #expect(value.digest == .zero)
        let again = try JSONEncoder().encode(value)
        #expect(try JSONDecoder().decode(Coded.self, from: again) == value)
        for index in parts.indices {
            var damaged = parts
            damaged[index] = String(damaged[index].dropLast()) + "-\""
            let text = Data("{\(damaged.joined(separator: ","))}".utf8)
            #expect(throws: DecodingError.self) {
                try JSONDecoder().decode(Coded.self, from: text)
            }
        }
    }
}
