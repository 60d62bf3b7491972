import Foundation
import Testing
import VerifiableLog

/// Every code is stable, and occurs in a test.
@Suite struct LogErrorTests {
    @Test func everyCodeIsTested() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
        var tests = ""
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() {
            tests += try String(contentsOf: folder.appending(path: name), encoding: .utf8)
        }
        for code in LogError.Code.allCases {
            let isTested = tests.contains("expect(.\(code.rawValue)")
            #expect(isTested, "no test expects \(code.rawValue)")
        }
    }

    @Test func descriptionNamesPlaceCodeAndReason() {
        let error = LogError(.chainTime, at: "entry 7", "too early")
        #expect(error.description == "entry 7: chainTime: too early")
    }
}
