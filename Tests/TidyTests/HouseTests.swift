import Testing

/// The tree keeps the house rules.
@Suite("House rules")
struct HouseTests {
    private static let files: Result<[SourceFile], any Error> = Result {
        try SourceTree.here.ownTexts.map { try SourceTree.here.file($0) }
    }

    @Test("the tree keeps", arguments: Rule.all)
    func holds(_ rule: Rule) throws {
        let findings = try Self.files.get().flatMap(rule.check)
        if findings.isEmpty { return }
        Issue.record("\(findings.map(\.description).joined(separator: "\n"))")
    }

    @Test("every rule finds its canary", arguments: Rule.all)
    func findsCanary(_ rule: Rule) {
        let file = SourceFile(path: rule.canary.path, text: rule.canary.text)
        #expect(!rule.check(file).isEmpty, "the rule is blind")
    }

    @Test("the walk sees the tree")
    func walkSeesTree() throws {
        let files = try Self.files.get()
        #expect(files.contains { $0.path == "Package.swift" })
        #expect(files.contains { $0.path == "Sources/Signing/Digest/Digest.swift" })
        #expect(files.contains { $0.path == ".ci/run" })
    }

    @Test("every listed ladder is a long function")
    func laddersAreLong() throws {
        let long = try Self.files.get().flatMap { file in
            Function.all(in: file.code).filter { $0.lineCount > Rule.functionLimit }
                .map { "\(file.stem).swift \($0.name)" }
        }
        #expect(Rule.ladders.subtracting(long).isEmpty)
    }
}
