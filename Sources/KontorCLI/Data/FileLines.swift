internal import Dispatch

/// The lines of some files one after another, read as they are asked for and as they come.
struct FileLines: AsyncSequence, Sendable {
    let files: [String]
    /// Tells where each line stands, before it is handed over.
    let note: @Sendable (_ file: String, _ line: Int, _ text: [UInt8]) -> Void

    func makeAsyncIterator() -> Iterator { Iterator(files: files[...], note: note) }

    /// Reads the lines; reading blocks a queue of its own and no task.
    struct Iterator: AsyncIteratorProtocol {
        fileprivate var files: ArraySlice<String>
        fileprivate let note: @Sendable (String, Int, [UInt8]) -> Void
        private let queue = DispatchQueue(label: "kontor.lines")
        private var source: LineSource?
        private var waiting: ArraySlice<[UInt8]> = []
        private var number = 0

        fileprivate init(
            files: ArraySlice<String>,
            note: @escaping @Sendable (String, Int, [UInt8]) -> Void
        ) {
            self.files = files
            self.note = note
        }

        mutating func next() async throws -> [UInt8]? {
            while true {
                if let line = waiting.popFirst() {
                    number += 1
                    note(files.first ?? "", number, line)
                    return line
                }
                guard let file = files.first else { return nil }
                let present = try source ?? LineSource(path: file)
                let (lines, rest) = try await read(present)
                waiting = lines[...]
                source = rest
                guard lines.isEmpty else { continue }
                source = nil
                number = 0
                files.removeFirst()
            }
        }

        /// The next lines that are at hand, at least one unless the file ends.
        private func read(_ source: LineSource) async throws -> ([[UInt8]], LineSource) {
            try await withCheckedThrowingContinuation { continuation in
                queue.async {
                    continuation.resume(
                        with: Result {
                            var source = source
                            var lines: [[UInt8]] = []
                            while lines.count < 512, lines.isEmpty || source.hasMore,
                                let line = try source.next()
                            {
                                lines.append(line)
                            }
                            return (lines, source)
                        }
                    )
                }
            }
        }
    }
}
