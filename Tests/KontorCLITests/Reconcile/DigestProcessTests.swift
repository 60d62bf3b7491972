import Foundation
import Signing
import Testing

/// `kontor reconcile digest` as it is used: two processes, each with its own file, over a pipe.
@Suite struct DigestProcessTests {
    private static let count = 20_000
    private static let ledger = Digest.zero.base64URL

    /// The binary that was built beside these tests.
    private static var kontor: String {
        URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
            .deletingLastPathComponent().appending(path: "kontor").path
    }

    private static func name(_ number: Int) -> String {
        let id = number / 20
        let low = String(UInt64(id) &* 0x9e37_79b9_7f4a_7c15 & 0xffff_ffff_ffff, radix: 16)
        let tail = String(repeating: "0", count: 12 - low.count) + low
        let time = String(0x1000 + id, radix: 16)
        return "019aab5f-\(time)-7000-8000-\(tail)/\(number % 20)"
    }

    /// Writes the books of both and their mappings; `change` gives the units of the second book.
    private static func write(
        to folder: URL,
        _ ours: (Int) -> Int?,
        _ theirs: (Int) -> Int?
    ) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var csv = "transfer;what;miles;stars\n"
        var json = ""
        for number in 0..<count {
            if let units = ours(number) { csv += "\(name(number));b;-\(units);\(2 * units)\n" }
            // The other side has its rows in another order.
            let other = count - 1 - number
            guard let units = theirs(other) else { continue }
            json +=
                "{\"id\":\"\(name(other))\",\"what\":\"b\",\"out\":-\(units),\"in\":\(2 * units)}\n"
        }
        let events = "\"events\":{\"b\":\"posting\"}"
        func mapping(
            _ partner: String,
            _ file: String,
            _ columns: String,
            _ amounts: [String]
        ) -> String {
            """
            {"format":"kontor-mapping/1","ledger":"\(ledger)","partner":"\(partner)","version":1,\
            "file":\(file),"columns":\(columns),\(events),"amounts":[\
            {"program":"nordwind/miles","column":"\(amounts[0])"},\
            {"program":"talweg/stars","column":"\(amounts[1])"}]}
            """
        }
        let texts = [
            "ours.csv": csv, "theirs.ndjson": json,
            "nordwind.json": mapping(
                "nordwind",
                #"{"type":"csv","encoding":"UTF-8","delimiter":";"}"#,
                #"{"transfer":"transfer","event":"what"}"#,
                ["miles", "stars"]
            ),
            "talweg.json": mapping(
                "talweg",
                #"{"type":"ndjson"}"#,
                #"{"transfer":"/id","event":"/what"}"#,
                ["/out", "/in"]
            ),
        ]
        for (name, text) in texts {
            try Data(text.utf8).write(to: folder.appending(path: name))
        }
    }

    /// Runs the caller with a command as its other side.
    private static func call(
        _ folder: URL,
        _ other: String,
        _ more: [String] = []
    ) throws -> (status: Int32, result: JSONValue) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: kontor)
        process.currentDirectoryURL = folder
        process.arguments =
            [
                "reconcile", "digest", "--partner", "nordwind", "--with", "talweg", "--window",
                "eur/7", "--books", "ours.csv", "--mapping", "nordwind.json", "--json",
                "--connect", other,
            ] + more
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let text = [UInt8](output.fileHandleForReading.readDataToEndOfFile())
        process.waitUntilExit()
        let value = text.isEmpty ? .null : try JSONValue(parsing: Array(text.dropLast()))
        return (process.terminationStatus, value)
    }

    private static func serve(_ window: String = "eur/7") -> String {
        "'\(kontor)' reconcile digest --partner talweg --with nordwind --window \(window) "
            + "--books theirs.ndjson --mapping talweg.json --serve 2>served.txt"
    }

    @Test func threeDifferencesBetweenTwoProcesses() throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "digest-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let (missing, extra, changed) = (4_711, 815, 19_999)
        try Self.write(to: folder) {
            $0 == missing ? nil : $0 + 1
        } _: {
            $0 == extra ? nil : $0 == changed ? $0 + 2 : $0 + 1
        }
        let found = try Self.call(folder, Self.serve())
        #expect(found.status == 1)
        let expected: [JSONValue] = [
            ["transfer": .string(Self.name(extra)), "kind": "missingThere"],
            ["transfer": .string(Self.name(missing)), "kind": "missingHere"],
            ["transfer": .string(Self.name(changed)), "kind": "changed"],
        ]
        #expect(found.result["differences"] == .array(expected))
        guard case .integer(let messages)? = found.result["messages"],
            case .integer(let bytes)? = found.result["bytes"]
        else {
            Issue.record("no counts")
            return
        }
        #expect(messages <= 64 && bytes <= 65_536)
        let served = try String(contentsOf: folder.appending(path: "served.txt"), encoding: .utf8)
        #expect(served.contains("3 transfers differ:"))
        #expect(served.contains("\(Self.name(missing))  missing in theirs"))
        // Another window, and sides that are none.
        #expect(try Self.call(folder, Self.serve("eur/8")).status == 1)
        let scope = try String(contentsOf: folder.appending(path: "served.txt"), encoding: .utf8)
        #expect(scope.contains("exchangeScope"))
        for (other, more) in [
            ("exec sleep 3600", ["--timeout", "1"]), ("yes", []), ("cat", []), ("true", []),
            ("head -c 200000 /dev/zero", []),
        ] {
            let start = ContinuousClock.now
            #expect(try Self.call(folder, other, more).status == 1, "\(other)")
            #expect(ContinuousClock.now - start < .seconds(1_800), "\(other)")
        }
    }

    @Test func equalBooksAgree() throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "digest-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try Self.write(to: folder) {
            $0 % 3 == 0 ? $0 + 1 : nil
        } _: {
            $0 % 3 == 0 ? $0 + 1 : nil
        }
        let found = try Self.call(folder, Self.serve())
        #expect(found.status == 0)
        #expect(found.result["messages"] == 2 && found.result["equal"] == true)
    }
}
