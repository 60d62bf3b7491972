import Foundation
import Signing
import Testing

@testable import Ledger

/// The conversions of published terms, computed by someone else from the same rows
/// (fixtures/README.md).
@Suite struct VectorTests {
    private struct Row {
        let terms: Terms
        let at: Timestamp
        let facts: Facts?
    }

    @Test func everyVectorGivesTheseUnits() throws {
        let rows = try agreements()
        let lines = try text("terms/conversion-vectors.csv").split(whereSeparator: \.isNewline)
            .dropFirst()
        #expect(lines.count == 1_842)
        for line in lines {
            let cells = Self.cells(line)
            let row = try #require(rows[String(cells[0])], "no agreement for \(line)")
            #expect(quote(row, Int64(cells[6]) ?? 0) == Self.expected(cells), "\(line)")
        }
    }

    @Test func allTermsAreRead() throws {
        #expect(try agreements().count == 259)
        let data = Data(try text("demo/network.json").utf8)
        let network = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        let list = try #require(network["agreements"] as? [[String: Any]])
        #expect(list.count > 200)
        for agreement in list {
            let terms = try JSONSerialization.data(withJSONObject: try #require(agreement["terms"]))
            _ = try Terms(JSONValue(parsing: Array(terms)))
        }
    }

    private func quote(_ row: Row, _ amount: Int64) -> String {
        do throws(Fault) {
            let result = try row.terms.conversion.convert(amount)
            let now = Bonus.Circumstances(
                amount: amount,
                base: result.credit,
                tier: row.facts?.tier,
                product: row.facts?.product,
                requested: row.at,
                posted: row.at...row.at
            )
            let grants = try Book().grants(row.terms, Self.plan(of: row.terms), 0, now) { _ in 1 }
            let bonus = grants.reduce(0) { $0 + $1.units }
            return "debit \(result.debit) credit \(result.credit) bonus \(bonus)"
        } catch {
            return error.rejection.rawValue
        }
    }

    /// A plan in which nobody has used anything.
    private static func plan(of terms: Terms) -> Plan {
        let bonuses = terms.bonuses.map { bonus in
            Plan.BonusPlan(
                group: bonus.group.flatMap { name in terms.groups.firstIndex { $0.group == name } }
                    .map { Int32($0) },
                onceKind: nil,
                placesKind: nil,
                placesTotal: nil,
                price: nil,
                funders: [],
                funderAccounts: []
            )
        }
        return Plan(
            debtor: 1,
            creditor: 2,
            pair: 0,
            exposure: nil,
            account: nil,
            offset: nil,
            price: nil,
            bonuses: bonuses,
            caps: [],
            fees: [],
            feeAccounts: [],
            referenceKind: nil,
            keepsGrants: false
        )
    }

    private static func expected(_ cells: [String]) -> String {
        switch cells[7] {
        case "reject:below_minimum": return "BelowMinimum"
        case "reject:not_on_increment": return "OffIncrement"
        default:
            let numbers = cells[6...11].map { Int64($0) ?? -1 }
            if numbers[2] == 0 { return "BelowOneUnit" }
            return "debit \(numbers[0] - numbers[5]) credit \(numbers[2]) bonus \(numbers[3])"
        }
    }

    private func agreements() throws -> [String: Row] {
        var rows: [String: Row] = [:]
        for line in try text("terms/agreements.ndjson").split(whereSeparator: \.isNewline) {
            let value = try JSONValue(parsing: Array(line.utf8))
            guard case .integer(let number)? = value["row"], case .string(let at)? = value["at"]
            else {
                Issue.record("a line names its row and its moment")
                continue
            }
            rows[String(number)] = Row(
                terms: try Terms(try #require(value["agreement"]?["terms"])),
                at: try #require(Timestamp(at)),
                facts: try value["facts"].map { try Facts(reading: $0) }
            )
        }
        return rows
    }

    private func text(_ path: String) throws -> String {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return try String(contentsOf: root.appending(path: "fixtures/\(path)"), encoding: .utf8)
    }

    /// The cells of a line of comma-separated values, quotes resolved.
    private static func cells(_ line: some StringProtocol) -> [String] {
        var cells = [""]
        var quoted = false
        for letter in line {
            if letter == "\"" {
                quoted.toggle()
            } else if letter == ",", !quoted {
                cells.append("")
            } else {
                cells[cells.count - 1].append(letter)
            }
        }
        return cells
    }
}
