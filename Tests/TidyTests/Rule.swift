/// A house rule: what it looks at and what it finds there.
struct Rule: Sendable, CustomStringConvertible {
    var name: String
    /// Looks at one file and answers the places that break the rule.
    var check: @Sendable (SourceFile) -> [Finding]
    /// A planted fault, at a path that the rule looks at; a rule that does not find it is blind.
    var canary: (path: String, text: String)

    var description: String { name }

    static let all: [Rule] = shape + words + core + imports + names + texts
}

extension Rule {
    /// A rule about Swift files alone.
    static func swift(
        _ name: String,
        canary: (path: String, text: String),
        check: @escaping @Sendable (SourceFile) -> [Finding]
    ) -> Rule {
        Rule(name: name, check: { $0.isSwift ? check($0) : [] }, canary: canary)
    }

    /// A rule about single words of Swift code.
    static func word(
        _ name: String,
        canary: (path: String, text: String),
        in applies: @escaping @Sendable (SourceFile) -> Bool = { _ in true },
        where isFault: @escaping @Sendable (Word) -> Bool,
        message: String
    ) -> Rule {
        swift(name, canary: canary) { file in
            guard applies(file) else { return [] }
            return file.words.filter(isFault).map {
                Finding(path: file.path, line: $0.line, message: "`\($0.text)`: \(message)")
            }
        }
    }
}
