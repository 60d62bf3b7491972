internal import Hummingbird
internal import KontorAPI
internal import KontorEngine
internal import Ledger
internal import Money
internal import Signing

/// `POST /v1/quotes`: what a transfer would do now; it changes nothing (spec/19 §8).
extension Service {
    var quoteEndpoints: [Endpoint] {
        [Endpoint(.post, "/v1/quotes", .login) { call in try await quote(call) }]
    }

    private func quote(_ call: Call) async throws -> Response {
        _ = try Query(call.request.uri.query, known: [])
        guard call.request.mediaType == MediaType.json else {
            throw HTTPProblem(
                Problem(.unsupportedMediaType, at: "Content-Type", "\(MediaType.json) is due")
            )
        }
        let body = try await call.request.bytes(upTo: settings.limits.bodyBytes)
        let question: QuoteQuestion
        do { question = try QuoteQuestion(parsing: body) } catch {
            throw HTTPProblem(Problem(.malformedRequest, at: error.place, error.reason))
        }
        let request = try Self.request(question)
        let parties = engine.read { $0.agreement(question.terms)?.terms.parties }
        guard let parties, let login = call.login, login.reader.mayRead(.names(parties)) else {
            throw HTTPProblem(Problem(.notFound, at: "terms", "no such agreement for this login"))
        }
        return .json(
            try await engine.quoteDurable(question.terms, request).json(terms: question.terms)
        )
    }

    private static func request(_ question: QuoteQuestion) throws(HTTPProblem) -> QuoteRequest {
        var tokens: [String: UInt128] = [:]
        for member in question.tokens {
            guard case .string(let text) = member.value,
                let token = UInt128(base64URL: Array(text.utf8)[...])
            else {
                throw HTTPProblem(
                    Problem(
                        .malformedRequest,
                        at: "tokens.\(member.name.prefix(64))",
                        "a token is 22 characters of base64url"
                    )
                )
            }
            tokens[member.name] = token
        }
        return QuoteRequest(
            amount: question.amount,
            facts: question.facts,
            channel: question.channel,
            tokens: tokens
        )
    }
}

extension Quotation {
    /// The quotation as one JSON object.
    fileprivate func json(terms: Digest) -> JSONValue {
        var members: [JSONMember] = [
            JSONMember(name: "terms", value: .string(terms.base64URL)),
            JSONMember(name: "amount", value: .integer(amount)),
        ]
        if converts {
            members.append(JSONMember(name: "debit", value: .integer(debit)))
            members.append(JSONMember(name: "credit", value: .integer(credit)))
            members.append(JSONMember(name: "bonus", value: .integer(bonus)))
            members.append(JSONMember(name: "rest", value: .integer(rest)))
        }
        if let fixing {
            members.append(JSONMember(name: "fixing", value: .string(fixing.base64URL)))
        }
        members.append(JSONMember(name: "debts", value: .array(debts.map(\.json))))
        let fees = memberFees.map { fee -> JSONValue in
            ["currency": .string(fee.currency.code), "minorUnits": .integer(fee.minorUnits)]
        }
        members.append(JSONMember(name: "memberFees", value: .array(fees)))
        members.append(
            JSONMember(name: "wouldBe", value: faults.isEmpty ? "accepted" : "refused")
        )
        members.append(JSONMember(name: "faults", value: .array(faults.map(\.json))))
        return .object(members)
    }
}

extension Quotation.Debt {
    /// The debt; the numerator is a string, since it may pass 2^53.
    fileprivate var json: JSONValue {
        [
            "debtor": .string(debtor), "creditor": .string(creditor),
            "currency": .string(currency.code), "numerator": .string(String(numerator)),
            "denominator": .integer(denominator),
        ]
    }
}

extension Fault {
    /// The fault with its way out.
    fileprivate var json: JSONValue {
        [
            "code": .string(code), "place": .string(place), "reason": .string(reason),
            "wayOut": .string(rejection.wayOut),
        ]
    }
}
