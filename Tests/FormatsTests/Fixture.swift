import Formats
import Foundation
import Testing

/// Files of fixtures/settlement, and how a fault is expected.
enum Fixture {
    static let top = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../")

    static func bytes(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: top.appending(path: "fixtures/settlement/\(name)")))
    }

    static func zip() throws -> [UInt8] {
        let text = try bytes("rates/eurofxref-hist.zip.base64").filter { $0 > 0x20 }
        return Array(try #require(Data(base64Encoded: Data(text))))
    }

    /// Runs a body that must throw a fault of a code with a line and a column, and with words.
    static func expect(
        _ code: FormatError.Code,
        _ line: Int? = nil,
        _ column: Int? = nil,
        _ name: String,
        location: SourceLocation = #_sourceLocation,
        _ body: () throws(FormatError) -> Void
    ) {
        do throws(FormatError) {
            try body()
            Issue.record("\(name): nothing was thrown", sourceLocation: location)
        } catch {
            #expect(error.code == code, "\(name): \(error)", sourceLocation: location)
            if let line {
                #expect(error.line == line, "\(name): \(error)", sourceLocation: location)
            }
            if let column {
                #expect(error.column == column, "\(name): \(error)", sourceLocation: location)
            }
            #expect(!error.reason.isEmpty && !error.wayOut.isEmpty, sourceLocation: location)
            #expect(error.description.contains(error.code.rawValue), sourceLocation: location)
        }
    }
}

/// An input, and the code and place of its fault.
struct FaultCase: Sendable, CustomStringConvertible {
    var text: String
    var code: FormatError.Code
    var line: Int?
    var column: Int?

    init(_ text: String, _ code: FormatError.Code, _ line: Int? = nil, _ column: Int? = nil) {
        self.text = text
        self.code = code
        self.line = line
        self.column = column
    }

    var description: String { "\(code): \(text.prefix(60))" }
}
