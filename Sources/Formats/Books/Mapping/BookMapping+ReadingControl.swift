internal import Signing

extension BookMapping {
    static func control(_ value: JSONValue) throws(FormatError) -> BookControl {
        let names = ["marks", "count", "sums", "statement", "sequence", "balances"]
        let object = try MappingObject(value, at: "control", names)
        var control = BookControl()
        control.marks = try object.list("marks", mark)
        control.count = try place(object, "count")
        control.sums = try object.list("sums", sum)
        control.statement = try place(object, "statement")
        control.sequence = try place(object, "sequence")
        control.balances = try object.list("balances", balance)
        return control
    }

    private static func mark(
        _ value: JSONValue,
        _ place: String
    ) throws(FormatError) -> BookControl.Mark {
        let object = try MappingObject(value, at: place, ["text", "at"])
        let spot = try self.place(try object.value("at"), object.place("at"))
        return BookControl.Mark(try object.string("text"), at: spot)
    }

    private static func sum(
        _ value: JSONValue,
        _ place: String
    ) throws(FormatError) -> BookControl.Sum {
        let object = try MappingObject(value, at: place, ["of", "at"])
        let spot = try self.place(try object.value("at"), object.place("at"))
        return BookControl.Sum(of: try object.column("of"), at: spot)
    }

    private static func balance(
        _ value: JSONValue,
        _ place: String
    ) throws(FormatError) -> BookControl.Balance {
        let names = ["program", "opening", "closing", "running"]
        let object = try MappingObject(value, at: place, names)
        return BookControl.Balance(
            program: try object.string("program"),
            opening: try self.place(object, "opening"),
            closing: try self.place(object, "closing"),
            running: object.find("running") == nil ? nil : try object.column("running")
        )
    }

    private static func place(
        _ object: MappingObject,
        _ name: String
    ) throws(FormatError) -> BookPlace? {
        guard let value = object.find(name) else { return nil }
        return try place(value, object.place(name))
    }

    private static func place(_ value: JSONValue, _ path: String) throws(FormatError) -> BookPlace {
        if case .string(let text) = value {
            return text.utf8.first == 0x2f ? .pointer(text) : .name(text)
        }
        let object = try MappingObject(value, at: path, ["head", "foot", "cell"])
        let range = 1...BookLimits.aroundRowCount
        let cell = try object.integer("cell", 1...BookLimits.columnCount)
        if object.find("head") != nil {
            guard object.find("foot") == nil else {
                throw object.fault("foot", "given beside head")
            }
            return .head(line: try object.integer("head", range), cell: cell)
        }
        return .foot(row: try object.integer("foot", range), cell: cell)
    }
}
