internal import Signing

extension DigestMessage {
    /// Reads a line with its end, number `number` of those received, from 1.
    ///
    /// Throws `exchangeForm` for anything that is not written in the one form of spec/28 §2.1, and
    /// `exchangeVersion` for a greeting of another version.
    ///
    /// Complexity: O(n).
    init(line: [UInt8], number: Int) throws(FormatError) {
        guard line.count <= FormatLimits.exchangeLineByteCount, line.last == 0x0a else {
            throw Self.fault(.exchangeForm, number, "a line is at most 65,536 bytes, with its end")
        }
        let fields = line.dropLast().split(separator: 0x20, omittingEmptySubsequences: false)
        let word = String(decoding: fields[0], as: UTF8.self)
        if word.hasPrefix("kontor/"), !word.hasSameBytes(as: Self.version) {
            throw Self.fault(.exchangeVersion, number, "the other side speaks another version")
        }
        guard let message = Self.read(word, fields.dropFirst()) else {
            throw Self.fault(.exchangeForm, number, "the line is no message of the exchange")
        }
        self = message
    }

    private static func read(
        _ word: String,
        _ fields: ArraySlice<ArraySlice<UInt8>>
    ) -> DigestMessage? {
        switch word {
        case version: greeting(fields)
        case "nodes": list(fields, 1) { BookPrefix(ascii: $0[0]) }.map(DigestMessage.nodes)
        case "names": list(fields, 1) { BookPrefix(ascii: $0[0]) }.map(DigestMessage.names)
        case "children":
            list(fields, 1, atMost: BookNode.childCount) { BookNode(ascii: $0[0]) }
                .flatMap { $0.count % BookNode.childCount == 0 ? .children($0) : nil }
        case "leaves": list(fields, 2, leaf).map(DigestMessage.leaves)
        case "differ": list(fields, 3, finding).map(DigestMessage.differ)
        case "end": number(fields).map(DigestMessage.end)
        case "stop": number(fields).map(DigestMessage.stop)
        case "error": code(fields).map(DigestMessage.error)
        default: nil
        }
    }

    private static func greeting(_ fields: ArraySlice<ArraySlice<UInt8>>) -> DigestMessage? {
        guard let role = fields.first, let greeting = DigestGreeting(fields.dropFirst()) else {
            return nil
        }
        switch String(decoding: role, as: UTF8.self) {
        case "call": return .call(greeting)
        case "answer": return .answer(greeting)
        default: return nil
        }
    }

    /// The elements of a list, each of so many fields.
    private static func list<Element>(
        _ fields: ArraySlice<ArraySlice<UInt8>>,
        _ width: Int,
        atMost factor: Int = 1,
        _ body: ([ArraySlice<UInt8>]) -> Element?
    ) -> [Element]? {
        let limit = FormatLimits.exchangePlaceCount * factor * width
        guard !fields.isEmpty, fields.count <= limit, fields.count % width == 0 else { return nil }
        var elements: [Element] = []
        for start in stride(from: fields.startIndex, to: fields.endIndex, by: width) {
            guard let element = body(Array(fields[start..<start + width])) else { return nil }
            elements.append(element)
        }
        return elements
    }

    private static func leaf(_ fields: [ArraySlice<UInt8>]) -> Leaf? {
        guard let name = ItemName(ascii: fields[0]),
            let hash = Digest(ascii: fields[1], as: .url)
        else { return nil }
        return Leaf(name: name, hash: hash)
    }

    private static func finding(_ fields: [ArraySlice<UInt8>]) -> Finding? {
        guard let name = ItemName(ascii: fields[0]) else { return nil }
        var hashes: [Digest?] = []
        for field in fields.dropFirst() {
            let hash = Digest(ascii: field, as: .url)
            guard hash != nil || field.elementsEqual([0x2d]) else { return nil }
            hashes.append(hash)
        }
        guard hashes[0] != hashes[1] else { return nil }
        return Finding(name: name, caller: hashes[0], answerer: hashes[1])
    }

    private static func number(_ fields: ArraySlice<ArraySlice<UInt8>>) -> UInt64? {
        guard fields.count == 1, let field = fields.first else { return nil }
        return PlainNumber.read(field, atMost: UInt64(JSONReader.numberLimit))
    }

    private static func code(_ fields: ArraySlice<ArraySlice<UInt8>>) -> String? {
        guard fields.count == 1, let field = fields.first, (1...64).contains(field.count),
            field.allSatisfy({ (0x41...0x5a).contains($0) || (0x61...0x7a).contains($0) })
        else { return nil }
        return String(decoding: field, as: UTF8.self)
    }

    /// A fault of an exchange at a message.
    static func fault(
        _ code: FormatError.Code,
        _ number: Int,
        _ reason: String,
        wayOut: String = "ask the other side which program it runs, and begin again"
    ) -> FormatError {
        FormatError(code, in: "exchange", line: number, reason, wayOut: wayOut)
    }
}
