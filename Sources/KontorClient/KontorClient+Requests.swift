internal import KontorAPI
internal import Signing
internal import VerifiableLog

extension KontorClient {
    /// Sends a request until it succeeds, ends for good, or the policy's bounds are met.
    func perform(_ request: APIRequest) async throws -> APIAnswer {
        try await retrying { try await self.attempt(request) }
    }

    /// Repeats an attempt as the policy says.
    func retrying<T: Sendable>(_ attempt: () async throws -> T) async throws -> T {
        var schedule = RetrySchedule(policy)
        let clock = ContinuousClock()
        let start = clock.now
        while true {
            do {
                return try await attempt()
            } catch let fault as ClientError {
                try await wait(&schedule, after: fault, now: clock.now - start)
            }
        }
    }

    /// Waits before the next attempt, or throws the fault if there is none.
    func wait(
        _ schedule: inout RetrySchedule,
        after fault: ClientError,
        now: Duration
    ) async throws {
        let random = UInt64.random(in: 0...UInt64.max)
        switch schedule.next(fault.again, now: now, random: random) {
        case .wait(let duration): try await Task.sleep(for: duration)
        case .giveUp(.final): throw fault
        case .giveUp: throw fault.after(attempts: schedule.attempts)
        }
    }

    private func attempt(_ request: APIRequest) async throws -> APIAnswer {
        let token = try await token(for: request)
        var answer = try await transport.send(request, token: token)
        if (200..<300).contains(answer.head.status) {
            try check(answer.head.mediaType, of: request)
            return answer
        }
        if request.takesAbsence, answer.head.status == 404 { return answer }
        let problem = Self.problem(of: answer)
        if request.takesRefusals, let problem, problem.refusal != nil || !problem.faults.isEmpty {
            answer.problem = problem
            return answer
        }
        throw fault(answer.head, problem, of: request)
    }

    /// Requires the media type that the request accepts.
    func check(_ mediaType: String, of request: APIRequest) throws(ClientError) {
        guard mediaType == AnswerHead.essence(request.accept) else {
            throw ClientError(
                .answer,
                at: "\(request.path), content-type",
                "\(mediaType.isEmpty ? "none" : mediaType); \(request.accept) is due"
            )
        }
    }

    /// The problem of an answer, or nil if it does not report one.
    static func problem(of answer: APIAnswer) -> Problem? {
        guard answer.head.mediaType == Problem.mediaType,
            let value = try? JSONValue(parsing: answer.body)
        else { return nil }
        return try? Problem(json: value)
    }

    /// The fault that an answer without success stands for.
    func fault(_ head: AnswerHead, _ problem: Problem?, of request: APIRequest) -> ClientError {
        let name = head.requestID.map { " (request \($0))" } ?? ""
        if (300..<400).contains(head.status) {
            return ClientError(
                .answer,
                at: request.path,
                "status \(head.status) leads to \(head.location ?? "nowhere"); redirects are not "
                    + "followed, so use the right address"
            )
        }
        let isTransient =
            [408, 425, 429].contains(head.status) || (500..<600).contains(head.status)
        let isEmpty = problem?.code == ProblemCode.ledgerEmpty.rawValue
        let again: RetrySchedule.Outcome =
            isTransient && !isEmpty ? .again(after: head.retryAfter) : .final
        guard let problem else {
            return ClientError(
                .answer,
                at: request.path,
                "status \(head.status) without a problem of spec/19 §3\(name)",
                again: again
            )
        }
        let text = "\(problem)\(name)"
        guard head.status == 401 else {
            return ClientError(.problem, at: request.path, text, nil, problem, again: again)
        }
        forgetToken()
        guard Self.clockProblems.contains(problem.code) else {
            return ClientError(.login, at: request.path, text, nil, problem, again: .final)
        }
        let clocks =
            "the server's clock says \(head.date ?? "nothing"), this one "
            + "\(Timestamp(milliseconds: Self.secondsNow * 1_000))"
        return ClientError(
            .login,
            at: request.path,
            "\(text); \(clocks)",
            nil,
            problem,
            again: .final
        )
    }

    private static let clockProblems = [
        ProblemCode.tokenExpired.rawValue, ProblemCode.tokenNotYetValid.rawValue,
    ]

    /// The fault of an answer that is not what spec/19 says.
    static func malformed(_ error: APIError, at path: String) -> ClientError {
        ClientError(.answer, at: "\(path), \(error.place)", error.reason, cause: error)
    }

    /// Parses an answer of one JSON value.
    static func json(_ body: [UInt8], at path: String) throws(ClientError) -> JSONValue {
        do { return try JSONValue(parsing: body) } catch {
            throw ClientError(
                .answer,
                at: "\(path), byte \(error.offset)",
                "it is not strict JSON (\(error.reason.rawValue))",
                cause: error
            )
        }
    }
}
