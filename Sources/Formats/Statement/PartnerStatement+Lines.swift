internal import Money
internal import Signing

extension PartnerStatement {
    /// Reads the lines one by one, without a tree: there may be a million.
    static func readLines(_ reader: inout JSONReader) throws(JSONError) -> [Line] {
        var lines: [Line] = []
        try reader.readArray({ $0 }) { reader, _ throws(JSONError) in
            lines.append(try readLine(&reader))
        }
        return lines
    }

    private static func readLine(_ reader: inout JSONReader) throws(JSONError) -> Line {
        var line = Line(index: 0, item: 0, name: "", debt: 0, exact: .zero, amount: 0)
        var met = MemberSet()
        let start = reader.offset
        try reader.readObject({ $0 }) { reader, name throws(JSONError) in
            let offset = reader.offset
            switch name {
            case "index":
                try met.insert(0, name)
                line.index = try natural(&reader)
            case "item":
                try met.insert(1, name)
                guard let item = Int32(exactly: try natural(&reader)) else {
                    throw JSONError(.numberRange, at: offset)
                }
                line.item = item
            case "name":
                try met.insert(2, name)
                line.name = try reader.readString()
            case "debt":
                try met.insert(3, name)
                line.debt = Int(clamping: try natural(&reader))
            case "debit":
                try met.insert(4, name)
                line.debit = try reader.readInteger()
            case "credit":
                try met.insert(5, name)
                line.credit = try reader.readInteger()
            case "bonus":
                try met.insert(6, name)
                line.bonus = try reader.readInteger()
            case "exact":
                try met.insert(7, name)
                guard let exact = ExactText.quotient(try reader.readString()) else {
                    throw JSONError(.numberRange, at: offset)
                }
                line.exact = exact
            case "amount":
                try met.insert(8, name)
                guard let amount = ExactText.amount(try reader.readString()) else {
                    throw JSONError(.numberRange, at: offset)
                }
                line.amount = amount
            default: throw JSONError(.syntax, at: name.offset)
            }
        }
        guard (0...8).allSatisfy(met.contains) else { throw JSONError(.notAnObject, at: start) }
        return line
    }

    private static func natural(_ reader: inout JSONReader) throws(JSONError) -> UInt64 {
        let offset = reader.offset
        guard let value = UInt64(exactly: try reader.readInteger()) else {
            throw JSONError(.numberRange, at: offset)
        }
        return value
    }
}
