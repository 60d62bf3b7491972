internal import Signing

/// What each side of an exchange says first: what its books are about, and what they come to.
struct DigestGreeting: Hashable {
    let scope: BookScope
    let count: UInt64
    /// The node over all leaves.
    let top: BookNode
    /// In the order of the programs' names.
    let sums: [BookSum]

    /// The greeting of a side.
    init(_ digest: BookDigest) {
        scope = digest.scope
        count = UInt64(digest.count)
        top = digest.top
        sums = digest.sums
    }

    /// The greeting of a message's fields, or nil if they are not written in the one form.
    init?(_ fields: ArraySlice<ArraySlice<UInt8>>) {
        let fields = Array(fields)
        guard fields.count >= 7, fields.count % 5 == 2,
            (fields.count - 7) / 5 <= FormatLimits.exchangeProgramCount,
            let ledger = Digest(ascii: fields[0], as: .url), let first = Slug(ascii: fields[1]),
            let second = Slug(ascii: fields[2]), first < second,
            let calendar = Slug(ascii: fields[3]),
            let window = PlainNumber.read(fields[4], atMost: .max),
            let scope = BookScope(
                ledger: ledger,
                first,
                second,
                calendar: calendar,
                window: window
            ),
            let count = PlainNumber.read(fields[5], atMost: UInt64(FormatLimits.digestLeafCount)),
            let top = BookNode(ascii: fields[6]), Self.fits(count, top.kind)
        else { return nil }
        self.scope = scope
        self.count = count
        self.top = top
        var sums: [BookSum] = []
        for start in stride(from: 7, to: fields.count, by: 5) {
            guard let sum = BookSum(fields[start..<start + 5]) else { return nil }
            if let last = sums.last, last.program >= sum.program { return nil }
            sums.append(sum)
        }
        self.sums = sums
    }

    /// The root of the side's tree.
    var root: Digest { scope.root(top: top.hash, count: count) }

    /// The fields, each after a space.
    func append(to text: inout [UInt8]) {
        text += Array(" \(scope.ledger) \(scope.first) \(scope.second) \(scope.calendar)".utf8)
        text += Array(" \(scope.window) \(count) ".utf8)
        top.append(to: &text)
        for sum in sums {
            text += Array(" \(sum.program) \(sum.debit) \(sum.credit)".utf8)
            text += Array(" \(sum.reversedDebit) \(sum.reversedCredit)".utf8)
        }
    }

    private static func fits(_ count: UInt64, _ kind: BookNode.Kind) -> Bool {
        switch kind {
        case .empty: count == 0
        case .leaf: count == 1
        case .inner: count > 1
        }
    }
}

extension BookSum {
    /// The sums of five fields of a message, or nil.
    fileprivate init?(_ fields: ArraySlice<ArraySlice<UInt8>>) {
        guard let name = fields.first, ProgramID(ascii: name) != nil else { return nil }
        var amounts: [Int128] = []
        for field in fields.dropFirst() {
            guard let amount = ExactText.amount(String(decoding: field, as: UTF8.self)), amount >= 0
            else { return nil }
            amounts.append(amount)
        }
        self.init(
            program: String(decoding: name, as: UTF8.self),
            debit: amounts[0],
            credit: amounts[1],
            reversedDebit: amounts[2],
            reversedCredit: amounts[3]
        )
    }
}

extension BookNode {
    /// The node of its text: `-`, or the hash behind `L` for a leaf and `N` for an inner node.
    init?(ascii text: ArraySlice<UInt8>) {
        if text.elementsEqual([0x2d]) {
            self = .empty
            return
        }
        guard let letter = text.first, letter == 0x4c || letter == 0x4e,
            let hash = Digest(ascii: text.dropFirst(), as: .url), hash != .zero
        else { return nil }
        self.init(letter == 0x4c ? .leaf : .inner, hash)
    }

    /// Appends the text.
    func append(to text: inout [UInt8]) {
        switch kind {
        case .empty: text.append(0x2d)
        case .leaf: text += Array("L\(hash)".utf8)
        case .inner: text += Array("N\(hash)".utf8)
        }
    }
}
