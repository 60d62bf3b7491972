/// An import of a file.
struct Import: Hashable {
    /// The access level written before it, or what else stands there.
    var level: String
    var module: String
    var line: Int

    /// Every import of a file.
    ///
    /// Complexity: O(words).
    static func all(in file: SourceFile) -> [Import] {
        let kinds: Set<String> = [
            "struct", "class", "enum", "protocol", "func", "var", "let", "typealias",
        ]
        var imports: [Import] = []
        for (index, word) in file.words.enumerated() where word.text == "import" {
            var rest = file.words[(index + 1)...].prefix { $0.line == word.line }
            if let first = rest.first, kinds.contains(first.text) { rest.removeFirst() }
            guard let module = rest.first else { continue }
            let before = index > 0 ? file.words[index - 1] : nil
            let level = before?.line == word.line ? before?.text ?? "" : ""
            imports.append(Import(level: level, module: module.text, line: word.line))
        }
        return imports
    }
}
