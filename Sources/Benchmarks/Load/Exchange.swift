internal import NIOCore

/// Requests that are sent once each, with all their answers.
enum Exchange {
    /// The answers by the number of their request.
    static func perform(
        _ requests: [ByteBuffer],
        port: Int,
        connections: Int = 1,
        on loop: any EventLoop
    ) throws -> [Int: ResponseScanner.Response] {
        let book = AnswerBook()
        var plan = LoadPlan(port: port, connections: connections, warmUp: 0, seconds: 3_600) {
            ListedRequests(requests[...])
        }
        plan.endsWithSource = true
        plan.observer = { number, response in book.note(response, to: number) }
        _ = try LoadDriver.run(plan, on: loop)
        return book.answers
    }
}
