internal import KontorAPI
internal import Signing

/// Where the reading of a paged list is.
struct PageCursor {
    private let path: String
    private var items: ArraySlice<JSONValue> = []
    private var cursor: String?
    private var hasMore = true

    init(path: String) {
        self.path = path
    }

    /// The next element of the page at hand.
    mutating func next() -> JSONValue? { items.popFirst() }

    /// What the next request asks for besides the limit: nothing for the first page, nil at the
    /// end.
    var query: [(name: String, value: String)]? {
        guard hasMore else { return nil }
        return cursor.map { [("cursor", $0)] } ?? []
    }

    /// Takes a page; one that leads to itself would never end.
    ///
    /// Throws `answer`.
    mutating func take(_ page: Page) throws(ClientError) {
        if let next = page.next, let cursor, next.hasSameBytes(as: cursor) {
            throw ClientError(.answer, at: "\(path), next", "the page leads to itself")
        }
        items = page.items[...]
        cursor = page.next
        hasMore = page.next != nil
    }
}
