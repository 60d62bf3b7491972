import Foundation
import KontorAPI
import Signing
import Testing
import VerifiableLog

/// Problems as spec/19 §3 writes them.
@Suite("Problems")
struct ProblemTests {
    @Test("every code and its status stand in spec/19 §3 or §2.2", arguments: ProblemCode.allCases)
    func codes(code: ProblemCode) throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../spec/19-http.md")
        let text = try String(contentsOf: file, encoding: .utf8)
        let rows = text.split(separator: "\n").filter { $0.hasPrefix("|") }
        let stands = rows.contains { row in
            row.contains("`\(code.rawValue)`")
                && (code.status == 401 || row.contains("| \(code.status) |"))
        }
        #expect(stands)
        #expect(!code.title.isEmpty && code.wayOut.hasSuffix("."))
    }

    @Test("a problem reads back as it was written, and unknown members are passed over")
    func roundTrip() throws {
        let fault = Problem.Fault(
            code: "WrongCredit",
            place: "items[0].credit",
            reason: "a",
            wayOut: "b"
        )
        var problem = Problem(.queueFull, at: "place", "detail")
        problem.faults = [fault]
        problem.refusal = "a.b.c"
        let text = problem.json(requestID: "1").text
        #expect(try Problem(json: JSONValue(parsing: text)) == problem)
        #expect(problem.type == "urn:kontor:problem:QueueFull")
        let finer = Problem(
            status: 400,
            code: "MalformedJWS.partCount",
            title: "",
            detail: "",
            wayOut: ""
        )
        #expect(finer.type == "urn:kontor:problem:MalformedJWS")
    }
}
