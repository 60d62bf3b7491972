internal import Foundation
internal import Ledger
internal import Signing

/// The network of the fixtures as the demonstration plays it: programmes, their partners, and
/// agreements.
struct DemoNetwork: Sendable {
    /// A programme and what its unit is worth, in minor units of a currency.
    struct Program: Sendable {
        let id: String
        let partner: String
        let scale: Int64
        let currency: String
        let value: JSONValue
        let region: String
    }

    let programs: [Program]
    let agreements: [DemoAgreement]
    let currencies: JSONValue

    /// The partners in the order of their names, each with its region.
    var partners: [(name: String, region: String)] {
        var seen: Set<String> = []
        return programs.filter { seen.insert($0.partner).inserted }
            .map { ($0.partner, $0.region) }
            .sorted { $0.0 < $1.0 }
    }

    /// Reads `demo/network.json` of a folder of fixtures.
    init(fixtures: String) throws {
        let path = fixtures + "/demo/network.json"
        guard let data = FileManager.default.contents(atPath: path) else {
            throw CommandError(
                "\(path): cannot be read; run in the repository, "
                    + "or name its fixtures with --fixtures DIR"
            )
        }
        let (value, lines) = try Self.parts(Array(data))
        programs = try Self.list(value, "programs").map(Self.program)
        agreements = try lines.map { try DemoAgreement(JSONValue(parsing: $0)) }
        currencies = .array(try Self.list(value, "settlementCurrencies"))
    }

    /// The object without its agreements, and these one by one: as a whole they are nested deeper
    /// than entries may be.
    ///
    /// Each agreement stands on a line of its own (fixtures/README.md).
    private static func parts(_ bytes: [UInt8]) throws -> (JSONValue, [[UInt8]]) {
        let lines = bytes.split(separator: 0x0a).map(Array.init)
        guard let start = lines.firstIndex(of: Array("\"agreements\":[".utf8)) else {
            throw CommandError("demo/network.json has no list agreements; make the fixtures again")
        }
        let head = lines[...start].joined(separator: [0x0a]) + Array("]}".utf8)
        let agreements = lines[(start + 1)...].prefix { $0 != Array("]".utf8) }
        return (
            try JSONValue(parsing: Array(head)),
            agreements.map { $0.last == UInt8(ascii: ",") ? Array($0.dropLast()) : $0 }
        )
    }

    private static func list(_ value: JSONValue, _ name: String) throws -> [JSONValue] {
        guard case .array(let list)? = value[name] else {
            throw CommandError("demo/network.json has no list \(name); make the fixtures again")
        }
        return list
    }

    private static func program(_ value: JSONValue) throws -> Program {
        guard let id = value["program"]?.string, let partner = value["partner"]?.string,
            let currency = value["currency"]?.string, let region = value["region"]?.string,
            let scale = value["scale"]?.integer, let worth = value["value"]
        else {
            throw CommandError(
                "a programme of demo/network.json lacks a member; make the fixtures again"
            )
        }
        return Program(
            id: id,
            partner: partner,
            scale: scale,
            currency: currency,
            value: worth,
            region: region
        )
    }
}

extension JSONValue {
    /// The text, if it is one.
    var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// The number, if it is one.
    var integer: Int64? {
        if case .integer(let number) = self { number } else { nil }
    }

    /// The elements, none if it is no array.
    var elements: [JSONValue] {
        if case .array(let list) = self { list } else { [] }
    }

    /// The same object with another value of a member, which is added at the end if it was not
    /// there.
    func setting(_ path: String..., to value: JSONValue) -> JSONValue {
        setting(path[...], to: value)
    }

    private func setting(_ path: ArraySlice<String>, to value: JSONValue) -> JSONValue {
        guard let name = path.first, case .object(var members) = self else { return value }
        let inner = (self[name] ?? .object([])).setting(path.dropFirst(), to: value)
        if let place = members.firstIndex(where: { $0.name == name }) {
            members[place].value = inner
        } else {
            members.append(JSONMember(name: name, value: inner))
        }
        return .object(members)
    }
}
