/// The members of a query, strictly: each known, each once (spec/19 §6).
public struct Query: Sendable, Hashable {
    private var values: [String: String] = [:]

    /// Reads a query, which may be absent.
    ///
    /// Throws `InvalidQuery` at the member at fault.
    public init(_ text: String?, known: [String]) throws(Problem) {
        guard let text, !text.isEmpty else { return }
        for pair in text.split(separator: "&", omittingEmptySubsequences: false) {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(parts[0])
            guard known.contains(name) else {
                throw Self.fault(
                    String(name.prefix(40)),
                    known.isEmpty
                        ? "this path takes no query" : "known are \(known.joined(separator: ", "))"
                )
            }
            guard parts.count == 2, values[name] == nil else {
                throw Self.fault(name, "it stands once, with a value")
            }
            guard let value = String(parts[1]).removingPercentEncoding(), value.utf8.count <= 512
            else { throw Self.fault(name, "its value cannot be read") }
            values[name] = value
        }
    }

    /// A text, or nil.
    public func text(_ name: String) -> String? { values[name] }

    /// A number from 0, or nil.
    ///
    /// Throws `InvalidQuery`.
    public func number(_ name: String) throws(Problem) -> UInt64? {
        guard let text = values[name] else { return nil }
        guard let number = Self.decimal(text) else {
            throw Self.fault(name, "it is a whole number from 0 to 2^53 - 1")
        }
        return number
    }

    /// A whole number from 0 in decimal, as the spec writes indexes.
    public static func decimal(_ text: some StringProtocol) -> UInt64? {
        guard !text.isEmpty, text.utf8.count <= 16, text == "0" || text.first != "0",
            text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let number = UInt64(text), number < 1 << 53
        else { return nil }
        return number
    }

    private static func fault(_ place: String, _ detail: String) -> Problem {
        Problem(.invalidQuery, at: place, detail)
    }
}

extension String {
    /// The text with `%xx` resolved, or nil if that is not UTF-8.
    fileprivate func removingPercentEncoding() -> String? {
        guard utf8.contains(0x25) else { return self }
        var bytes: [UInt8] = []
        var rest = Array(utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == 0x25 else {
                bytes.append(byte)
                continue
            }
            guard rest.count >= 2, let high = Self.hexDigit(rest.removeFirst()),
                let low = Self.hexDigit(rest.removeFirst())
            else { return nil }
            bytes.append(high << 4 | low)
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func hexDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x37
        case 0x61...0x66: byte - 0x57
        default: nil
        }
    }
}
