import Signing
import Testing

@Suite struct JSONTests {
    private func fault(_ bytes: [UInt8]) -> JSONError? {
        do {
            _ = try JSONValue(parsing: bytes)
            return nil
        } catch {
            return error
        }
    }

    @Test func vectorsAreReadOrRefusedAtTheirPlace() throws {
        let vectors: EncodingVectors = try Vectors.load("encoding")
        for vector in vectors.json {
            let bytes = Vectors.bytes(vector.hex)
            let found = fault(bytes)
            #expect(found?.reason.rawValue == vector.code, "\(vector.name)")
            #expect(found?.offset == vector.offset, "\(vector.name)")
            guard let text = vector.value, found == nil else { continue }
            let value = try JSONValue(parsing: bytes)
            #expect(try value == JSONValue(parsing: Array(text.utf8)), "\(vector.name)")
            #expect(try JSONValue(parsing: value.text) == value, "\(vector.name)")
        }
    }

    @Test func everyReasonOccurs() throws {
        let vectors: EncodingVectors = try Vectors.load("encoding")
        let inVectors = Set(vectors.json.compactMap(\.code))
        let byType = Set(typedReads.map(\.reason.rawValue))
        #expect(inVectors.union(byType) == Set(JSONError.Reason.allCases.map(\.rawValue)))
    }

    private struct TypedRead {
        var text: String
        var reason: JSONError.Reason
        var offset: Int
        var read: @Sendable (inout JSONReader) throws(JSONError) -> Void
    }

    private var typedReads: [TypedRead] {
        [
            TypedRead(text: " 1", reason: .notAString, offset: 1) { r throws(JSONError) in
                _ = try r.readString()
            },
            TypedRead(text: "null", reason: .notAString, offset: 0) { r throws(JSONError) in
                _ = try r.readBytes()
            },
            TypedRead(text: "nul", reason: .syntax, offset: 0) { r throws(JSONError) in
                _ = try r.readString()
            },
            TypedRead(text: "\"1\"", reason: .notAnInteger, offset: 0) { r throws(JSONError) in
                _ = try r.readInteger()
            },
            TypedRead(text: "[]", reason: .notAnObject, offset: 0) { r throws(JSONError) in
                try r.readObject({ $0 }) { _, _ throws(JSONError) in }
            },
            TypedRead(text: "{}", reason: .notAnArray, offset: 0) { r throws(JSONError) in
                try r.readArray({ $0 }) { _, _ throws(JSONError) in }
            },
            TypedRead(text: "1", reason: .notABoolean, offset: 0) { r throws(JSONError) in
                _ = try r.readBoolean()
            },
            TypedRead(text: "\"AAAA\"", reason: .notAnIdentifier, offset: 0) {
                r throws(JSONError) in
                _ = try r.readIdentifier128()
            },
            TypedRead(text: "  \"AAAA\"", reason: .notADigest, offset: 2) { r throws(JSONError) in
                _ = try r.readDigest()
            },
        ]
    }

