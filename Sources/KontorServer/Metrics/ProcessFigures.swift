internal import Foundation

/// What the system tells of this process; nil where it does not.
public struct ProcessFigures: Sendable, Hashable {
    /// Bytes of memory in use: `VmRSS` of /proc/self/status.
    public var residentBytes: Int64?
    /// Open file descriptors.
    public var openDescriptors: Int?

    /// Figures of their parts.
    public init(residentBytes: Int64? = nil, openDescriptors: Int? = nil) {
        self.residentBytes = residentBytes
        self.openDescriptors = openDescriptors
    }

    /// The figures of the present moment.
    public static func now() -> ProcessFigures {
        let status = FileManager.default.contents(atPath: "/proc/self/status") ?? Data()
        let descriptors = try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
        return ProcessFigures(
            residentBytes: residentBytes(in: String(decoding: status, as: UTF8.self)),
            openDescriptors: descriptors?.count
        )
    }

    static func residentBytes(in status: String) -> Int64? {
        for line in status.split(separator: "\n") where line.hasPrefix("VmRSS:") {
            let words = line.split { $0 == " " || $0 == "\t" }
            guard words.count == 3, words[2] == "kB", let kibibytes = Int64(words[1]) else { break }
            return kibibytes << 10
        }
        return nil
    }
}
