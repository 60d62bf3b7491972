import Testing

/// What the tree holds beside code.
@Suite("The tree")
struct TreeTests {
    static let fixtureLimit = 5_000_000
    static let top: Set<String> = [
        ".ci", ".gitignore", ".swift-format", "ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md",
        "LICENSE.md", "Package.swift", "README.md", "SECURITY.md", "Sources", "Tests", "docs",
        "fixtures",
        "scripts", "spec",
    ]

    @Test("the top level is the one of ARCHITECTURE.md")
    func topLevel() {
        let names = Set(
            SourceTree.here.paths.compactMap { $0.split(separator: "/").first.map(String.init) }
        )
        #expect(names.subtracting(Self.top).isEmpty)
    }

    @Test("fixtures stay small")
    func fixturesAreSmall() throws {
        let sizes = try SourceTree.here.paths.filter { $0.hasPrefix("fixtures/") }
            .map { try SourceTree.here.bytes(of: $0).count }
        #expect(sizes.reduce(0, +) <= Self.fixtureLimit)
    }

    @Test("every file is text")
    func filesAreText() throws {
        let binary = try SourceTree.here.paths.filter { path in
            let bytes = try SourceTree.here.bytes(of: path)
            // Books of partners are text in the encodings that partners use.
            return path.hasPrefix("fixtures/reconciliation/books/")
                ? Self.hasControls(bytes) : Self.isBinary(bytes)
        }
        #expect(binary.isEmpty)
        #expect(Self.hasControls([0x68, 0x00, 0x69]) && !Self.hasControls([0xfc, 0x0d, 0x0a]))
        #expect(Self.isBinary([0x68, 0x00, 0x69]))
        #expect(Self.isBinary([0xff, 0xfe]))
    }

    @Test("every room of the package has its row, and every row its room")
    func rowsAndRooms() throws {
        let text = try SourceTree.here.file("Package.swift").lines.joined(separator: "\n")
        let targets = Manifest.targets(of: text).map(\.name)
        #expect(Set(targets) == Set(Arrows.allowed.keys))
    }

    @Test("arrows make no cycle")
    func arrowsPointDown() {
        var rest = Arrows.allowed
        while let floor = rest.first(where: { _, targets in targets.allSatisfy { rest[$0] == nil } }
        ) {
            rest[floor.key] = nil
        }
        #expect(rest.isEmpty, "a cycle among \(rest.keys.sorted())")
    }

    @Test("every chapter of spec/ that code or chapters name exists, with the section")
    func chaptersExist() throws {
        let chapters = try SpecChapters(tree: .here)
        let files = try SourceTree.here.ownTexts.map { try SourceTree.here.file($0) }
        let findings = files.flatMap(chapters.findings)
        if findings.isEmpty { return }
        Issue.record("\(findings.map(\.description).joined(separator: "\n"))")
    }

    @Test("a chapter or section that does not exist is found")
    func missingChapterIsFound() throws {
        let chapters = SpecChapters(chapters: [
            "02": ["# Encoding", "## 3 Numbers", "### 3.1 Signs"]
        ])
        let text = { (line: String) in SourceFile(path: "Sources/Money/Rate.swift", text: line) }
        #expect(chapters.findings(in: text("/// \("spec")/02 §3 and \("spec")/02 §3.1.")).isEmpty)
        #expect(chapters.findings(in: text("/// See \("spec")/97.")).count == 1)
        #expect(chapters.findings(in: text("/// See \("spec")/02 §4.")).count == 1)
        let bare = SourceFile(path: "\("spec")/03.md", text: "as in 02 §4, RFC 8032 §5, 02 §3.1")
        #expect(chapters.findings(in: bare).count == 1)
    }

    private static func hasControls(_ bytes: [UInt8]) -> Bool {
        bytes.contains { $0 < 0x20 && ![0x09, 0x0a, 0x0d].contains($0) || $0 == 0x7f }
    }

    private static func isBinary(_ bytes: [UInt8]) -> Bool {
        bytes.contains(0) || String(validating: bytes, as: UTF8.self) == nil
    }
}
