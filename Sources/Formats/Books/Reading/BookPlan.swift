internal import Money
internal import Settlement

/// A mapping made ready for reading: columns as slots, words as bytes, names as numbers.
struct BookPlan {
    /// A slot that no column fills.
    static let none = -1

    /// Words in the encoding of the file, and what they stand for.
    struct Words<Meaning> {
        var entries: [(word: [UInt8], meaning: Meaning)] = []

        /// The meaning of a range of bytes, or nil.
        func meaning(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Meaning? {
            for entry in entries where entry.word.count == end - start {
                if entry.word.indices.allSatisfy({ entry.word[$0] == bytes[start + $0] }) {
                    return entry.meaning
                }
            }
            return nil
        }
    }

    /// A program or currency: its number in the table and, of a currency, its decimal places.
    struct Name {
        var number: UInt16
        var scale = 0
    }

    /// A name for all lines, or by the word in a slot.
    struct Names {
        var constant: Name?
        var slot = BookPlan.none
        var words = Words<Name>()
    }

    /// An amount of a line.
    struct Amount {
        var names: Names
        var scale: Int
        /// The slot of the number, or of the points that left.
        var slot: Int
        /// The slot of the points that came, or none.
        var creditSlot: Int
        /// 1 or −1: what a positive number is.
        var factor: Int64
        /// The slot of the word for the way, or none.
        var signSlot: Int
        /// 1 or −1 by the word.
        var signWords = Words<Int64>()
    }

    /// A balance column: whose, in which scale.
    struct Running {
        var name: UInt16
        var slot: Int
        var scale: Int
    }

    /// Each column that is read, once; its position here is its slot.
    private(set) var columns: [BookColumn] = []
    /// The slot of each field, by its position in `MappingField.allCases`.
    private(set) var fieldSlots: [Int]
    private(set) var amounts: [Amount] = []
    private(set) var currency: Names?
    private(set) var statusWords = Words<BookRow.Status>()
    private(set) var eventWords = Words<BookRow.Event>()
    private(set) var running: [Running] = []
    /// Slots whose numbers are summed for the footer.
    private(set) var sumSlots: [Int] = []
    let flipsReversals: Bool
    let numbers: NumberReading
    let dates: DateReading?
    /// The names of programs and currencies, in the order of their numbers.
    private(set) var names: [String] = []
    /// The encoding of the file, UTF-8 for all but separated values.
    let encoding: BookEncoding
    /// The quote of separated values, or nil.
    let quote: UInt8?

    init(_ mapping: BookMapping) {
        if case .csv(let shape) = mapping.shape {
            encoding = shape.encoding
            quote = shape.quote
        } else {
            encoding = .utf8
            quote = nil
        }
        flipsReversals = mapping.flipsReversals
        // A mark that the encoding cannot write never stands in the file.
        let thousands = encoding.bytes(mapping.numbers.thousands) ?? []
        numbers = NumberReading(
            decimal: mapping.numbers.decimal,
            thousands: thousands,
            sign: mapping.numbers.sign
        )
        dates = mapping.dates.map {
            DateReading(
                $0,
                utcOffsetMinutes: mapping.utcOffsetMinutes,
                dayOffsetMinutes: mapping.dayOffsetMinutes
            )
        }
        fieldSlots = [Int](repeating: Self.none, count: MappingField.allCases.count)
        for (index, field) in MappingField.allCases.enumerated() {
            if let column = mapping.column(field) { fieldSlots[index] = slot(column) }
        }
        statusWords.entries = mapping.statusWords.map { (bytes($0.word), Self.status($0.meaning)) }
        eventWords.entries = mapping.eventWords.map {
            (bytes($0.word), $0.meaning == "reversal" ? .reversal : .posting)
        }
        currency = mapping.currency.map { names($0) }
        amounts = mapping.amounts.map { amount($0) }
        running = mapping.control.balances.compactMap { balance in
            guard let column = balance.running else { return nil }
            let name = number(balance.program)
            return Running(name: name, slot: slot(column), scale: scale(of: name))
        }
        sumSlots = mapping.control.sums.map { slot($0.column) }
    }

    /// The slot of a field, or none.
    func slot(_ field: MappingField) -> Int {
        fieldSlots[MappingField.allCases.firstIndex(of: field) ?? 0]
    }

    /// The decimal places that are units of a program, 0 if no amount is of it.
    func scale(of name: UInt16) -> Int {
        amounts.first {
            $0.names.constant?.number == name
                || $0.names.words.entries.contains { $0.meaning.number == name }
        }?.scale ?? 0
    }

    /// The decimal places of the numbers of a slot, nil for money by a column of currencies.
    func scale(ofSlot slot: Int) -> Int? {
        if let amount = amounts.first(where: { $0.slot == slot || $0.creditSlot == slot }) {
            return amount.scale
        }
        return currency?.constant?.scale
    }

    private mutating func slot(_ column: BookColumn) -> Int {
        if let slot = columns.firstIndex(of: column) { return slot }
        columns.append(column)
        return columns.count - 1
    }

    /// The number of a program or currency of this mapping.
    mutating func number(_ name: String) -> UInt16 {
        if let number = names.firstIndex(of: name) { return UInt16(number) }
        names.append(name)
        return UInt16(names.count - 1)
    }

    private func bytes(_ text: String) -> [UInt8] { encoding.bytes(text) ?? [] }

    private static func status(_ word: String) -> BookRow.Status {
        switch word {
        case "pending": .pending
        case "void": .void
        default: .posted
        }
    }

    private mutating func name(_ text: String) -> Name {
        Name(number: number(text), scale: Currency(text)?.scale ?? 0)
    }

    private mutating func names(_ mapped: MappedName) -> Names {
        switch mapped {
        case .constant(let text): return Names(constant: name(text))
        case .column(let column, let words):
            let entries = words.map { (bytes($0.word), name($0.meaning)) }
            return Names(slot: slot(column), words: Words(entries: entries))
        }
    }

    private mutating func amount(_ amount: MappedAmount) -> Amount {
        let names = names(amount.program)
        var result = Amount(
            names: names,
            scale: amount.scale,
            slot: Self.none,
            creditSlot: Self.none,
            factor: 1,
            signSlot: Self.none
        )
        switch amount.number {
        case .column(let column): result.slot = slot(column)
        case .sides(let debit, let credit):
            result.slot = slot(debit)
            result.creditSlot = slot(credit)
        }
        switch amount.sign {
        case .stated, .credit: break
        case .inverted, .debit: result.factor = -1
        case .words(let column, let debit, let credit):
            result.signSlot = slot(column)
            result.signWords.entries =
                debit.map { (bytes($0), -1) } + credit.map { (bytes($0), 1) }
        }
        return result
    }
}
