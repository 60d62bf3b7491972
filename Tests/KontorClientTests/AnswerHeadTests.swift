import NIOHTTP1
import Testing

@testable import KontorClient

/// What the client reads from the head of an answer.
@Suite struct AnswerHeadTests {
    private static let date = "Sun, 29 Nov 2026 20:15:10 GMT"

    @Test(arguments: [
        ("0", Duration.zero), ("7", .seconds(7)), ("999999999", .seconds(999_999_999)),
        ("1000000000", nil), ("-1", nil), ("+1", nil), ("1.5", nil), ("1 ", nil), ("", nil),
        // A date counts from the date of the answer.
        ("Sun, 29 Nov 2026 20:15:40 GMT", .seconds(30)),
        ("Mon, 30 Nov 2026 00:00:00 GMT", .seconds(13_490)),
        ("Thu, 01 Jan 1970 00:00:00 GMT", .zero),
        ("Sun, 29 Nov 2026 20:15:40 UTC", nil), ("Sun, 29 nov 2026 20:15:40 GMT", nil),
        ("Sun, 31 Nov 2026 20:15:40 GMT", nil), ("Sun, 29 Nov 2026 24:15:40 GMT", nil),
        ("Sun, 29 Nov 26 20:15:40 GMT", nil), ("Sun 29 Nov 2026 20:15:40 GMT", nil),
        ("Sunday, 29-Nov-26 20:15:40 GMT", nil), ("Sun Nov 29 20:15:40 2026", nil),
        ("Sun, 29 Nov 2026  20:15:40 GMT", nil), ("Sun, 9 Nov 2026 20:15:40 GMT", nil),
    ])
    func retryAfter(text: String, wait: Duration?) {
        let head = AnswerHead(status: 503, headers: ["retry-after": text, "date": Self.date])
        #expect(head.retryAfter == wait)
    }

    @Test func aDateNeedsTheDateOfTheAnswer() {
        let later = "Sun, 29 Nov 2026 20:15:40 GMT"
        #expect(AnswerHead(status: 503, headers: ["retry-after": later]).retryAfter == nil)
        let odd = AnswerHead(status: 503, headers: ["retry-after": later, "date": "today"])
        #expect(odd.retryAfter == nil)
    }

    @Test(arguments: [
        ("application/json", "application/json"), ("Text/Plain ; charset=utf-8", "text/plain"),
        (" a/b ", "a/b"), ("", ""),
    ])
    func mediaType(text: String, essence: String) {
        #expect(AnswerHead.essence(text) == essence)
    }
}
