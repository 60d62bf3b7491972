internal import HTTPTypes

/// Which methods the paths take, for the answer to a wrong one.
struct PathDirectory: Sendable {
    private let rows: [(segments: [Substring], method: HTTPRequest.Method)]

    init(_ endpoints: [Endpoint]) {
        rows = endpoints.map { ($0.path.split(separator: "/"), $0.method) }
    }

    /// The methods of a path, empty if there is no such path.
    func methods(of path: String) -> [String] {
        let segments = path.split(separator: "/", omittingEmptySubsequences: true)
        var names: [String] = []
        for row in rows where Self.fits(row.segments, segments) {
            names.append(row.method.rawValue)
            if row.method == .get { names.append("HEAD") }
        }
        return names
    }

    private static func fits(_ pattern: [Substring], _ path: [Substring]) -> Bool {
        for (index, part) in pattern.enumerated() {
            if part == "**" { return path.count > index }
            guard path.indices.contains(index), part.hasPrefix("{") || part == path[index] else {
                return false
            }
        }
        return pattern.count == path.count
    }
}
