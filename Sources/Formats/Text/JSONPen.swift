internal import Money
internal import Signing

/// Writes JSON in its shortest text, value after value.
///
/// Money and exact numbers are strings, since they pass 2^53: `"-3893"` minor units, `"71/100"`.
struct JSONPen {
    /// What was written and not yet taken.
    var bytes: [UInt8] = []
    private var isCommaDue = false

    /// Opens an object or array: `{` or `[`.
    mutating func open(_ bracket: Character) {
        separate()
        bytes.append(contentsOf: bracket.utf8)
        isCommaDue = false
    }

    /// Closes an object or array: `}` or `]`.
    mutating func close(_ bracket: Character) {
        bytes.append(contentsOf: bracket.utf8)
        isCommaDue = true
    }

    /// Writes the name of a member, which needs no escapes; its value comes next.
    mutating func name(_ name: String) {
        separate()
        bytes.append(0x22)
        bytes.append(contentsOf: name.utf8)
        bytes.append(0x22)
        bytes.append(0x3a)
        isCommaDue = false
    }

    /// Writes a string.
    mutating func string(_ text: String) {
        separate()
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x22 && $0 != 0x5c }) {
            bytes.append(0x22)
            bytes.append(contentsOf: text.utf8)
            bytes.append(0x22)
        } else {
            JSONValue.appendString(Array(text.utf8), to: &bytes)
        }
        isCommaDue = true
    }

    /// Writes an integer below 2^53 in magnitude.
    mutating func integer(_ value: some BinaryInteger) {
        separate()
        bytes.append(contentsOf: String(value).utf8)
        isCommaDue = true
    }

    /// Writes `null`.
    mutating func null() {
        separate()
        bytes.append(contentsOf: "null".utf8)
        isCommaDue = true
    }

    /// Writes `true` or `false`.
    mutating func boolean(_ value: Bool) {
        separate()
        bytes.append(contentsOf: (value ? "true" : "false").utf8)
        isCommaDue = true
    }

    /// Ends the line before the next element of an array.
    mutating func lineEnd() {
        if isCommaDue { bytes.append(0x2c) }
        bytes.append(0x0a)
        isCommaDue = false
    }

    /// Writes a member with a string.
    mutating func member(_ name: String, _ text: String) {
        self.name(name)
        string(text)
    }

    /// Writes a member with an integer below 2^53 in magnitude.
    mutating func member(_ name: String, integer value: some BinaryInteger) {
        self.name(name)
        integer(value)
    }

    /// Writes a member with an amount, as a string.
    mutating func member(_ name: String, amount: Int128) {
        self.name(name)
        string(String(amount))
    }

    /// Writes a member with an array of objects.
    mutating func list<Element>(
        _ name: String,
        _ elements: [Element],
        _ body: (inout JSONPen, Element) -> Void
    ) {
        self.name(name)
        open("[")
        for element in elements {
            open("{")
            body(&self, element)
            close("}")
        }
        close("]")
    }

    private mutating func separate() {
        if isCommaDue { bytes.append(0x2c) }
    }
}
