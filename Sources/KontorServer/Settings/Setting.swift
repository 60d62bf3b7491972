internal import Logging

/// One key of the configuration: its name, what it takes, and which value of the settings it is.
public struct Setting: Sendable {
    /// What a value is, and where it goes.
    enum Place: Sendable {
        case text(any WritableKeyPath<ServerSettings, String> & Sendable)
        case optionalText(any WritableKeyPath<ServerSettings, String?> & Sendable)
        case integer(any WritableKeyPath<ServerSettings, Int> & Sendable, ClosedRange<Int>)
        case flag(any WritableKeyPath<ServerSettings, Bool> & Sendable)
        case choice(
            [String],
            get: @Sendable (ServerSettings) -> String,
            set: @Sendable (inout ServerSettings, String) -> Void
        )
    }

    /// A value as a source has it.
    enum Value: Sendable, Hashable {
        case text(String)
        case integer(Int)
        case flag(Bool)
    }

    /// The key: names with dots between them.
    public let key: String
    let place: Place

    init(_ key: String, _ place: Place) {
        self.key = key
        self.place = place
    }

    /// The environment variable of the key: `limits.bodyBytes` is `KONTOR_LIMITS_BODY_BYTES`.
    public var variable: String {
        var text = "KONTOR_"
        var previous: Character = "_"
        for character in key {
            if character.isUppercase, previous.isLowercase { text.append("_") }
            text.append(character == "." ? "_" : Character(character.uppercased()))
            previous = character
        }
        return text
    }

    /// What the key takes, in words.
    public var takes: String {
        switch place {
        case .text, .optionalText: "a text"
        case .integer(_, let range):
            "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .flag: "true or false"
        case .choice(let names, _, _): "one of \(names.joined(separator: ", "))"
        }
    }

    /// Puts a value into the settings; throws when it is of another type or out of range.
    func set(
        _ value: Value,
        of settings: inout ServerSettings,
        from source: String
    ) throws(SettingsError) {
        switch (place, value) {
        case (.text(let path), .text(let text)) where !text.isEmpty:
            settings[keyPath: path] = text
        case (.optionalText(let path), .text(let text)) where !text.isEmpty:
            settings[keyPath: path] = text
        case (.integer(let path, let range), .integer(let number)) where range.contains(number):
            settings[keyPath: path] = number
        case (.flag(let path), .flag(let flag)):
            settings[keyPath: path] = flag
        case (.choice(let names, _, let set), .text(let text)) where names.contains(text):
            set(&settings, text)
        default:
            throw mismatch(from: source)
        }
    }

    func mismatch(from source: String) -> SettingsError {
        SettingsError(key, from: source, "it takes \(takes); correct it or leave it out")
    }

    /// The value that settings have, or nil.
    func value(of settings: ServerSettings) -> Value? {
        switch place {
        case .text(let path): .text(settings[keyPath: path])
        case .optionalText(let path): settings[keyPath: path].map { .text($0) }
        case .integer(let path, _): .integer(settings[keyPath: path])
        case .flag(let path): .flag(settings[keyPath: path])
        case .choice(_, let get, _): .text(get(settings))
        }
    }
}
