extension Rule {
    static let columnLimit = 100
    static let fileLimit = 500
    static let functionLimit = 70

    /// Ladders of guards in the order of precedence may be longer: `File.swift name`.
    static let ladders: Set<String> = []

    /// Columns of a line with a literal text, which swift format does not break.
    private static let textLimit = 140

    static let shape: [Rule] = [
        swift(
            "lines have at most 100 columns, with a text that cannot be broken 140",
            canary: ("Sources/Money/Rate.swift", "let x = " + String(repeating: "1", count: 93))
        ) { file in
            file.findings(in: file.lines, "more than \(columnLimit) columns; break the line") {
                $0.count > ($0.contains("\"") || $0.hasSuffix("\\") ? textLimit : columnLimit)
            }
        },
        swift(
            "files have at most 500 lines",
            canary: ("Sources/Money/Rate.swift", String(repeating: "let x = 1\n", count: 501))
        ) { file in
            let count = file.lines.count - (file.lines.last == "" ? 1 : 0)
            guard count > fileLimit else { return [] }
            return [
                Finding(
                    path: file.path,
                    line: 0,
                    message: "\(count) lines; split it by noun or topic"
                )
            ]
        },
        swift(
            "functions have at most 70 lines",
            canary: (
                "Sources/Money/Rate.swift",
                "func long(\n    a: Int\n) {\n" + String(repeating: "    a()\n", count: 71) + "}\n"
            )
        ) { file in
            Function.all(in: file.code).filter { function in
                function.lineCount > functionLimit
                    && !ladders.contains("\(file.stem).swift \(function.name)")
            }.map {
                Finding(
                    path: file.path,
                    line: $0.line,
                    message:
                        "\($0.name) has \($0.lineCount) lines; split it, or list a ladder of guards"
                )
            }
        },
    ]
}
