internal import Foundation
internal import KontorEngine
internal import KontorStorage
internal import Ledger
internal import Signing
internal import VerifiableLog

/// Where a command writes: results to standard output, everything else to standard error.
enum Console {
    /// Whether standard error is a terminal, so that progress may be drawn on it.
    static var isInteractive: Bool { isatty(STDERR_FILENO) == 1 }

    /// Writes a line of result.
    static func print(_ text: String) {
        write(text + "\n", to: .standardOutput)
    }

    /// Writes bytes of result and a line end.
    static func print(_ bytes: [UInt8]) {
        write(bytes + [0x0a], to: .standardOutput)
    }

    /// Writes a line beside the result.
    static func complain(_ text: String) {
        write(text + "\n", to: .standardError)
    }

    /// Writes text without a line end beside the result.
    static func draw(_ text: String) {
        write(text, to: .standardError)
    }

    /// Ends the process.
    static func exit(_ code: Int32) -> Never {
        Foundation.exit(code)
    }

    /// An error in words: what is wrong, where, and what to do.
    static func explain(_ error: any Error) -> String {
        switch error {
        case let error as CommandError: error.message
        case let error as StorageError: error.message
        case let error as EngineError: error.description
        case let error as LogError: "\(error)"
        case let error as Refusal: error.description
        case let error as KeyError: "\(error)"
        case let error as CocoaError
        where error.code == .fileReadNoSuchFile || error.code == .fileNoSuchFile:
            "\(error.userInfo[NSFilePathErrorKey] ?? "the file"): there is no such file"
        default: "\(error)"
        }
    }

    private static func write(_ text: String, to handle: FileHandle) {
        write(Array(text.utf8), to: handle)
    }

    private static func write(_ bytes: [UInt8], to handle: FileHandle) {
        do {
            try handle.write(contentsOf: bytes)
        } catch {
            // Whoever read from us is gone, or the disk is full: nobody would see more, so end as a
            // failed check.
            Foundation.exit(1)
        }
    }
}

/// Why a command cannot go on: place, reason and way out in one sentence.
struct CommandError: Error {
    let message: String

    init(_ message: String) {
        self.message = message
    }
}
