internal import Configuration
internal import Foundation
internal import Signing

/// Reads the settings of a server from the command line, the environment and a file, in this order
/// of precedence.
///
/// The file is one strict JSON object; members of objects in it are names with dots between them:
/// `{"limits": {"bodyBytes": 65536}}`. A key that nobody knows, a value of another type and one out
/// of range are errors, wherever they stand; but variables `KONTOR_…` that no key has are only
/// reported, since other programs may use them.
public struct SettingsReader: Sendable {
    private let commandLine: [(key: String, text: String)]
    private let environment: [String: String]
    private let file: String?

    /// A reader of command-line values by key, of the environment, and of a file if one is named.
    public init(
        commandLine: [(key: String, text: String)] = [],
        environment: [String: String] = [:],
        file: String? = nil
    ) {
        self.commandLine = commandLine
        self.environment = environment
        self.file = file ?? environment[Self.fileVariable]
    }

    /// The variable that names the file where the command line does not.
    public static let fileVariable = "KONTOR_CONFIG"
    /// The greatest size of the file, in bytes.
    static let fileByteLimit = 1 << 20

    /// A place that values come from, and how a key is called there.
    private struct Source {
        let provider: any ConfigProvider
        let name: @Sendable (Setting) -> SettingOrigin
    }

    /// Reads all keys; each value comes from the first source that has it.
    public func read() throws(SettingsError) -> EffectiveSettings {
        let sources = try [commandLineSource(), environmentSource, fileSource()].compactMap { $0 }
        var effective = EffectiveSettings()
        for setting in Setting.all {
            var origin = SettingOrigin.standard
            for source in sources {
                let name = source.name(setting)
                guard let value = try Self.value(of: setting, in: source.provider, name) else {
                    continue
                }
                try setting.set(value, of: &effective.settings, from: name.text)
                origin = name
                break
            }
            effective.origins.append((setting, origin))
        }
        let known = Set(Setting.all.map(\.variable) + [Self.fileVariable])
        effective.unknownVariables = environment.keys.filter {
            $0.hasPrefix("KONTOR_") && !known.contains($0)
        }.sorted()
        return effective
    }

    private static func value(
        of setting: Setting,
        in provider: any ConfigProvider,
        _ origin: SettingOrigin
    ) throws(SettingsError) -> Setting.Value? {
        let type: ConfigType =
            switch setting.place {
            case .text, .optionalText, .choice: .string
            case .integer: .int
            case .flag: .bool
            }
        let found: LookupResult
        do {
            found = try provider.value(
                forKey: AbsoluteConfigKey(ConfigKey(setting.key)),
                type: type
            )
        } catch {
            throw setting.mismatch(from: origin.text)
        }
        return switch found.value?.content {
        case .string(let text)?: .text(text)
        case .int(let number)?: .integer(number)
        case .bool(let flag)?: .flag(flag)
        case nil: nil
        default: throw setting.mismatch(from: origin.text)
        }
    }

    private func commandLineSource() throws(SettingsError) -> Source {
        var values: [AbsoluteConfigKey: ConfigValue] = [:]
        for (key, text) in commandLine {
            guard let setting = Setting.named(key) else {
                throw Self.unknown(key, from: "the command line")
            }
            var content: ConfigContent?
            switch setting.place {
            case .text, .optionalText, .choice: content = .string(text)
            case .integer: content = Int(text).map { .int($0) }
            case .flag: content = ["true": true, "false": false][text].map { .bool($0) }
            }
            guard let content else { throw setting.mismatch(from: "the command line") }
            values[AbsoluteConfigKey(ConfigKey(key))] = ConfigValue(content, isSecret: false)
        }
        let provider = InMemoryProvider(name: "command line", values: values)
        return Source(provider: provider) { _ in .commandLine }
    }

    private var environmentSource: Source {
        let provider = EnvironmentVariablesProvider(environmentVariables: environment)
        return Source(provider: provider.prefixKeys(with: "kontor")) { .environment($0.variable) }
    }

    private func fileSource() throws(SettingsError) -> Source? {
        guard let file else { return nil }
        guard let bytes = FileManager.default.contents(atPath: file) else {
            throw SettingsError(
                "config",
                from: file,
                "there is no such file, or it may not be read; check --config"
            )
        }
        guard bytes.count <= Self.fileByteLimit else {
            throw SettingsError(
                "config",
                from: file,
                "it is longer than \(Self.fileByteLimit) bytes"
            )
        }
        let value: JSONValue
        do { value = try JSONValue(parsing: Array(bytes)) } catch {
            throw SettingsError(
                "config",
                from: file,
                "not strict JSON, \(error.reason.rawValue) at byte \(error.offset); correct it"
            )
        }
        var values: [AbsoluteConfigKey: ConfigValue] = [:]
        guard case .object(let members) = value else {
            throw SettingsError("config", from: file, "it is not one JSON object; correct it")
        }
        try Self.flatten(members, below: [], file, &values)
        let provider = InMemoryProvider(name: file, values: values)
        return Source(provider: provider) { _ in .file(file) }
    }

    private static func flatten(
        _ members: [JSONMember],
        below path: [String],
        _ file: String,
        _ values: inout [AbsoluteConfigKey: ConfigValue]
    ) throws(SettingsError) {
        for member in members {
            let path = path + [member.name]
            let key = path.joined(separator: ".")
            if case .object(let inner) = member.value, Setting.named(key) == nil {
                try flatten(inner, below: path, file, &values)
                continue
            }
            guard let setting = Setting.named(key), !member.name.contains(".") else {
                throw unknown(key, from: file)
            }
            let content: ConfigContent
            switch member.value {
            case .string(let text): content = .string(text)
            case .integer(let number): content = .int(Int(number))
            case .boolean(let flag): content = .bool(flag)
            case .null, .array, .object: throw setting.mismatch(from: file)
            }
            values[AbsoluteConfigKey(ConfigKey(path))] = ConfigValue(content, isSecret: false)
        }
    }

    private static func unknown(_ key: String, from source: String) -> SettingsError {
        SettingsError(
            key,
            from: source,
            "there is no such key; kontor serve --print-config lists all of them"
        )
    }
}
