/// What Package.swift says about its targets, read as text.
enum Manifest {
    /// A target that is compiled into a product.
    struct Target: Hashable {
        var name: String
        /// Targets and products, in the order of the text.
        var dependencies: [String]
        var line: Int
    }

    /// The targets under Sources; tests may lean on anything.
    ///
    /// Complexity: O(text × constants).
    static func targets(of text: String) -> [Target] {
        let products = constants(of: text)
        let pattern = /\.(?:target|executableTarget)\(\s*name: "(?<name>\w+)"/
        return text.matches(of: pattern).compactMap { match in
            let body = balanced(text[match.range.lowerBound...])
            guard !body.contains("path: \"Tests/") else { return nil }
            let line = text[..<match.range.lowerBound].count { $0 == "\n" } + 1
            var names: [String] = []
            if let list = body.firstMatch(of: /dependencies: \[(?<items>[^\]]*)\]/) {
                names = list.items.split(separator: ",").map { item in
                    let word = String(item.filter { $0.isLetter || $0.isNumber || $0 == "_" })
                    return products[word] ?? word
                }
            }
            return Target(
                name: String(match.name),
                dependencies: names.filter { !$0.isEmpty },
                line: line
            )
        }
    }

    /// Products that a constant stands for: `let crypto: … = .product(name: "Crypto", …)`.
    private static func constants(of text: String) -> [String: String] {
        let pattern =
            /let (?<constant>\w+): Target\.Dependency = \.product\(\s*name: "(?<name>\w+)"/
        return Dictionary(
            text.matches(of: pattern).map { (String($0.constant), String($0.name)) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// The text up to the parenthesis that closes the first one.
    private static func balanced(_ text: Substring) -> Substring {
        var depth = 0
        for index in text.indices {
            if text[index] == "(" { depth += 1 }
            guard text[index] == ")" else { continue }
            depth -= 1
            if depth == 0 { return text[...index] }
        }
        return text
    }
}
