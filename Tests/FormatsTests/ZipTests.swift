import Formats
import Testing

/// Archives of rates, whole and damaged.
@Suite struct ZipTests {
    /// What is done to an archive, and the fault it causes.
    struct Damage: Sendable, CustomStringConvertible {
        var description: String
        var code: FormatError.Code
        var apply: @Sendable ([UInt8]) -> [UInt8]
    }

    /// The end record is the last 22 bytes, the directory 46 + 18 bytes before it.
    static let damages: [Damage] = [
        Damage(description: "cut at the end", code: .archiveTruncated) { Array($0.dropLast()) },
        Damage(description: "cut in half", code: .archiveTruncated) {
            Array($0.prefix($0.count / 2))
        },
        Damage(description: "bytes behind", code: .archiveTruncated) { $0 + [0] },
        Damage(description: "two letters", code: .archiveTruncated) { Array($0.prefix(2)) },
        Damage(description: "two files", code: .archiveCount) {
            set(set($0, end($0) + 8, 2), end($0) + 10, 2)
        },
        Damage(description: "no file", code: .archiveCount) {
            set(set($0, end($0) + 8, 0), end($0) + 10, 0)
        },
        Damage(description: "counts differ", code: .archiveForm) { set($0, end($0) + 8, 2) },
        Damage(description: "other disk", code: .archiveForm) { set($0, end($0) + 4, 1) },
        Damage(description: "directory elsewhere", code: .archiveForm) { set($0, end($0) + 16, 1) },
        Damage(description: "encrypted", code: .archiveMethod) { set($0, directory($0) + 8, 1) },
        Damage(description: "other method", code: .archiveMethod) {
            set($0, directory($0) + 10, 12)
        },
        Damage(description: "local method differs", code: .archiveForm) { set($0, 8, 0) },
        Damage(description: "local name differs", code: .archiveForm) { set($0, 30, 0x45) },
        Damage(description: "checksum", code: .archiveChecksum) {
            set($0, directory($0) + 16, $0[directory($0) + 16] ^ 1)
        },
        Damage(description: "smaller than stated", code: .archiveSize) {
            set($0, directory($0) + 24, $0[directory($0) + 24] &+ 1)
        },
        Damage(description: "larger than stated", code: .archiveSize) {
            set($0, directory($0) + 24, $0[directory($0) + 24] &- 1)
        },
        Damage(description: "stated as 4 GB", code: .archiveSize) {
            set($0, directory($0) + 27, 0xff)
        },
        Damage(description: "packed size too small", code: .archiveData) {
            set($0, directory($0) + 20, $0[directory($0) + 20] &- 1)
        },
        Damage(description: "packed size too large", code: .archiveTruncated) {
            set($0, directory($0) + 20, $0[directory($0) + 20] &+ 1)
        },
        Damage(description: "packed data", code: .archiveData) { set($0, 48, 0xff) },
    ]

    @Test("damage is found", arguments: damages)
    func damaged(_ damage: Damage) throws {
        let archive = damage.apply(try Fixture.zip())
        Fixture.expect(damage.code, nil, nil, damage.description) { () throws(FormatError) in
            _ = try RateFile(parsing: archive)
        }
    }

    @Test func everyFlippedByteIsFoundOrHarmless() throws {
        let whole = try Fixture.zip()
        let days = try RateFile(parsing: whole).days
        for index in whole.indices {
            var archive = whole
            archive[index] ^= 0x55
            // Dates, versions and attributes of the archive are not looked at.
            if let file = try? RateFile(parsing: archive) { #expect(file.days == days) }
        }
    }

    @Test func storedFilesAndLimits() throws {
        let csv = Array("Date,USD\n2025-04-25,1.1357\n".utf8)
        let archive = try Self.stored(csv)
        #expect(try RateFile(parsing: archive).days.count == 1)
        let large = [UInt8](repeating: 0x20, count: FormatLimits.rateFileByteCount + 1)
        Fixture.expect(.tooLarge, nil, nil, "large") { () throws(FormatError) in
            _ = try RateFile(parsing: large)
        }
    }

    /// An archive of one stored file, built from the fields of the format.
    private static func stored(_ content: [UInt8]) throws -> [UInt8] {
        func number(_ value: Int, _ count: Int) -> [UInt8] {
            (0..<count).map { UInt8(value >> (8 * $0) & 0xff) }
        }
        let sum = Int(checksum(content))
        let fields =
            number(20, 2) + number(0, 2) + number(0, 2) + number(0, 4) + number(sum, 4)
            + number(content.count, 4) + number(content.count, 4) + number(1, 2) + number(0, 2)
        let local = number(0x0403_4b50, 4) + fields + [0x61] + content
        let directory =
            number(0x0201_4b50, 4) + number(20, 2) + fields + number(0, 10) + number(0, 4) + [0x61]
        return local + directory + number(0x0605_4b50, 4) + number(0, 4) + number(1, 2)
            + number(1, 2) + number(directory.count, 4) + number(local.count, 4) + number(0, 2)
    }

    /// CRC-32, bit by bit.
    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        var sum: UInt32 = .max
        for byte in bytes {
            sum ^= UInt32(byte)
            for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xedb8_8320 : sum >> 1 }
        }
        return ~sum
    }

    private static func end(_ bytes: [UInt8]) -> Int { bytes.count - 22 }
    private static func directory(_ bytes: [UInt8]) -> Int {
        end(bytes) - 46 - "eurofxref-hist.csv".utf8.count
    }
    private static func set(_ bytes: [UInt8], _ index: Int, _ value: UInt8) -> [UInt8] {
        var bytes = bytes
        bytes[index] = value
        return bytes
    }
}