    @Test func anotherTypeIsNamed() {
        for wanted in typedReads {
            #expect(throws: JSONError(wanted.reason, at: wanted.offset), "\(wanted.text)") {
                var reader = try JSONReader(Array(wanted.text.utf8))
                try wanted.read(&reader)
            }
        }
    }

    /// Names around the two words in which most are kept.
    @Test(arguments: [0, 1, 7, 8, 9, 15, 16, 17, 40])
    func namesOfEveryLength(count: Int) throws {
        let name = String("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOP".prefix(count))
        for text in ["{\"\(name)\":1}", "{\"\(name)x\":1}", "{\"\\u0061\(name.dropFirst())\":1}"] {
            var reader = try JSONReader(Array(text.utf8))
            try reader.readObject({ $0 }) { reader, found throws(JSONError) in
                let plain = text.hasPrefix("{\"\\") ? "a" + name.dropFirst() : name
                #expect(found.text == (text.contains("x\"") ? name + "x" : plain))
                let table: [(StaticString, String)] = [
                    ("", ""), ("a", "a"), ("abcdefg", "abcdefg"), ("abcdefgh", "abcdefgh"),
                    ("abcdefghi", "abcdefghi"), ("abcdefghijklmno", "abcdefghijklmno"),
                    ("abcdefghijklmnop", "abcdefghijklmnop"),
                    ("abcdefghijklmnopq", "abcdefghijklmnopq"), ("bbcdefgh", "bbcdefgh"),
                    ("abcdefghijklmnoq", "abcdefghijklmnoq"),
                    ("abcdefghijklmnopr", "abcdefghijklmnopr"),
                ]
                for (pattern, text) in table { #expect((found == pattern) == (found.text == text)) }
                _ = try reader.readInteger()
            }
        }
    }

    @Test func samenessIsThatOfBytes() {
        let kelvin: JSONValue = ["\u{212a}": "e\u{301}"]
        let letter: JSONValue = ["K": "\u{e9}"]
        #expect(kelvin != letter && kelvin == ["\u{212a}": "e\u{301}"])
        #expect(JSONValue.string("e\u{301}") != "\u{e9}")
        #expect(kelvin["K"] == nil && letter["K"] != nil)
        #expect(Set([kelvin, letter, kelvin, [1], [true], [.null], 1, true, .null]).count == 8)
        #expect("K".hasSameBytes(as: "K") && !"K".hasSameBytes(as: "\u{212a}"))
    }

    @Test func memberSetRefusesTheSecond() throws {
        var offsets: [Int] = []
        var reader = try JSONReader(Array(#"{"a":1,"b":2,"a":3}"#.utf8))
        #expect(throws: JSONError(.duplicateMember, at: 13)) {
            var seen = MemberSet()
            try reader.readObject({ $0 }) { reader, name throws(JSONError) in
                try seen.insert(name == "a" ? 0 : 63, name)
                offsets.append(name.offset)
                _ = try reader.readInteger()
            }
        }
        #expect(offsets == [1, 7])
    }

    /// No control character, quote or backslash is missed at any alignment, next to any neighbour.
    @Test func specialCharactersAreFoundEverywhere() {
        for position in 0..<20 {
            for byte in UInt8.min..<0x80 {
                var text = Array("\"aaaaaaaaaaaaaaaaaaaa\"".utf8)
                text[1 + position] = byte
                let isPlain = byte >= 0x20 && byte != 0x22 && byte != 0x5c
                #expect((fault(text) == nil) == isPlain)
                if byte < 0x20 {
                    #expect(fault(text) == JSONError(.controlCharacter, at: 1 + position))
                }
            }
        }
    }

    /// Whatever is put in, the reader ends, and what it takes means the same when it is written
    /// again.
    @Test func damagedTextsNeverMeanTwoThings() throws {
        var generator = SeededGenerator(state: 42)
        let seed = Array(
            #"{"id":"\u00e9\ud83d\ude00","n":[-1,0,90071992547409],"o":{"t":true,"z":null}}"#.utf8
        )
        let bytes = Array("\"\\{}[]:,0123456789-+.eEtfnu\u{e9} \n".utf8)
        var taken = 0
        for _ in 0..<20_000 {
            var text = seed
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let place = Int.random(in: 0..<text.count, using: &generator)
                text[place] = bytes[Int.random(in: 0..<bytes.count, using: &generator)]
            }
            guard let value = try? JSONValue(parsing: text) else { continue }
            taken += 1
            #expect(try JSONValue(parsing: value.text) == value)
        }
        #expect(taken > 100)
    }

    @Test func stringsAreWrittenWithTheFewestEscapes() throws {
        let table: [(String, String)] = [
            ("", #""""#), ("a b", #""a b""#), ("\"", #""\"""#), ("a\\", #""a\\""#),
            ("\n", #""\u000a""#), ("a\u{0}\u{1f}b", #""a\u0000\u001fb""#),
            ("é\u{7f}—", "\"é\u{7f}—\""),
        ]
        for (value, text) in table {
            #expect(String(decoding: JSONValue.string(value).text, as: UTF8.self) == text)
            #expect(try JSONValue(parsing: Array(text.utf8)) == .string(value))
        }
    }
}
