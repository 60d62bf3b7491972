extension Rule {
    /// Rules about the names of files and types.
    static let names: [Rule] = [
        swift(
            "a file is named after a noun that it declares",
            canary: ("Sources/Ledger/Window.swift", "struct Door {}")
        ) { file in
            let isCode = file.isInSources || file.path.hasPrefix("Tests/TestSupport/")
            guard isCode, file.stem != "main" else { return [] }
            let noun = file.stem.split(separator: "+").first.map(String.init) ?? file.stem
            let isTopic = noun != file.stem
            let found = zip(file.words, file.words.dropFirst()).contains { kind, name in
                let declares =
                    declaring.contains(kind.text) || isTopic && kind.text == "extension"
                return declares && name.text == noun && kind.line == name.line
                    || isTopic && extends(noun, file.code[name.line - 1])
                    || kind.text == "func" && name.text.lowercased() == noun.lowercased()
            }
            if found { return [] }
            let message = "declares no `\(noun)`; name the file after its noun, or Noun+Topic"
            return [Finding(path: file.path, line: 0, message: message)]
        },
        swift(
            "names say what a thing is",
            canary: ("Sources/Ledger/LedgerUtils.swift", "struct LedgerUtils {}")
        ) { file in
            var findings: [Finding] = []
            for name in file.folders + [file.stem] {
                if let word = emptyWord(in: name) {
                    let message = "`\(word)` in a file name says nothing; name the noun"
                    findings.append(Finding(path: file.path, line: 0, message: message))
                }
            }
            for (kind, name) in zip(file.words, file.words.dropFirst())
            where declaring.contains(kind.text) {
                if let word = emptyWord(in: name.text) {
                    let message = "`\(word)` in `\(name.text)` says nothing; name the noun"
                    findings.append(Finding(path: file.path, line: name.line, message: message))
                }
            }
            return findings
        },
    ]

    private static let declaring: Set<String> = [
        "struct", "class", "enum", "actor", "protocol", "typealias",
    ]
    private static let emptyWords: Set<String> = [
        "Util", "Utils", "Utility", "Utilities", "Common", "Helper", "Helpers", "New", "Old",
        "Misc",
    ]

    /// Whether a line extends a nested noun: `extension Ledger.Window {`.
    private static func extends(_ noun: String, _ line: String) -> Bool {
        line.contains("extension ") && (line.contains(".\(noun) ") || line.contains(".\(noun):"))
    }

    /// The first word of a name in camel case that says nothing, or nil.
    private static func emptyWord(in name: String) -> String? {
        var words: [String] = []
        for character in name {
            if character.isUppercase || words.isEmpty || !character.isLetter { words.append("") }
            words[words.count - 1].append(character)
        }
        return words.first { emptyWords.contains($0) }
    }
}
