internal import Formats
internal import Settlement

extension BenchmarkRun {
    /// Reading of partners' books, one core: CSV in pieces of 1 MiB, and JSON lines.
    mutating func books() throws {
        let file = try PartnerFile(lines: 1_000_000)
        var wall: [Double] = []
        var processor: [Double] = []
        for _ in 0..<5 {
            let watch = Stopwatch()
            let book = try Self.read(file)
            wall.append(watch.seconds)
            processor.append(watch.processorSeconds)
            guard book.table.rows.count == file.lineCount, book.table.faults.isEmpty else {
                throw BenchmarkError("not every line of the file was read")
            }
        }
        let megabytes = Double(file.bytes.count) / 1e6
        // Processor time, since other programs must not decide whether a goal is met.
        let speed = megabytes / processor.sorted()[2]
        table.append(
            Figure(
                name: "CSV to rows, one core",
                value: speed,
                unit: "MB/s",
                goal: "≥ 150",
                isMet: speed >= 150
            )
        )
        table.append(
            Figure(
                name: "CSV to rows, wall time",
                value: megabytes / wall.sorted()[2],
                unit: "MB/s"
            )
        )
        table.append(
            Figure(
                name: "rows of CSV",
                value: Double(file.lineCount) / processor.sorted()[2],
                unit: "/s"
            )
        )
    }

    private static func read(_ file: PartnerFile) throws -> PartnerBook {
        var reader = BookReader(mapping: file.mapping, name: "books.csv")
        var offset = 0
        while offset < file.bytes.count {
            let end = min(offset + 1_048_576, file.bytes.count)
            try reader.read(Array(file.bytes[offset..<end]))
            offset = end
        }
        return try reader.finish()
    }
}
