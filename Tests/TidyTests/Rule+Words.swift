extension Rule {
    /// Rules about words of code that no room needs.
    static let words: [Rule] = [
        word(
            "nothing is forced",
            canary: ("Tests/MoneyTests/RateTests.swift", "let rate = try! Rate(1, 2)"),
            where: { ["try", "as"].contains($0.text) && $0.next == 0x21 },
            message: "handle the failure, or make it impossible by a type"
        ),
        word(
            "bugs stop the program in Invariant.swift alone",
            canary: ("Sources/Ledger/Ledger.swift", "default: fatalError()"),
            in: { $0.stem != "Invariant" },
            where: { ["fatalError", "preconditionFailure", "assertionFailure"].contains($0.text) },
            message: "use `invariant(condition, \"why\")`"
        ),
        word(
            "concurrency is checked",
            canary: ("Sources/KontorEngine/Gate.swift", "final class Gate: @unchecked Sendable {}"),
            where: { $0.text == "unchecked" && $0.previous == 0x40 },
            message: "hold the state in a `Mutex`"
        ),
        swift(
            "imports of Sources carry an access level",
            canary: ("Sources/Ledger/Ledger.swift", "import Money")
        ) { file in
            guard file.isInSources else { return [] }
            let levels: Set<String> = ["public", "package", "internal", "fileprivate", "private"]
            return Import.all(in: file).filter { !levels.contains($0.level) }.map {
                Finding(
                    path: file.path,
                    line: $0.line,
                    message:
                        "say `internal import \($0.module)`, or `public` if its types are shown"
                )
            }
        },
        Rule(
            name: "no build goes on past a failed check",
            check: { file in
                file.findings(in: file.lines, "never build with this option") {
                    $0.contains(uncheckedOption)
                }
            },
            canary: ("scripts/bench", "swift build -c release -Xswiftc \(uncheckedOption)")
        ),
    ]

    private static let uncheckedOption = ["-O", "unchecked"].joined()
}
