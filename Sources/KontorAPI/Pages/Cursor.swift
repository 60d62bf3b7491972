internal import Signing

/// Where a list goes on: the name of the list and a place in it, as text that clients do not read.
///
/// A cursor opens nothing: what a reader may see is asked anew for every element, so a forged one
/// is at worst a wrong place.
public enum Cursor {
    /// The cursor of a place in a list.
    public static func text(_ list: String, _ place: UInt64) -> String {
        Base64.url.encode(Array("\(list) \(place)".utf8))
    }

    /// The place that a cursor names in a list.
    ///
    /// Throws `InvalidCursor`.
    public static func place(_ text: String, in list: String) throws(Problem) -> UInt64 {
        guard let bytes = Base64.url.decode(Array(text.utf8)[...]) else { throw fault }
        let parts = String(decoding: bytes, as: UTF8.self).split(
            separator: " ",
            omittingEmptySubsequences: false
        )
        guard parts.count == 2, parts[0] == list, let place = Query.decimal(parts[1]) else {
            throw fault
        }
        return place
    }

    private static var fault: Problem {
        Problem(.invalidCursor, at: "cursor", "it is not a cursor of this list")
    }
}
