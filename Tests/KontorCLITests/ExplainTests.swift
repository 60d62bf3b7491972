import Foundation
import Testing

@testable import KontorCLI

/// `kontor settle explain`: files with their printed text, and faults by place.
@Suite struct ExplainTests {
    private static let fixtures = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "fixtures/settlement")

    @Test(arguments: ["golden", "nets", "lines", "bilateral"])
    func printsWhatStandsBesideTheFile(name: String) throws {
        let file = Self.fixtures.appending(path: "\(name).json").path
        let text = try ExplainCommand.output(file: file, json: false)
        let expected = try String(
            contentsOf: Self.fixtures.appending(path: "\(name).txt"),
            encoding: .utf8
        )
        #expect(text + "\n" == expected)
        let json = try ExplainCommand.output(file: file, json: true)
        let object = try JSONSerialization.jsonObject(with: Data(json.utf8))
        let members = try #require(object as? [String: Any])
        if name == "nets" {
            #expect((members["plans"] as? [Any])?.count == 2)
        } else {
            #expect((members["rounds"] as? [Any])?.count == (name == "lines" ? 1 : 2))
        }
    }

    private func fault(_ text: String) throws -> String {
        let path = FileManager.default.temporaryDirectory
            .appending(path: "kontor-\(UUID().uuidString).json").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        do {
            return try ExplainCommand.output(file: path, json: false)
        } catch let error as CommandError {
            #expect(error.message.hasPrefix(path + ": "))
            return String(error.message.dropFirst(path.count + 2))
        }
    }

    private func obligation(_ members: String) -> String {
        """
        {"settlementCurrency": "EUR", "obligations": [
         {"debtor": "a", "creditor": "b", \(members)}]}
        """
    }

    @Test(
        arguments: [
            ("{", "line 1: not strict JSON"),
            ("{\"nets\": [\n{\"participant\": \"a\", \"net\": 1.5}]}", "line 2: numbers are whole"),
            ("[]", "an object is due"),
            ("{}", "settlementCurrency: it is missing"),
            ("{\"settlementCurrency\": \"euro\"}", "settlementCurrency: \"euro\" is no currency"),
            ("{\"settlementCurrency\": \"EUR\"}", "obligations: it is missing"),
            ("{\"nets\": [], \"modle\": 1}", "modle: there is no such member"),
            ("{\"nets\": 5}", "nets: a list is due"),
            ("{\"nets\": [{\"participant\": \"a\"}]}", "nets[0].net: it is missing"),
            ("{\"nets\": [{\"participant\": \"a b\", \"net\": 1}]}", "nets[0].participant: a name"),
            ("{\"nets\": [{\"participant\": \"a\", \"net\": 1}]}", "the nets sum to 1, not to 0"),
            (
                "{\"nets\": [{\"participant\": \"a\", \"net\": \"\(String(repeating: "9", count: 36))\"}]}",
                "a to all: the amount is out of range"
            ),
            ("{\"nets\": [], \"plan\": \"best\"}", "plan: \"best\" is none of account, direct"),
        ]
    )
    func faultsOfTheFrame(text: String, fault: String) throws {
        #expect(try self.fault(text).hasPrefix(fault))
    }

    @Test(
        arguments: [
            ("\"units\": 1", "obligations[0]: units and price go together"),
            ("\"price\": \"1\"", "obligations[0]: units and price go together"),
            ("\"note\": \"\"", "obligations[0]: state exactly one of"),
            ("\"minorUnits\": 1, \"units\": 1, \"price\": \"1\"", "obligations[0]: state exactly"),
            ("\"units\": 1, \"price\": 1", "obligations[0].price: an object is due"),
            ("\"units\": 1, \"price\": \"1e3\"", "obligations[0].price: \"1e3\" is no decimal"),
            ("\"units\": 1, \"price\": \"0\"", "obligations[0].price: it is above 0"),
            ("\"units\": \"1\", \"price\": \"1\"", "obligations[0].units: an integer is due"),
            (
                "\"exact\": {\"numerator\": 1, \"denominator\": 0}",
                "obligations[0].exact: it takes a numerator"
            ),
            ("\"minorUnits\": \"1.0\"", "obligations[0].minorUnits: an integer is due"),
            ("\"minorUnits\": \"1152921504606846976\"", "a to b: the amount is out of range"),
            ("\"minorUnits\": 1, \"rounding\": \"floor\"", "obligations[0].rounding: money is"),
            ("\"minorUnits\": 1, \"currency\": 5", "obligations[0].currency: a string is due"),
            (
                "\"units\": 3, \"price\": \"1\", \"items\": [{\"units\": 2}]",
                "obligations[0].units: the items have 2 units"
            ),
            (
                "\"price\": \"1\", \"items\": [{\"units\": 2}, {\"units\": 2, \"index\": 0}]",
                "obligations[0].items: item 0 of entry 0 stands twice"
            ),
            (
                "\"price\": \"1\", \"items\": [{\"item\": 2}]",
                "obligations[0].items[0].units: it is missing"
            ),
        ]
    )
    func faultsOfObligations(members: String, fault: String) throws {
        #expect(try self.fault(obligation(members)).hasPrefix(fault))
    }

    @Test(
        arguments: [
            ("{}", "sheets.final.date: it is missing"),
            ("{\"date\": \"2025-02-30\"}", "sheets.final.date: \"2025-02-30\" is no day"),
            ("{\"date\": \"2025-02-28\"}", "sheets.final.base: it is missing"),
            (
                "{\"date\": \"2025-02-28\", \"base\": \"EUR\"}",
                "sheets.final.rates: an object is due"
            ),
            (
                "{\"date\": \"2025-02-28\", \"base\": \"EUR\", \"rates\": {\"USD\": \"N/A\"}}",
                "sheets.final.rates.USD: a rate is a decimal string"
            ),
            (
                "{\"date\": \"2025-02-28\", \"base\": \"EUR\", \"rates\": {\"usd\": \"1\"}}",
                "sheets.final.rates.usd: it is no currency"
            ),
            (
                "{\"date\": \"2025-02-28\", \"base\": \"EUR\", \"rates\": {\"EUR\": \"1\"}}",
                "sheets.final.rates: "
            ),
        ]
    )
    func faultsOfSheets(sheet: String, fault: String) throws {
        let text = """
            {"settlementCurrency": "EUR", "obligations": [], "sheets": {"final": \(sheet)}}
            """
        #expect(try self.fault(text).hasPrefix(fault))
    }

    @Test func nothingIsOwed() throws {
        let text = try fault("{\"settlementCurrency\": \"EUR\", \"obligations\": []}")
        #expect(text.contains("Payments (multilateral, account): 0"))
    }

    @Test func aFileThatIsNotThere() {
        #expect(throws: CommandError.self) {
            try ExplainCommand.output(file: "/nowhere.json", json: false)
        }
    }
}
