import Foundation
import KontorEngine
import KontorStorage
import Ledger
import Money
import Settlement
import Signing
import TestSupport
import Testing

@testable import KontorCLI

/// A fault at every store call of a night: run again, it ends in the same log and the same files,
/// and nothing was paid twice.
@Suite struct NightKillTests {
    /// What a night left behind.
    private struct Outcome: Equatable {
        var size: UInt64?
        var root: Digest?
        var state: Digest
        var files: [String: [UInt8]]
    }

    private static let euro = "network/1/multilateral/EUR/1"

    /// A world before its night, always of the same bytes.
    private static func world() throws -> NightWorld {
        let world = try NightWorld(threshold: 2)
        try world.publishRates([("2026-03-09", "1.25"), ("2026-03-06", "1.10")])
        try world.send(try world.deal("nordwind", "harbour", price: (1, 3)), 1_000)
        try world.send(try world.deal("harbour", "cafe", change: NightWorld.converted), 1_100)
        return world
    }

    /// What the operator does, in order; each may be done again.
    private static let acts: [@Sendable (NightWorld, inout [Int: [UInt8]]) throws -> Void] = [
        { world, _ in try world.evening(out: "night") },
        { world, _ in try world.nextDay(out: "night") },
        { world, files in
            let file = try files[2] ?? world.camt(try world.legs(of: euro))
            files[2] = file
            try world.pay(file)
            try world.run(out: "night")
        },
        { world, files in
            let file = try files[3] ?? world.camt(try world.legs(of: euro))
            files[3] = file
            try world.pay(file)
            try world.run(out: "night")
        },
    ]

    private static func outcome(of world: NightWorld) throws -> Outcome {
        var files: [String: [UInt8]] = [:]
        let root = world.path("night")
        for name in try FileManager.default.subpathsOfDirectory(atPath: root) {
            guard let data = FileManager.default.contents(atPath: "\(root)/\(name)") else {
                continue
            }
            files[name] = [UInt8](data)
        }
        return Outcome(
            size: world.engine.head?.size,
            root: try world.engine.head.map { try world.engine.root(at: $0.size) },
            state: world.book.stateDigest(),
            files: files
        )
    }

    /// Plays a night through a store with a fault, opens the ledger again after it, and goes on.
    private static func play(_ fault: FaultyStore.Fault, at call: Int) throws -> (Outcome, Int) {
        let world = try world()
        let faulty = FaultyStore(world.memory, fault, atCall: call)
        var files: [Int: [UInt8]] = [:]
        do { try world.reopen(through: faulty) } catch { try world.reopen() }
        for act in acts {
            do { try act(world, &files) } catch {
                guard call > 0 else { throw error }
                try world.reopen()
                try act(world, &files)
            }
        }
        let record = try world.record(euro)
        #expect(record.state == .settled, "\(fault) at call \(call)")
        #expect(record.legs.allSatisfy { $0.paid == $0.amount }, "\(fault) at call \(call)")
        #expect(world.book.settlements.count == 1, "\(fault) at call \(call)")
        return (try outcome(of: world), faulty.calls)
    }

    /// All calls with KONTOR_SEEDS, else some.
    private static let stride: Int = {
        ProcessInfo.processInfo.environment["KONTOR_SEEDS"] == nil ? 3 : 1
    }()

    @Test(arguments: FaultyStore.Fault.allCases)
    func aNightThatWasBrokenOffEndsAsIfItWasNot(fault: FaultyStore.Fault) throws {
        let (whole, calls) = try Self.play(.fails, at: 0)
        #expect(calls > 30)
        #expect(whole.files.keys.contains { $0.hasSuffix("harbour.json") })
        let offset = FaultyStore.Fault.allCases.firstIndex(of: fault) ?? 0
        for call in Swift.stride(from: 1 + offset % Self.stride, through: calls, by: Self.stride) {
            let (outcome, _) = try Self.play(fault, at: call)
            #expect(outcome == whole, "\(fault) at call \(call)")
        }
    }

    @Test func aDirectoryThatCannotBeWrittenCostsNothing() throws {
        let world = try Self.world()
        try world.write("in the way", to: "night")
        let complaint = world.complaint { try world.evening(out: "night") }
        #expect(complaint.contains("night"))
        try FileManager.default.removeItem(atPath: world.path("night"))
        try world.evening(out: "night")
        let (whole, _) = try Self.play(.fails, at: 0)
        var files: [Int: [UInt8]] = [:]
        for act in Self.acts.dropFirst() { try act(world, &files) }
        #expect(try Self.outcome(of: world) == whole)
    }
}
