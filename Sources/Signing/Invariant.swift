/// Stops the program because something that cannot be is, and tells what.
///
/// It is for bugs and for a machine without memory or random numbers, never for what a stranger
/// sends.
public func invariantFailed(_ why: String) -> Never {
    fatalError("invariant: \(why)")
}
