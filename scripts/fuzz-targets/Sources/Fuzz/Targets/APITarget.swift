internal import KontorAPI
internal import Signing

/// What strangers send to the service: claims of a login, questions for a quote, requests for
/// webhooks.
enum APITarget: FuzzTarget {
    static func run(_ input: [UInt8]) {
        if let token = try? AccessToken(payload: input) {
            try? token.check(ledger: token.ledger, now: token.issuedAt)
            try? token.check(ledger: .zero, now: .min / 2)
        }
        if let question = try? QuoteQuestion(parsing: input) {
            let again = try? QuoteQuestion(parsing: question.json.text)
            expect(again == question, "a question is read as it was written")
        }
        _ = try? WebhookRequest(parsing: input)
        _ = try? ReplayRequest(parsing: input)
        _ = try? WebhookDelivery(payload: input)
    }
}
