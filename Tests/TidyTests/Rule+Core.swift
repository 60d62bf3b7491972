extension Rule {
    /// Rules of the core rooms: the same bytes in, the same result out, on every machine.
    static let core: [Rule] = [
        word(
            "core rooms compute exactly",
            canary: ("Sources/Money/Rate.swift", "let rate: Double = 1"),
            in: \.isCore,
            where: {
                ["Double", "Float", "Float16", "Float32", "Float64", "CGFloat", "Decimal"].contains(
                    $0.text
                )
            },
            message: "use whole numbers and rationals"
        ),
        word(
            "core rooms have no clock and no chance",
            canary: ("Sources/Ledger/Window.swift", "let now = Date()"),
            in: \.isCore,
            where: {
                ["Date", "UUID"].contains($0.text) && $0.next == 0x28
                    || ["ContinuousClock", "SuspendingClock", "gettimeofday"].contains($0.text)
            },
            message: "take the time and the bytes as arguments"
        ),
        word(
            "only Signing takes random numbers",
            canary: ("Sources/Ledger/Window.swift", "let x = Int.random(in: 0..<3)"),
            in: { $0.isCore && $0.room != "Signing" },
            where: {
                ["random", "shuffled", "randomElement", "SystemRandomNumberGenerator"].contains(
                    $0.text
                )
            },
            message: "the core decides nothing by chance"
        ),
        word(
            "core rooms wait for nothing",
            canary: ("Sources/Ledger/Window.swift", "func close() async {}"),
            in: \.isCore,
            where: { ["async", "await", "actor"].contains($0.text) },
            message: "the core is plain functions on values"
        ),
        swift(
            "core rooms throw typed errors",
            canary: ("Sources/Ledger/Window.swift", "func close() throws {}")
        ) { file in
            guard file.isCore else { return [] }
            return file.words.filter { word in
                let line = file.code[word.line - 1]
                let isCodable = line.contains("Decoder") || line.contains("Encoder")
                return word.text == "throws" && word.next != 0x28 && !isCodable
            }.map { Finding(path: file.path, line: $0.line, message: "write `throws(SomeError)`") }
        },
        swift(
            "core rooms never depend on the order of a dictionary",
            canary: ("Sources/Ledger/Window.swift", "for total in totals.values { add(total) }")
        ) { file in
            guard file.isCore else { return [] }
            let message = "the order differs in each process; sort, or keep an array"
            return file.findings(in: file.code, message) { line in
                [".keys", ".values"].contains { view in
                    line.contains("\(view).forEach")
                        || line.contains(" in ") && line.trimmed.hasPrefix("for ")
                            && (line.contains("\(view) ") || line.trimmed.hasSuffix(view))
                }
            }
        },
    ]
}
