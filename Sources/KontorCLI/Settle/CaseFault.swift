internal import Signing

/// Why a file is no settlement case: the place of a member in it, the reason, and the way out.
struct CaseFault: Error {
    let place: String
    let reason: String

    init(_ place: String, _ reason: String) {
        self.place = place
        self.reason = reason
    }

    /// A text that is not strict JSON.
    init(_ error: JSONError, in bytes: [UInt8]) {
        let line = bytes.prefix(error.offset).count { $0 == 0x0a } + 1
        place = "line \(line)"
        switch error.reason {
        case .fraction, .exponent:
            reason = "numbers are whole; write a decimal as a string, as \"1.1357\""
        case .numberRange: reason = "the number is too large; write it as a string of digits"
        case .duplicateMember: reason = "a member stands twice; state it once"
        default: reason = "not strict JSON (\(error.reason.rawValue) at byte \(error.offset))"
        }
    }

    var description: String { place.isEmpty ? reason : "\(place): \(reason)" }
}
