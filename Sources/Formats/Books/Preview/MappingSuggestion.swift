public import Signing

/// A first mapping for a file that nobody has mapped yet, each part with the reason for it.
///
/// It is a draft for people: what the file leaves open, such as whether `03/04/2026` is in March or
/// April, is asked and not guessed.
public struct MappingSuggestion: Sendable {
    /// A part of the mapping, and why it is so.
    public struct Guess: Hashable, Sendable {
        /// The member of the mapping, or the column.
        public let subject: String
        /// What it is taken for.
        public let value: String
        /// Why.
        public let reason: String
    }

    /// The mapping, or nil when no column of the file is an amount.
    public private(set) var mapping: BookMapping?
    /// What was found, in the order of the mapping.
    public private(set) var guesses: [Guess] = []
    /// What a person has to decide.
    public private(set) var questions: [String] = []

    /// Looks at the beginning of a file: at most 1 MiB and 500 lines of it.
    ///
    /// `program` is whose points the file is taken to be about. Throws what the readers of XML and
    /// JSON throw. Complexity: O(n).
    public init(
        sample bytes: [UInt8],
        ledger: Digest,
        partner: Slug,
        program: String
    ) throws(FormatError) {
        let sample = try BookSampleTable(bytes)
        guesses = sample.guesses
        questions = sample.questions
        var roles = ColumnRoles(sample.columns)
        roles.assign()
        guesses += roles.guesses
        let numbers = NumberGuess(roles.numberValues)
        let dates = DateGuess(roles.values(of: .day))
        note(numbers, dates, roles, sample)
        guard let amount = roles.amount(program: program, hasMinus: numbers.hasMinus) else {
            questions.append("Which column holds the points? None looks like an amount.")
            return
        }
        questions += roles.amountQuestions
        var mapping = BookMapping(
            ledger: ledger,
            partner: partner,
            shape: sample.shape,
            amounts: [amount]
        )
        mapping.amounts[0].scale = numbers.scale(of: roles.amountValues)
        if let style = numbers.style, !sample.hasPlainNumbers { mapping.numbers = style }
        mapping.dates = dates.pattern
        fill(&mapping, roles, hasDates: dates.pattern != nil)
        // What cannot be saved is not suggested: names that an encoding cannot write, for one.
        do throws(FormatError) {
            try mapping.check()
            self.mapping = mapping
        } catch {
            questions.append("The file needs a mapping by hand: \(error.reason).")
        }
    }

    private mutating func note(
        _ numbers: NumberGuess,
        _ dates: DateGuess,
        _ roles: ColumnRoles,
        _ sample: BookSampleTable
    ) {
        if !sample.hasPlainNumbers {
            guesses.append(Guess(subject: "numbers", value: numbers.text, reason: numbers.reason))
            questions += numbers.questions
        }
        guard roles.column(.day) != nil else { return }
        if let pattern = dates.pattern {
            guesses.append(Guess(subject: "dates", value: pattern.text, reason: dates.reason))
            questions.append("At which offset from UTC are the days of the file?")
        } else {
            questions.append(dates.reason)
        }
    }

    private mutating func fill(
        _ mapping: inout BookMapping,
        _ roles: ColumnRoles,
        hasDates: Bool
    ) {
        for field in MappingField.allCases {
            guard let column = roles.column(field) else { continue }
            switch field {
            case .day where !hasDates: continue
            case .status:
                mapping.statusWords = words(roles, field, "status", WordMeaning.status)
                if mapping.statusWords.isEmpty { continue }
            case .event:
                mapping.eventWords = words(roles, field, "events", WordMeaning.event)
                if mapping.eventWords.isEmpty { continue }
            case .money, .fee:
                if mapping.currency == nil { mapping.currency = roles.currency() }
                if mapping.currency == nil {
                    questions.append("In which currency is column \(column)? No column says.")
                    continue
                }
            default: break
            }
            mapping.fields.append(BookMapping.MappedField(field, column))
        }
    }

    /// The words of a column that are known; the others are asked for.
    private mutating func words(
        _ roles: ColumnRoles,
        _ field: MappingField,
        _ name: String,
        _ meaning: (String) -> String?
    ) -> [MappedWord] {
        var words: [MappedWord] = []
        for word in roles.distinctValues(of: field) {
            if let meaning = meaning(word) {
                words.append(MappedWord(word, meaning))
                let reason = "\"\(word)\" is a word for it"
                guesses.append(Guess(subject: name, value: "\(word) = \(meaning)", reason: reason))
            } else {
                questions.append("What does \"\(word)\" mean in `\(name)`?")
            }
        }
        return words
    }
}
