/// A function, initialiser or subscript in formatted code, found by its indentation.
struct Function: Hashable {
    var name: String
    /// The line of its declaration, from 1.
    var line: Int
    /// Lines between the braces.
    var lineCount: Int

    /// Every function with a body of its own lines.
    ///
    /// Complexity: O(lines × longest function).
    static func all(in code: [String]) -> [Function] {
        code.indices.compactMap { index in
            guard let name = declaredName(code[index]),
                let opening = openingLine(of: index, in: code)
            else { return nil }
            let indent = indent(of: code[index])
            let closing = code[(opening + 1)...].firstIndex { line in
                line.trimmed.hasPrefix("}") && Function.indent(of: line) == indent
            }
            guard let closing else { return nil }
            return Function(name: name, line: index + 1, lineCount: closing - opening - 1)
        }
    }

    private static let starts: Set<String> = ["func", "init", "deinit", "subscript"]
    private static let modifiers: Set<String> = [
        "public", "package", "internal", "fileprivate", "private", "static", "class", "final",
        "mutating",
        "nonmutating", "override", "convenience", "required", "borrowing", "consuming",
        "nonisolated",
        "isolated", "indirect", "prefix", "postfix", "infix", "inline",
    ]

    /// The name of the function that a line declares, or nil.
    private static func declaredName(_ line: String) -> String? {
        for (index, word) in Word.all(in: Array(line.utf8)).enumerated() {
            if starts.contains(word.text) {
                let words = Word.all(in: Array(line.utf8))
                guard word.text == "func" else { return word.text }
                return index + 1 < words.count ? words[index + 1].text : "operator"
            }
            let isAttribute = word.previous == 0x40 || word.previous == 0x28
            guard modifiers.contains(word.text) || isAttribute else { return nil }
        }
        return nil
    }

    /// The line whose end opens the body, or nil for a requirement or a body of one line.
    private static func openingLine(of start: Int, in code: [String]) -> Int? {
        let indent = indent(of: code[start])
        for index in start..<code.count {
            let line = code[index].trimmed
            if index > start, !line.isEmpty {
                let continues =
                    line.hasPrefix(")") || line.hasPrefix("where") || line.hasPrefix("{")
                if Function.indent(of: code[index]) <= indent, !continues { return nil }
            }
            if line.hasSuffix("{"), index > start || !line.contains("}") { return index }
            if line.hasSuffix("}"), Function.indent(of: code[index]) == indent { return nil }
        }
        return nil
    }

    private static func indent(of line: String) -> Int {
        line.utf8.prefix { $0 == 0x20 }.count
    }
}

extension String {
    /// Without spaces at both ends.
    var trimmed: Substring {
        var text = self[...]
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return text
    }
}
