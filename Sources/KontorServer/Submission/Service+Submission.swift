internal import Hummingbird
internal import KontorAPI
internal import KontorEngine
internal import Ledger
internal import Signing
internal import VerifiableLog

/// `POST /v1/entries` (spec/19 §4).
extension Service {
    var submissionEndpoints: [Endpoint] {
        [Endpoint(.post, "/v1/entries", .everyone) { call in try await submit(call) }]
    }

    private func submit(_ call: Call) async throws -> Response {
        _ = try Query(call.request.uri.query, known: [])
        switch call.request.mediaType {
        case MediaType.jose: return try await submitOne(call)
        case MediaType.lines: return submitLines(call)
        default:
            throw HTTPProblem(
                Problem(
                    .unsupportedMediaType,
                    at: "Content-Type",
                    "\(MediaType.jose) for one JWS, \(MediaType.lines) for one a line"
                )
            )
        }
    }

    private func submitOne(_ call: Call) async throws -> Response {
        var text = try await call.request.bytes(upTo: settings.limits.bodyBytes)
        while text.last == 0x0a || text.last == 0x0d { text.removeLast() }
        let prepared = engine.prepare([text])
        if let delay = prepared.first?.signer.flatMap(rates.submissionDelay) {
            throw HTTPProblem(
                .tooManyRequests,
                "this signer submits too many entries",
                retryAfter: delay
            )
        }
        let answers = try await engine.submit(prepared)
        guard let answer = try said(answers, about: prepared).first else {
            throw HTTPProblem(Problem(.internalError, "no answer"))
        }
        guard case .refused(let problem) = answer else {
            var response = Response.bytes(
                answer.text(),
                type: MediaType.json,
                status: HTTPResponse.Status(code: answer.status)
            )
            if case .accepted(let receipt) = answer {
                response.headers[.location] = "/v1/entries/\(receipt.index)"
            }
            return response
        }
        throw HTTPProblem(problem)
    }

    /// Puts answers of the engine into words, and counts them.
    func said(
        _ answers: [Answer],
        about submissions: [PreparedSubmission]
    ) throws -> [SubmissionAnswer] {
        let places = try answers.map { answer -> AcceptedEntry? in
            switch answer {
            case .accepted(let entry): entry
            case .known(let index): try engine.acceptedEntry(at: index)
            case .refused: nil
            }
        }
        var receipts = try engine.receipts(for: places.compactMap { $0 })[...]
        var said: [SubmissionAnswer] = []
        said.reserveCapacity(answers.count)
        for (number, answer) in answers.enumerated() {
            let text = submissions[number].text
            switch answer {
            case .accepted:
                if let receipt = receipts.popFirst() { said.append(.accepted(receipt)) }
            case .known(let index):
                guard let receipt = receipts.popFirst() else { continue }
                let stored = try engine.storedText(at: index)
                let differs = stored.map { $0 != text } ?? false
                said.append(
                    .known(
                        receipt,
                        stored: differs ? stored.map { String(decoding: $0, as: UTF8.self) } : nil
                    )
                )
            case .refused(let refusal):
                said.append(.refused(problem(of: refusal, about: text)))
            }
        }
        count(said)
        return said
    }

    /// The problem that tells a refusal, with the refusal signed.
    ///
    /// Of a line beyond the limit not all bytes were kept, so nothing is signed about it.
    private func problem(of refusal: Refusal, about text: [UInt8]) -> Problem {
        guard text.count <= settings.limits.lineBytes else {
            return Problem(
                .bodyTooLarge,
                at: "line",
                "it has more than \(settings.limits.lineBytes) bytes"
            )
        }
        let first = refusal.first
        return Problem(
            status: first.rejection.httpStatus,
            code: first.code,
            title: "The submission was refused",
            detail: first.reason,
            place: first.place,
            wayOut: first.rejection.wayOut,
            faults: refusal.told,
            refusal: engine.signedRefusal(of: text, refusal)
        )
    }

    private func count(_ answers: [SubmissionAnswer]) {
        var accepted = 0
        var known = 0
        var codes: [String] = []
        for answer in answers {
            switch answer {
            case .accepted: accepted += 1
            case .known: known += 1
            case .refused(let problem): codes.append(problem.code)
            }
        }
        metrics.answers(accepted: accepted, known: known, refused: codes)
    }
}

extension Rejection {
    /// The HTTP status that tells a refusal (spec/19 §3).
    var httpStatus: Int {
        switch self {
        case .entryTooLong: 413
        case .malformedJWS, .malformedJSON, .unknownMember, .duplicateMember, .missingMember,
            .wrongType, .invalidValue:
            400
        case .idReused: 409
        default: 422
        }
    }
}
