import Foundation
import Signing
import Testing

@testable import KontorServer

/// Where settings come from, and which are refused.
@Suite struct SettingsTests {
    /// Reads with a file of a text, if there is one.
    private func read(
        commandLine: [(key: String, text: String)] = [],
        environment: [String: String] = [:],
        file text: String? = nil
    ) throws -> EffectiveSettings {
        let path = FileManager.default.temporaryDirectory.appending(
            path: "kontor-\(UUID().uuidString).json"
        ).path
        defer { try? FileManager.default.removeItem(atPath: path) }
        if let text { try Data(text.utf8).write(to: URL(fileURLWithPath: path)) }
        return try SettingsReader(
            commandLine: commandLine,
            environment: environment,
            file: text == nil ? nil : path
        ).read()
    }

    /// Which source wins: the value of the command line, of the environment and of the file.
    @Test(
        arguments: [
            (nil, nil, nil, 8_440, "default"), (nil, nil, 3, 3, "file"),
            (nil, 2, 3, 2, "KONTOR_PORT"),
            (1, 2, 3, 1, "the command line"), (1, nil, 3, 1, "the command line"),
            (nil, 2, nil, 2, "KONTOR_PORT"),
        ] as [(Int?, Int?, Int?, Int, String)]
    )
    func firstSourceWins(
        flag: Int?,
        variable: Int?,
        file: Int?,
        expected: Int,
        origin: String
    ) throws {
        let effective = try read(
            commandLine: flag.map { [("port", "\($0)")] } ?? [],
            environment: variable.map { ["KONTOR_PORT": "\($0)"] } ?? [:],
            file: file.map { "{\"port\":\($0)}" }
        )
        #expect(effective.settings.port == expected)
        let found = try #require(effective.origins.first { $0.setting.key == "port" })
        let text = found.origin.text
        #expect(origin == "file" ? text.hasSuffix(".json") : text == origin)
    }

    @Test func everyKeyIsReadFromEverySource() throws {
        for setting in Setting.all {
            let (text, json): (String, String) =
                switch setting.place {
                case .text, .optionalText: ("here", "\"here\"")
                case .integer(_, let range): ("\(range.lowerBound)", "\(range.lowerBound)")
                case .flag: ("true", "true")
                case .choice(let names, _, _): (names[1], "\"\(names[1])\"")
                }
            let names = setting.key.split(separator: ".")
            let file =
                names.count == 1
                ? "{\"\(names[0])\":\(json)}" : "{\"\(names[0])\":{\"\(names[1])\":\(json)}}"
            let sources = [
                try read(commandLine: [(setting.key, text)]),
                try read(environment: [setting.variable: text]), try read(file: file),
            ]
            let standard = setting.value(of: ServerSettings())
            for source in sources {
                let value = setting.value(of: source.settings)
                #expect(value != nil && value != standard, "\(setting.key)")
                #expect(value == setting.value(of: sources[0].settings), "\(setting.key)")
                #expect(source.origins.count { $0.origin != .standard } == 1, "\(setting.key)")
            }
        }
    }

    @Test func namesOfVariables() {
        #expect(Setting.named("limits.bodyBytes")?.variable == "KONTOR_LIMITS_BODY_BYTES")
        #expect(Setting.named("tls.key")?.variable == "KONTOR_TLS_KEY")
        #expect(Setting.named("publishTiles")?.variable == "KONTOR_PUBLISH_TILES")
        #expect(Set(Setting.all.map(\.key)).count == Setting.all.count)
    }

