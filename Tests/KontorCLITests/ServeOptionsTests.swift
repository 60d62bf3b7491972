import ArgumentParser
import Testing

@testable import KontorCLI

/// What the options of `kontor serve` become.
@Suite struct ServeOptionsTests {
    @Test func optionsBecomeKeys() throws {
        let options = try ServeOptions.parse([
            "--data", "d", "--admin-port", "7", "--accept-time", "--set",
            "limits.bodyBytes=2048", "--set", "logKey=a=b",
        ])
        let values = try options.values().map { "\($0.key)=\($0.text)" }
        #expect(
            values == [
                "data=d", "admin.port=7", "acceptTime=true", "limits.bodyBytes=2048",
                "logKey=a=b",
            ]
        )
    }

    @Test(arguments: [
        ["--set", "port"], ["--set", "=1"], ["--port", "1", "--set", "port=2"],
        ["--set", "port=1", "--set", "port=1"],
    ])
    func wrongOptions(arguments: [String]) throws {
        let options = try ServeOptions.parse(arguments)
        #expect(throws: (any Error).self) { try options.values() }
    }
}
