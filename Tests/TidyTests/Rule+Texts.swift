extension Rule {
    /// Rules about every text of the tree.
    static let texts: [Rule] = [
        Rule(
            name: "nothing is left for later",
            check: { file in
                file.findings(in: file.lines, "finish it, or take it out") { line in
                    let words = Word.all(in: Array(line.utf8)).map(\.text)
                    return words.contains { unfinishedMarks.contains($0) }
                        || unfinishedPhrases.contains { line.lowercased().contains($0) }
                }
            },
            canary: ("Sources/Ledger/Window.swift", "// \(["TO", "DO"].joined()): close the window")
        ),
        Rule(
            name: "no path of one machine",
            check: { file in
                file.findings(in: file.lines, "a path that other machines do not have") { line in
                    machineFolders.contains { mentions($0, in: line) }
                }
            },
            canary: ("scripts/demo", "cat \(["/ho", "me/someone/notes"].joined())")
        ),
        Rule(
            name: "links lead to public places that stay",
            check: { file in
                // Tests are full of addresses that must not be followed.
                guard !file.path.hasPrefix("Tests/") else { return [] }
                return file.findings(
                    in: file.lines,
                    "not in the list of hosts of Rule+Texts.swift"
                ) { line in
                    line.contains("://")
                        && line.matches(of: /https?:\/\/(?<host>[A-Za-z0-9.-]+)/).contains {
                            !isKnown(host: String($0.host))
                        }
                }
            },
            canary: ("README.md", "See \(["https", "://registry.corp.internal/simple"].joined())")
        ),
    ]

    // Joined from parts, so that the rules do not find themselves.
    private static let unfinishedMarks: Set<String> = [
        ["TO", "DO"].joined(), ["FIX", "ME"].joined(), ["XX", "X"].joined(), ["HA", "CK"].joined(),
    ]
    private static let unfinishedPhrases = [
        ["not ", "implemented"].joined(), ["place", "holder"].joined(),
        ["under ", "construction"].joined(),
    ]
    private static let machineFolders = ["home", "Users", "root", "work", "tmp", "opt"].map {
        "/\($0)/"
    }
    private static let hosts: Set<String> = [
        "github.com", "c2sp.org", "www.rfc-editor.org", "datatracker.ietf.org", "www.swift.org",
        "www.w3.org", "json-schema.org", "keepachangelog.com", "semver.org", "localhost",
        "127.0.0.1",
    ]

    private static func isKnown(host: String) -> Bool {
        hosts.contains(host) || host.hasSuffix(".example") || host == "example.com"
            || host.hasSuffix(".example.com")
    }

    /// Whether an absolute path begins with the folder, not in the middle of a longer path or
    /// address.
    private static func mentions(_ folder: String, in line: String) -> Bool {
        guard let range = line.firstRange(of: folder) else { return false }
        guard range.lowerBound > line.startIndex else { return true }
        let before = line[line.index(before: range.lowerBound)]
        return !(before.isLetter || before.isNumber || "._-})/*".contains(before))
    }
}