    /// Files that are refused, with the key that the error names.
    @Test(arguments: [
        ("{\"prot\":1}", "prot"), ("{\"limits\":{\"bodybytes\":2048}}", "limits.bodybytes"),
        ("{\"port\":\"1\"}", "port"), ("{\"port\":true}", "port"), ("{\"port\":65536}", "port"),
        ("{\"port\":-1}", "port"), ("{\"port\":null}", "port"), ("{\"port\":[1]}", "port"),
        ("{\"port\":{\"x\":1}}", "port"), ("{\"acceptTime\":1}", "acceptTime"),
        ("{\"data\":\"\"}", "data"), ("{\"data\":7}", "data"),
        ("{\"entryBundles\":\"all\"}", "entryBundles"), ("{\"limits\":5}", "limits"),
        ("{\"limits.bodyBytes\":2048}", "limits.bodyBytes"), ("{\"port\":1.5}", "config"),
        ("{\"port\":1,\"port\":2}", "config"), ("[]", "config"), ("", "config"), ("{", "config"),
    ])
    func wrongFiles(text: String, key: String) {
        let error = #expect(throws: SettingsError.self) { try read(file: text) }
        #expect(error?.key == key)
        #expect(error?.source.hasSuffix(".json") == true)
    }

    /// Variables and options that are refused.
    @Test(arguments: [
        ("port", "x"), ("port", "70000"), ("acceptTime", "perhaps"), ("logLevel", "loud"),
        ("limits.queueLength", "0"), ("limits.queueLength", "1e3"),
    ])
    func wrongTexts(key: String, text: String) throws {
        let setting = try #require(Setting.named(key))
        let ofVariable = #expect(throws: SettingsError.self) {
            try read(environment: [setting.variable: text])
        }
        #expect(ofVariable?.source == setting.variable)
        let ofOption = #expect(throws: SettingsError.self) { try read(commandLine: [(key, text)]) }
        #expect(ofOption?.source == "the command line")
        #expect(ofOption?.description.contains(setting.takes) == true)
    }

    @Test func unknownNames() throws {
        #expect(throws: SettingsError.self) { try read(commandLine: [("prot", "1")]) }
        let effective = try read(environment: ["KONTOR_PROT": "1", "PATH": "x"])
        #expect(effective.unknownVariables == ["KONTOR_PROT"])
        let missing = #expect(throws: SettingsError.self) {
            try SettingsReader(file: "no-such-file.json").read()
        }
        #expect(missing?.source == "no-such-file.json")
    }

    /// What keys demand of each other: the key that is at fault, or nil.
    @Test(
        arguments: [
            ([:], nil), (["data": nil], "data"), (["tls.key": "k"], "tls.certificate"),
            (["tls.certificate": "c"], "tls.key"), (["address": "0.0.0.0"], "address"),
            (["address": "127.0.0.2"], nil), (["address": "::1"], nil),
            (["address": "127.0.0.1.example"], "address"), (["address": "localhost"], nil),
            (["address": "0.0.0.0", "insecureAddress": "true"], nil),
            (["address": "0.0.0.0", "tls.certificate": "c", "tls.key": "k"], nil),
            (
                ["admin.address": "0.0.0.0", "tls.certificate": "c", "tls.key": "k"],
                "admin.address"
            ),
            (["port": "8441"], "admin.port"), (["port": "0", "admin.port": "0"], nil),
            (["port": "8441", "address": "127.0.0.2"], nil),
        ] as [([String: String?], String?)]
    )
    func keysThatDemandEachOther(values: [String: String?], key: String?) throws {
        var all: [String: String?] = ["data": "ledger"]
        all.merge(values) { $1 }
        let given = all.compactMap { name, text in text.map { (key: name, text: $0) } }
        let effective = try read(commandLine: given)
        do {
            try effective.check()
            #expect(key == nil)
        } catch {
            #expect(error.key == key)
        }
    }

    @Test func printedConfiguration() throws {
        let effective = try read(environment: ["KONTOR_LIMITS_PAGE_ITEMS": "7"], file: "{}")
        let json = try JSONValue(parsing: effective.json.text)
        #expect(
            json["limits.pageItems"] == ["value": 7, "from": "KONTOR_LIMITS_PAGE_ITEMS"]
        )
        #expect(json["tls.key"] == ["value": .null, "from": "default"])
        for setting in Setting.all { #expect(json[setting.key] != nil) }
    }

    /// The table of docs/operations.md has a row for every key.
    @Test func everyKeyIsDocumented() throws {
        let path = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "docs/operations.md")
        let text = try String(contentsOf: path, encoding: .utf8)
        for setting in Setting.all {
            #expect(text.contains("| `\(setting.key)` |"), "\(setting.key)")
        }
    }
}
