internal import KontorAPI

/// A whole answer.
struct APIAnswer: Sendable {
    /// Its head.
    let head: AnswerHead
    /// Its body.
    let body: [UInt8]
    /// The problem of an answer that reports one, where the request takes it.
    var problem: Problem?
}
