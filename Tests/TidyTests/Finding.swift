/// A place that breaks a house rule.
struct Finding: Hashable, CustomStringConvertible {
    var path: String
    /// From 1; 0 means the whole file.
    var line: Int
    /// What is wrong, and the way out.
    var message: String

    var description: String { line > 0 ? "\(path):\(line): \(message)" : "\(path): \(message)" }
}
