internal import Foundation
internal import KontorEngine
internal import KontorStorage
internal import Ledger
internal import Money
internal import Settlement
internal import Signing
internal import Synchronization
internal import VerifiableLog

/// A window of many transfers: filled, then closed, netted and stated.
enum NightStep {
    private static let itemsOfEntry = 200

    /// Fills a ledger's first window, then times its close, fix, calculation and advice.
    static func run(directory: String, items: Int) throws -> StepReport {
        let network = try NightNetwork()
        try FileManager.default.createDirectory(
            atPath: directory,
            withIntermediateDirectories: true
        )
        try writeKeys(of: network, to: directory)
        let store = try SQLiteLogStore(directory: directory, access: .create)
        let clock = network.clock
        let engine = try Engine(store: store, signer: network.logSigner, clock: clock)
        try submit(try network.founding(), to: engine)
        try fill(engine, network, items)
        clock.set(NightNetwork.cutoff)
        var report = StepReport()
        let watch = Stopwatch()
        try settle(engine, network)
        report.seconds = watch.seconds
        report.processorSeconds = watch.processorSeconds
        report.peakMemory = Stopwatch.peakMemory
        report.items = items
        try engine.close()
        return report
    }

    private static func fill(_ engine: Engine, _ network: NightNetwork, _ items: Int) throws {
        let hashes = try network.termsHashes()
        let count = items / itemsOfEntry
        for start in stride(from: 0, to: count, by: 512) {
            let numbers = Array(start..<min(count, start + 512))
            let texts = try ParallelMap.map(numbers) {
                try network.transfers($0, items: itemsOfEntry, hashes)
            }
            try submit(texts, to: engine)
        }
    }

    private static func settle(_ engine: Engine, _ network: NightNetwork) throws {
        let window: JSONValue = ["calendar": .string(NightNetwork.calendar), "window": 1]
        func act(_ kind: Kind, _ number: Int, _ members: JSONValue) throws {
            try submit([try network.act(kind, 5_000 + number, members)], to: engine)
        }
        let close: JSONValue = [
            "calendar": .string(NightNetwork.calendar), "start": 0,
            "cutoff": .string(NightNetwork.cutoff.description),
            "seed": .string(Digest.zero.base64URL),
        ]
        try act(.settlementClose, 0, close)
        guard case .object(let members) = window, let euro = Currency("EUR") else { return }
        try act(.settlementFix, 1, .object(members + [JSONMember(name: "sheets", value: [])]))
        let due = try engine.read { book in
            try book.rehearseCalculation(
                calendar: NightNetwork.calendar,
                window: 1,
                model: .multilateral,
                currency: euro
            )
        }
        let figures = due.result.figures
        let id = JSONValue.string(due.id.description)
        let calculation: JSONValue = [
            "settlement": id, "revision": 0,
            "participants": .integer(Int64(figures.participants)),
            "debts": .integer(Int64(figures.debts)), "gross": .integer(Int64(figures.gross)),
            "paid": .integer(Int64(figures.paid)), "float": .integer(Int64(figures.float)),
            "root": .string(figures.root.base64URL), "size": .integer(Int64(figures.size)),
            "head": .string(try engine.root(at: figures.size).base64URL),
        ]
        try act(.settlementCalculate, 2, calculation)
        try act(.settlementAdvise, 3, ["settlement": id])
    }

    private static func submit(_ texts: [[UInt8]], to engine: Engine) throws {
        let refusal = Mutex<String?>(nil)
        var rest = texts[...]
        try engine.submitAll(
            next: {
                guard !rest.isEmpty else { return nil }
                defer { rest = rest.dropFirst(16) }
                return Array(rest.prefix(16))
            },
            answers: { answers in
                for case .refused(let fault) in answers {
                    refusal.withLock { $0 = $0 ?? "\(fault)" }
                }
            }
        )
        if let refusal = refusal.withLock({ $0 }) { throw BenchmarkError("night: \(refusal)") }
    }

    private static func writeKeys(of network: NightNetwork, to directory: String) throws {
        for (name, text) in [
            ("log.key", Array(network.logSigner.secretText.utf8)),
            ("log.vkey", Array(network.logSigner.verifier.text.utf8)),
            ("operator.jwk", network.operatorKey.jwk.text),
        ] {
            let isMade = FileManager.default.createFile(
                atPath: "\(directory)/\(name)",
                contents: Data(text + [0x0a]),
                attributes: [.posixPermissions: 0o600]
            )
            guard isMade else { throw BenchmarkError("\(directory)/\(name) cannot be written") }
        }
    }

    /// Lets `kontor settle run` write all statements, and times that; its memory is the child's.
    static func write(directory: String, out: String, kontor: String) throws -> StepReport {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: kontor)
        process.arguments = [
            "settle", "run", "--data", directory, "--partner", NightNetwork.operatorName, "--key",
            directory + "/operator.jwk", "--out", out, "--accept-time",
        ]
        process.standardOutput = FileHandle.nullDevice
        let watch = Stopwatch()
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw BenchmarkError("kontor settle run failed; run it on \(directory)")
        }
        var report = StepReport()
        report.seconds = watch.seconds
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_CHILDREN.rawValue), &usage)
        report.peakMemory = usage.ru_maxrss * 1_024
        for name in try FileManager.default.subpathsOfDirectory(atPath: out) {
            let values = try FileManager.default.attributesOfItem(atPath: "\(out)/\(name)")
            report.fileBytes += values[.size] as? Int ?? 0
            report.entries += 1
        }
        return report
    }
}
