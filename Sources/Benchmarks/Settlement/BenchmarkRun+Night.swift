internal import Foundation

extension BenchmarkRun {
    /// One window of many transfers: closed, netted and stated, then all statements with all lines.
    mutating func night(items: Int) throws {
        let directory = "\(scratch)/night"
        let binaries = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
            .deletingLastPathComponent()
        let kontor = binaries.appending(path: "kontor").path
        guard FileManager.default.isExecutableFile(atPath: kontor) else {
            throw BenchmarkError("\(kontor): build it, or run scripts/bench night")
        }
        let settled = try Step.run(["night", directory, "\(items)"])
        table.append(
            Figure(
                name: "window of \(items) transfers closed, netted, stated without lines",
                value: settled.seconds * 1_000,
                unit: "ms",
                goal: "≤ 1000",
                isMet: settled.seconds <= 1
            )
        )
        table.append(
            Figure(
                name: "memory of the ledger and that night",
                value: Double(settled.peakMemory) / 1e6,
                unit: "MB"
            )
        )
        let opened = try Step.run(["statements", directory, "\(scratch)/first", kontor])
        table.append(
            Figure(
                name: "all statements and lines written, from a start of kontor",
                value: opened.seconds,
                unit: "s",
                goal: "≤ 30",
                isMet: opened.seconds <= 30
            )
        )
        table.append(
            Figure(
                name: "bytes of \(opened.entries) files",
                value: Double(opened.fileBytes) / 1e6,
                unit: "MB"
            )
        )
        table.append(
            Figure(
                name: "memory of that",
                value: Double(opened.peakMemory) / 1e6,
                unit: "MB",
                goal: "≤ 400",
                isMet: opened.peakMemory <= 400_000_000
            )
        )
    }
}
