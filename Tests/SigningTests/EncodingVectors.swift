/// The shape of fixtures/vectors/encoding.json.
struct EncodingVectors: Decodable {
    struct Base64Case: Decodable {
        var alphabet: String
        var text: String
        var hex: String?
    }

    struct JSONCase: Decodable {
        var name: String
        var hex: String
        var value: String?
        var code: String?
        var offset: Int?
    }

    struct TimeCase: Decodable {
        var text: String
        var milliseconds: Int64?
    }

    struct DateCase: Decodable {
        var milliseconds: Int64
        var utcOffsetMinutes: Int
        var date: String
    }

    struct NameCase: Decodable {
        var text: String
        var valid: Bool
    }

    struct IdentifierCase: Decodable {
        var text: String
        var hex: String?
    }

    var base64: [Base64Case]
    var json: [JSONCase]
    var times: [TimeCase]
    var dates: [DateCase]
    var uuids: [TimeCase]
    var slugs: [NameCase]
    var programs: [NameCase]
    var identifiers: [IdentifierCase]
}
