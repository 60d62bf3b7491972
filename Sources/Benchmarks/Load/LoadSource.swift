internal import NIOCore

/// Where the requests of a load come from; it is used on one event loop.
protocol LoadSource: AnyObject {
    /// The next request, or nil if there is none left.
    func next() throws -> LoadRequest?
}

/// A request, and a number by which its sender knows the answer again.
struct LoadRequest: Sendable {
    let bytes: ByteBuffer
    let number: Int
}

/// Requests that are sent again and again in their order.
final class RepeatedRequests: LoadSource {
    private let requests: [ByteBuffer]
    private var number = 0

    init(_ requests: [ByteBuffer]) {
        self.requests = requests
    }

    func next() -> LoadRequest? {
        defer { number += 1 }
        return LoadRequest(bytes: requests[number % requests.count], number: number)
    }
}

/// Requests of which each is sent once.
final class ListedRequests: LoadSource {
    private let requests: ArraySlice<ByteBuffer>
    private var place: Int

    init(_ requests: ArraySlice<ByteBuffer>) {
        self.requests = requests
        place = requests.startIndex
    }

    func next() -> LoadRequest? {
        guard place < requests.endIndex else { return nil }
        defer { place += 1 }
        return LoadRequest(bytes: requests[place], number: place)
    }
}
