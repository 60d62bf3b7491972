/// Why a demonstration cannot be given: what is wrong, where, and what to do.
struct DemoError: Error, CustomStringConvertible {
    /// What went wrong.
    enum Code: String, Sendable { case exists, fixtures, refused, broken }

    let code: Code
    let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    var description: String { message }
}
