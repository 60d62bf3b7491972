/// The characters that payment files carry: the Latin set of ISO 20022, which is letters without
/// accents, digits, the space and `/ - ? : ( ) . , ' +` (spec/22 §1).
enum BankText {
    /// Whether banks carry a character.
    static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", " ": true
        case "/", "-", "?", ":", "(", ")", ".", ",", "'", "+": true
        default: false
        }
    }

    /// The fault of a text of 1 to so many characters, or nil: the character from 1, and why.
    static func fault(of text: String, limit: Int) -> (column: Int, reason: String)? {
        var count = 0
        for scalar in text.unicodeScalars {
            count += 1
            guard isAllowed(scalar) else {
                let code = String(scalar.value, radix: 16, uppercase: true)
                return (count, "character U+\(code) is not in the Latin set of ISO 20022")
            }
        }
        if count == 0 { return (0, "it is empty") }
        if count > limit { return (limit + 1, "it has \(count) characters, at most \(limit) fit") }
        if text.hasPrefix(" ") { return (1, "it begins with a space") }
        if text.hasSuffix(" ") { return (count, "it ends with a space") }
        return nil
    }

    /// The fault of an identifier, which besides has no slash at either end and no two in a row.
    static func identifierFault(
        of text: String,
        limit: Int = FormatLimits.identifierCount
    ) -> (column: Int, reason: String)? {
        if let fault = fault(of: text, limit: limit) { return fault }
        if text.hasPrefix("/") || text.hasSuffix("/") || text.contains("//") {
            return (1, "a slash stands at an end, or two in a row")
        }
        return nil
    }
}
