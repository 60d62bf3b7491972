internal import Money
internal import Signing

/// Which column of a sample is what, by its content and by the words of its name.
struct ColumnRoles {
    /// A column of a sample.
    struct Column {
        var column: BookColumn
        /// The name, or an empty text.
        var title: String
        /// The cells, without spaces at their ends.
        var values: [String]

        /// The cells that are not empty.
        var stated: [String] { values.filter { !$0.isEmpty } }
    }

    private let columns: [Column]
    private var roles: [WordMeaning.Role?]
    private(set) var guesses: [MappingSuggestion.Guess] = []
    private(set) var amountQuestions: [String] = []

    init(_ columns: [Column]) {
        self.columns = columns
        roles = [WordMeaning.Role?](repeating: nil, count: columns.count)
    }

    /// Gives each column at most one role, and each role at most one column.
    mutating func assign() {
        for index in columns.indices { assignByContent(index) }
        for index in columns.indices where roles[index] == nil { assignByName(index) }
        // Without a name that says it, the first column of numbers is the amount.
        if !roles.contains(.amount), !roles.contains(.debit) || !roles.contains(.credit),
            let index = columns.indices.first(where: {
                (roles[$0] == nil || roles[$0] == .money) && isNumeric($0)
            })
        {
            set(index, .amount, "it is the first column of numbers")
        }
    }

    private mutating func set(_ index: Int, _ role: WordMeaning.Role, _ reason: String) {
        roles[index] = role
        guesses.append(
            MappingSuggestion.Guess(
                subject: "column \(columns[index].column)",
                value: role.rawValue,
                reason: reason
            )
        )
    }

    private mutating func assignByContent(_ index: Int) {
        let stated = columns[index].stated
        guard !stated.isEmpty else { return }
        func all(_ test: ([UInt8]) -> Bool) -> Bool { stated.allSatisfy { test(Array($0.utf8)) } }
        if !roles.contains(.transfer), all({ TransferName($0, 0, $0.count) != nil }) {
            set(index, .transfer, "all of its cells are UUIDs of version 7")
        } else if !roles.contains(.member), all({ UInt128(base64URL: $0[...]) != nil }) {
            set(index, .member, "all of its cells are 22 characters of base64url")
        } else if !roles.contains(.day), !isNumeric(index) || stated[0].utf8.count == 8,
            DateGuess(stated).isDate
        {
            set(index, .day, "all of its cells are days")
        } else if !roles.contains(.currency), Set(stated).count <= 8,
            all({ Currency(String(decoding: $0, as: UTF8.self)) != nil }),
            WordMeaning.role(of: columns[index].title)?.role == .currency
        {
            set(index, .currency, "its name and its cells of three capital letters say so")
        }
    }

    private mutating func assignByName(_ index: Int) {
        guard let (role, word) = WordMeaning.role(of: columns[index].title),
            !roles.contains(role), !columns[index].stated.isEmpty
        else { return }
        switch role {
        // These are known by their content, and by it alone.
        case .transfer, .member, .day: return
        case .amount, .debit, .credit, .money, .fee, .balance, .item:
            guard isNumeric(index) else { return }
        case .sign:
            let words = Set(columns[index].stated)
            guard words.count <= 4, words.allSatisfy({ WordMeaning.sign($0) != nil }) else {
                return
            }
        case .status, .event, .program, .currency:
            guard Set(columns[index].stated).count <= 12 else { return }
        default: break
        }
        set(index, role, "its name has the word \"\(word)\"")
    }

    private func isNumeric(_ index: Int) -> Bool {
        let stated = columns[index].stated
        return !stated.isEmpty && NumberGuess(stated).isNumber
    }

    private func index(_ role: WordMeaning.Role) -> Int? { roles.firstIndex(of: role) }

    /// The column of a field, or nil.
    func column(_ field: MappingField) -> BookColumn? {
        WordMeaning.Role(rawValue: field.rawValue).flatMap { index($0) }.map {
            columns[$0].column
        }
    }

    /// The cells of a field that are not empty.
    func values(of field: MappingField) -> [String] {
        WordMeaning.Role(rawValue: field.rawValue).flatMap { index($0) }.map {
            columns[$0].stated
        } ?? []
    }

    /// The words of a field, each once, in the order in which they come.
    func distinctValues(of field: MappingField) -> [String] {
        var words: [String] = []
        for value in values(of: field) where !words.contains(value) { words.append(value) }
        return words
    }

    /// The cells of all columns that hold numbers.
    var numberValues: [String] {
        let wanted: [WordMeaning.Role] = [.amount, .debit, .credit, .money, .fee, .balance]
        return wanted.compactMap { index($0) }.flatMap { columns[$0].stated }
    }

    /// The cells of the amount.
    var amountValues: [String] {
        let sides = [index(.debit), index(.credit)].compactMap(\.self)
        let wanted = sides.count == 2 ? sides : [index(.amount)].compactMap(\.self)
        return wanted.flatMap { columns[$0].stated }
    }

    /// The amount of a line, or nil when no column is one.
    mutating func amount(program: String, hasMinus: Bool) -> MappedAmount? {
        let name = MappedName.constant(program)
        if let column = index(.program) {
            let words = Set(columns[column].stated).sorted()
            amountQuestions.append(
                "Which programs are \(words.map { "\"\($0)\"" }.joined(separator: ", ")) of column "
                    + "\(columns[column].column)? All lines are taken for \(program)."
            )
        }
        if let debit = index(.debit), let credit = index(.credit) {
            return MappedAmount(
                program: name,
                number: .sides(debit: columns[debit].column, credit: columns[credit].column)
            )
        }
        guard let amount = index(.amount) else { return nil }
        let number = MappedAmount.Number.column(columns[amount].column)
        if let sign = index(.sign) {
            let words = Set(columns[sign].stated).sorted()
            return MappedAmount(
                program: name,
                number: number,
                sign: .words(
                    columns[sign].column,
                    debit: words.filter { WordMeaning.sign($0) == -1 },
                    credit: words.filter { WordMeaning.sign($0) == 1 }
                )
            )
        }
        amountQuestions.append(
            hasMinus
                ? "Are positive numbers points that came to members (stated), or that left (inverted)?"
                : "No number has a sign: did all points leave members (debit), or come (credit)?"
        )
        return MappedAmount(program: name, number: number)
    }

    /// The currencies, by their column.
    func currency() -> MappedName? {
        guard let column = index(.currency) else { return nil }
        var words: [MappedWord] = []
        for word in Set(columns[column].stated).sorted() {
            guard let code = WordMeaning.currency(word) else { return nil }
            words.append(MappedWord(word, code))
        }
        return words.isEmpty ? nil : .column(columns[column].column, words)
    }
}
