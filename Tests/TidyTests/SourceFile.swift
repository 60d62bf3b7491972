/// A text file of the tree, with what the rules ask about it.
struct SourceFile {
    /// Relative to the top of the tree, with `/`.
    let path: String
    let lines: [String]
    /// The lines without comments and without the text of string literals.
    ///
    /// Empty for other files than Swift.
    let code: [String]
    /// The words of the code, in order.
    let words: [Word]

    init(path: String, text: String) {
        self.path = path
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard path.hasSuffix(".swift") else {
            code = []
            words = []
            return
        }
        var stripper = CodeStripper(Array(text.utf8))
        let code = stripper.strip()
        self.code = code.split(separator: 0x0a, omittingEmptySubsequences: false).map {
            String(decoding: $0, as: UTF8.self)
        }
        words = Word.all(in: code)
    }

    var isSwift: Bool { path.hasSuffix(".swift") }
    /// `Sources/Ledger/Terms/Ratio.swift` has the folders `Sources Ledger Terms`.
    var folders: [String] { path.split(separator: "/").dropLast().map(String.init) }
    /// The last part of the path without its ending.
    var stem: String {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        return name.split(separator: ".", maxSplits: 1).first.map(String.init) ?? name
    }
    /// The target that the file belongs to, or nil outside Sources and Tests.
    var room: String? {
        let folders = folders
        return folders.count > 1 && ["Sources", "Tests"].contains(folders[0]) ? folders[1] : nil
    }
    var isInSources: Bool { path.hasPrefix("Sources/") }
    var isCore: Bool { isInSources && Arrows.core.contains(room ?? "") }

    /// The findings at each line that fulfils a condition.
    func findings(
        in lines: [String],
        _ message: String,
        where isFault: (String) -> Bool
    ) -> [Finding] {
        lines.enumerated().filter { isFault($0.element) }.map {
            Finding(path: path, line: $0.offset + 1, message: message)
        }
    }
}
