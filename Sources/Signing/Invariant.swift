/// What cannot be, unless there is a bug or the machine has neither memory nor random numbers left.
public enum Invariant {
    /// Stops the program and tells why; never for what a stranger sends.
    public static func failed(_ why: String) -> Never {
        fatalError("invariant: \(why)")
    }
}
