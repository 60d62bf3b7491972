internal import Foundation
internal import KontorAPI
internal import NIOCore
internal import VerifiableLog

extension BenchmarkRun {
    /// Ends the server under load, by SIGTERM and by SIGKILL, and counts what that cost.
    mutating func shutdowns(_ loop: any EventLoop) throws {
        let input = try wireInput(singles: 200_000)
        var trial = ShutdownTrial(
            directory: "\(scratch)/shutdown",
            founding: input.founding,
            rest: input.requests[...],
            loop: loop
        )
        for (name, isAsked) in [("SIGTERM", true), ("SIGKILL", false)] {
            var count = ShutdownTrial.Count()
            for _ in 0..<3 { count.add(try trial.run(isAsked: isAsked)) }
            rows("\(name) under load, 3 times", count, isAsked)
        }
        _ = try Step.run(["audit", "\(scratch)/shutdown"])
    }

    private mutating func rows(_ name: String, _ count: ShutdownTrial.Count, _ isAsked: Bool) {
        func row(_ what: String, _ value: Int, isGate: Bool = false) {
            table.append(
                Figure(
                    name: "\(name): \(what)",
                    value: Double(value),
                    unit: "",
                    goal: isGate ? "0" : "",
                    isMet: isGate ? value == 0 : nil,
                    isGate: isGate
                )
            )
        }
        row("acknowledged", count.acknowledged)
        row("without answer", count.unanswered)
        row("without answer, and in the log", count.written)
        row("acknowledged and lost or told otherwise", count.lost, isGate: true)
        row("entries too many or too few", count.surplus, isGate: true)
        if isAsked {
            row("exit codes other than 0", count.badExits, isGate: true)
            table.append(Figure(name: "\(name): longest end", value: count.seconds, unit: "s"))
        }
    }
}
