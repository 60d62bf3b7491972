internal import Foundation
internal import KontorClient
internal import KontorEngine
internal import Ledger
internal import Signing
internal import Synchronization
internal import VerifiableLog

/// Prints answers in their order: receipts to standard output, refusals beside them.
final class AnswerPrinter: Sendable {
    private let json: Bool
    private let quiet: Bool
    private let state = Mutex(State())

    private struct State: Sendable {
        var places: [Place] = []
        var next = 0
        var accepted = 0
        var known = 0
        var refused: [String: Int] = [:]
        var failure: (any Error)?

        /// The place of the next answer.
        mutating func takePlace() -> Place {
            defer {
                next += 1
                if next >= 1 << 12 {
                    places.removeFirst(next)
                    next = 0
                }
            }
            return places[next]
        }
    }

    /// Where a submission stands, and what it says.
    private struct Place: Sendable {
        let file: String
        let line: Int
        let text: [UInt8]
    }

    init(json: Bool, quiet: Bool) {
        self.json = json
        self.quiet = quiet
    }

    /// Whether anything was refused.
    var hasRefusals: Bool { state.withLock { !$0.refused.isEmpty } }

    /// Why a receipt could not be made, if one could not.
    var failure: (any Error)? { state.withLock { $0.failure } }

    /// Notes where the next submission stands.
    func expect(file: String, line: Int, text: [UInt8]) {
        state.withLock { $0.places.append(Place(file: file, line: line, text: text)) }
    }

    /// Prints the answers of an engine to the next submissions.
    func print(_ answers: [Answer], of engine: Engine) {
        state.withLock { state in
            for answer in answers {
                let place = state.takePlace()
                do { try show(answer, of: engine, place, &state) } catch {
                    state.failure = state.failure ?? error
                }
            }
        }
    }

    /// Prints the verified answer of a server to the next submission.
    func print(_ result: SubmissionResult) {
        state.withLock { state in
            let place = state.takePlace()
            switch result {
            case .accepted(let receipt):
                state.accepted += 1
                if !quiet { show(receipt, "accepted", place) }
            case .known(let receipt, let stored):
                state.known += 1
                if !quiet { show(receipt, "known", place, stored: stored) }
            case .refused(let refusal):
                state.refused[refusal.code, default: 0] += 1
                if !quiet { show(refusal, place) }
            }
        }
    }

    /// Prints how many were accepted and refused, for people.
    func summarize() {
        state.withLock { state in
            guard quiet || Console.isInteractive else { return }
            let refused = state.refused.values.reduce(0, +)
            Console.complain(
                "accepted \(state.accepted.grouped), known \(state.known.grouped), refused \(refused.grouped)"
            )
            for code in state.refused.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
                Console.complain("  \(code.key)  \(code.value.grouped)")
            }
        }
    }

    private func show(
        _ answer: Answer,
        of engine: Engine,
        _ place: Place,
        _ state: inout State
    ) throws {
        switch answer {
        case .accepted(let entry):
            state.accepted += 1
            if !quiet { show(try engine.receipt(for: entry), "accepted", place) }
        case .known(let index):
            state.known += 1
            guard let entry = try engine.acceptedEntry(at: index) else { return }
            let stored = try engine.storedText(at: index)
            guard !quiet else { return }
            let receipt = try engine.receipt(for: entry)
            show(receipt, "known", place, stored: stored == place.text ? nil : stored)
        case .refused(let refusal):
            state.refused[refusal.first.code, default: 0] += 1
            if !quiet { show(refusal, place) }
        }
    }

    private func show(
        _ receipt: Receipt,
        _ status: String,
        _ place: Place,
        stored: [UInt8]? = nil
    ) {
        guard json else { return Console.print(receipt.text) }
        var members = [
            JSONMember(name: "line", value: .integer(Int64(place.line))),
            JSONMember(name: "status", value: .string(status)),
            JSONMember(name: "receipt", value: receipt.json),
        ]
        if let stored {
            members.append(
                JSONMember(name: "stored", value: .string(String(decoding: stored, as: UTF8.self)))
            )
        }
        Console.print(JSONValue.object(members).text)
    }

    private func show(_ refusal: Refusal, _ place: Place) {
        guard json else {
            return Console.complain("\(place.file):\(place.line): refused, \(refusal)")
        }
        let faults = refusal.faults.map { fault -> JSONValue in
            [
                "code": .string(fault.code), "place": .string(fault.place),
                "reason": .string(fault.reason), "wayOut": .string(fault.rejection.wayOut),
            ]
        }
        Console.print(Self.json(faults, place).text)
    }

    private func show(_ refusal: SubmissionRefusal, _ place: Place) {
        guard json else {
            return Console.complain("\(place.file):\(place.line): refused, \(refusal)")
        }
        var members = [JSONMember(name: "refusal", value: .string(refusal.signed))]
        if case .object(let first) = Self.json(refusal.faults.map(\.json), place) {
            members = first + members
        }
        Console.print(JSONValue.object(members).text)
    }

    private static func json(_ faults: [JSONValue], _ place: Place) -> JSONValue {
        [
            "line": .integer(Int64(place.line)), "status": "refused", "faults": .array(faults),
        ]
    }
}
