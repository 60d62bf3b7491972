internal import Formats
internal import Signing

/// Archives of rates, also as base64 as in the fixtures: read or refused within their limits.
enum ZipTarget: FuzzTarget {
    static func run(_ input: [UInt8]) {
        let text = input.prefix { $0 > 0x20 }
        let archive = Base64.standard.decode(text) ?? [0x50, 0x4b] + input
        do throws(FormatError) {
            _ = try RateFile(parsing: archive)
        } catch {
            expect(!error.reason.isEmpty, "a fault has a reason")
        }
    }
}
