internal import Signing

// The mark as it is stored (spec/15 §8): lines of ASCII, each ended by one line feed.
//
//     kontor-standing/v1
//     instance <22 characters of base64url>
//     epoch <decimal>
//     state writes | copy | restored <place> | fenced <22 characters of base64url>
//
// A mark that cannot be read is an error and never the right to write.

extension Standing {
    /// The setting under which stores keep the mark; `setSetting` refuses it.
    static let settingName = "standing"

    private static let magic = "kontor-standing/v1"

    /// The mark.
    var text: [UInt8] {
        let word =
            switch state {
            case .writes: "writes"
            case .copy: "copy"
            case .restored(let place): "restored \(place)"
            case .fenced(let successor): "fenced \(successor.base64URL)"
            }
        let lines = [
            Self.magic, "instance \(instance.base64URL)", "epoch \(epoch)", "state \(word)",
        ]
        return Array(lines.map { $0 + "\n" }.joined().utf8)
    }

    /// The standing of a mark, `unmarked` without one; throws `corrupt` for another text.
    init(mark: [UInt8]?, at place: String) throws(StorageError) {
        guard let mark else {
            self = .unmarked
            return
        }
        guard let standing = Self(parsing: mark), standing.text == mark else {
            throw StorageError(
                .corrupt,
                "\(place): its standing cannot be read, so it takes no entries; "
                    + "use the software that wrote it, or restore a backup"
            )
        }
        self = standing
    }

    private init?(parsing mark: [UInt8]) {
        let lines = mark.split(separator: 0x0a, omittingEmptySubsequences: false)
        guard lines.count == 5, String(decoding: lines[0], as: UTF8.self) == Self.magic,
            let instance = Self.value(of: "instance", in: lines[1]),
            let number = UInt128(base64URL: instance),
            let epoch = Self.value(of: "epoch", in: lines[2]),
            let count = UInt64(String(decoding: epoch, as: UTF8.self)),
            let word = Self.value(of: "state", in: lines[3]),
            let state = Self.state(word)
        else { return nil }
        self.init(instance: number, epoch: count, state: state)
    }

    private static func state(_ word: ArraySlice<UInt8>) -> State? {
        switch String(decoding: word, as: UTF8.self) {
        case "writes": .writes
        case "copy": .copy
        default:
            if let place = value(of: "restored", in: word), !place.isEmpty {
                .restored(place: String(decoding: place, as: UTF8.self))
            } else if let text = value(of: "fenced", in: word),
                let successor = UInt128(base64URL: text)
            {
                .fenced(successor: successor)
            } else {
                nil
            }
        }
    }

    private static func value(of name: String, in line: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        let start = Array("\(name) ".utf8)
        return line.starts(with: start) ? line.dropFirst(start.count) : nil
    }
}
