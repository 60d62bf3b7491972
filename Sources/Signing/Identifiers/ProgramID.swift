/// The name of a programme in a ledger: its partner's slug, a slash and its own, `nordwind/miles`
/// (spec/02 §6).
public struct ProgramID: Hashable, Comparable, Sendable {
    /// The partner that the programme belongs to.
    public let partner: Slug
    /// The programme within the partner.
    public let program: Slug

    /// A programme of a partner.
    public init(partner: Slug, program: Slug) {
        self.partner = partner
        self.program = program
    }

    /// The programme of a text, or nil if it is not two slugs with a slash between.
    public init?(_ text: some StringProtocol) {
        self.init(ascii: Array(text.utf8)[...])
    }

    /// The programme of an ASCII text, or nil if it is not two slugs with a slash between.
    public init?(ascii text: ArraySlice<UInt8>) {
        guard let slash = text.firstIndex(of: 0x2f),
            let partner = Slug(ascii: text[..<slash]),
            let program = Slug(ascii: text[(slash + 1)...])
        else { return nil }
        self.init(partner: partner, program: program)
    }

    /// Orders by partner, then by programme.
    public static func < (left: ProgramID, right: ProgramID) -> Bool {
        (left.partner, left.program) < (right.partner, right.program)
    }
}

extension ProgramID: CustomStringConvertible {
    /// The text.
    public var description: String { "\(partner)/\(program)" }
}

extension ProgramID: Codable {
    /// Reads a programme's name from its text.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let id = ProgramID(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "a programme's name is partner/programme"
            )
        }
        self = id
    }

    /// Writes a programme's name as its text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
