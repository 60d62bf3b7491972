internal import Signing

/// A date of an HTTP header as servers write it: `Sun, 06 Nov 1994 08:49:37 GMT`.
///
/// It is the IMF-fixdate of RFC 9110 §5.6.7; the two obsolete forms are not read.
enum HTTPDate {
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    private static let weekdays: Set = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

    /// The moment that a text names, or nil.
    static func moment(_ text: String) -> Timestamp? {
        let parts = text.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0].last == ",",
            weekdays.contains(String(parts[0].dropLast())),
            let month = months.firstIndex(of: String(parts[2])), parts[5] == "GMT"
        else { return nil }
        let number = month < 9 ? "0\(month + 1)" : "\(month + 1)"
        return Timestamp("\(parts[3])-\(number)-\(parts[1])T\(parts[4]).000Z")
    }
}
