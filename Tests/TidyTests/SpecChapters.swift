/// The chapters of `spec/` with their headings, and the references to them.
struct SpecChapters {
    /// Headings by chapter number of two digits.
    let chapters: [String: [String]]

    init(chapters: [String: [String]]) {
        self.chapters = chapters
    }

    init(tree: SourceTree) throws {
        var chapters: [String: [String]] = [:]
        for path in tree.paths where path.hasPrefix("spec/") && path.hasSuffix(".md") {
            let number = String(path.dropFirst("spec/".count).prefix(2))
            chapters[number] = try tree.file(path).lines.filter { $0.hasPrefix("#") }
        }
        self.chapters = chapters
    }

    /// References in a file to a chapter or section that does not exist.
    ///
    /// `spec/NN` and `spec/NN §n` anywhere; within the chapters also `NN §n`.
    func findings(in file: SourceFile) -> [Finding] {
        file.lines.enumerated().flatMap { offset, line -> [Finding] in
            let line =
                file.path.hasPrefix("spec/") ? line.replacing(Self.bare) { "spec/\($0.0)" } : line
            guard line.contains("spec/") else { return [] }
            let pattern = /spec\/(?<number>\d\d)(?:-[a-z-]+\.md)?(?: §(?<section>\d+(?:\.\d+)*))?/
            return line.matches(of: pattern).compactMap { match in
                let section = match.section.map(String.init)
                guard let fault = fault(chapter: String(match.number), section: section) else {
                    return nil
                }
                return Finding(path: file.path, line: offset + 1, message: fault)
            }
        }
    }

    /// A chapter by its number alone, not the end of an RFC's.
    private static var bare: Regex<Substring> { /\b\d\d(?= §\d)/ }

    private func fault(chapter: String, section: String?) -> String? {
        guard let headings = chapters[chapter] else {
            return "there is no chapter \(chapter) in spec"
        }
        guard let section else { return nil }
        let exists = headings.contains { heading in
            heading.split(separator: " ").contains { word in
                let number = word.drop { $0 == "§" }
                return number == section || number == section + "."
            }
        }
        return exists ? nil : "chapter \(chapter) of spec has no section \(section)"
    }
}
