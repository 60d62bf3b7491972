/// What load is to be put on a server, and how.
struct LoadPlan: Sendable {
    /// When requests are sent.
    enum Pace: Sendable {
        /// Each connection sends as soon as it has its answer.
        case closed
        /// Requests arrive at random moments, so many a second on average, whether the server keeps
        /// up or not (a Poisson process, the same in every run).
        case open(perSecond: Double)
    }

    /// The port on the loopback address.
    let port: Int
    /// How many connections are kept alive.
    var connections = 64
    /// When requests are sent.
    var pace = Pace.closed
    /// Seconds of load that is not counted, then seconds that are.
    var warmUp = 1.0
    var seconds = 4.0
    /// Makes the source of the requests, on the event loop.
    let source: @Sendable () throws -> any LoadSource
    /// Whether the time of each answer is kept; a long load would fill memory with them.
    var keepsLatencies = true
    /// Is given every answer, on the event loop; nil to drop bodies.
    var observer: (@Sendable (_ number: Int, ResponseScanner.Response) -> Void)?
    /// Whether the load ends with the last request of its source; otherwise that is an error.
    var endsWithSource = false
    /// Whether connections that end and requests without answer are part of what is measured.
    var mayBreak = false
}
