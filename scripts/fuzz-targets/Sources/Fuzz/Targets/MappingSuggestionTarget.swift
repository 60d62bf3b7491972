internal import Formats
internal import Signing

/// Suggestions of mappings: what is suggested can be saved, and every guess has a reason.
enum MappingSuggestionTarget: FuzzTarget {
    static func run(_ input: [UInt8]) {
        guard let partner = Slug("nordwind") else { return }
        let suggestion = try? MappingSuggestion(
            sample: input,
            ledger: .zero,
            partner: partner,
            program: "nordwind/miles"
        )
        guard let suggestion else { return }
        for guess in suggestion.guesses { expect(!guess.reason.isEmpty, "a guess has a reason") }
        if let mapping = suggestion.mapping {
            expect((try? BookMapping(parsing: mapping.json)) == mapping, "it can be saved")
        }
    }
}
