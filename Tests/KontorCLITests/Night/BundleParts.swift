import Signing
import Testing

/// A proof bundle taken apart and put together by spec/25 §4 alone, right or wrong.
struct BundleParts {
    var ledger: String
    var calendar: String
    var window: Int64
    var settlements: [String]
    var files: [(kind: String, bytes: [UInt8])] = []
    var logCount: Int
    var log: [UInt8]
    /// What stands before the last brace of the header.
    var suffix = ""
    /// What follows the log.
    var rest: [UInt8] = []

    private static let magic = Array("kontor/v1/settlement-bundle\n".utf8)

    init(_ bytes: [UInt8]) throws {
        #expect(bytes.starts(with: Self.magic))
        let end = try #require(bytes[Self.magic.count...].firstIndex(of: 0x0a))
        let header = try JSONValue(parsing: Array(bytes[Self.magic.count..<end]))
        func text(_ value: JSONValue?) throws -> String {
            guard case .string(let text)? = value else { throw BundlePartsError.notText }
            return text
        }
        func number(_ value: JSONValue?) throws -> Int64 {
            guard case .integer(let number)? = value else { throw BundlePartsError.notNumber }
            return number
        }
        func list(_ value: JSONValue?) throws -> [JSONValue] {
            guard case .array(let list)? = value else { throw BundlePartsError.notList }
            return list
        }
        ledger = try text(header["ledger"])
        calendar = try text(header["calendar"])
        window = try number(header["window"])
        settlements = try list(header["settlements"]).map { try text($0) }
        logCount = Int(try number(header["log"]))
        var offset = end + 1
        for file in try list(header["attachments"]) {
            let count = Int(try number(file["bytes"]))
            files.append((try text(file["kind"]), Array(bytes[offset..<offset + count])))
            offset += count
        }
        log = Array(bytes[offset...])
    }

    /// The kinds of the attachments, in their order.
    var kinds: [String] { files.map(\.kind) }

    mutating func drop(_ place: Int) { files.remove(at: place) }

    var bytes: [UInt8] {
        let list = files.map { file in
            let hash = DigestBuilder.digest(file.bytes).base64URL
            return #"{"kind":"\#(file.kind)","bytes":\#(file.bytes.count),"sha256":"\#(hash)"}"#
        }
        let names = settlements.map { "\"\($0)\"" }.joined(separator: ",")
        let header = """
            {"ledger":"\(ledger)","calendar":"\(calendar)","window":\(window),"settlements":[\
            \(names)],"attachments":[\(list.joined(separator: ","))],"log":\(logCount)\(suffix)}

            """
        return Self.magic + Array(header.utf8) + files.flatMap(\.bytes) + log + rest
    }
}

/// A header that is not as it must be.
enum BundlePartsError: Error { case notText, notNumber, notList }
