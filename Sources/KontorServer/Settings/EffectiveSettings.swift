public import Signing

/// The settings that hold, and where each came from.
public struct EffectiveSettings: Sendable {
    /// The settings.
    public var settings = ServerSettings()
    /// Each key with its origin, in the order of `Setting.all`.
    public var origins: [(setting: Setting, origin: SettingOrigin)] = []
    /// Variables `KONTOR_…` of the environment that are no key, sorted.
    public var unknownVariables: [String] = []

    /// Each key with its value and its origin; no value of the configuration is a secret, keys are
    /// named by their files.
    public var json: JSONValue {
        .object(
            origins.map { setting, origin in
                let value: JSONValue =
                    switch setting.value(of: settings) {
                    case .text(let text)?: .string(text)
                    case .integer(let number)?: .integer(Int64(number))
                    case .flag(let flag)?: .boolean(flag)
                    case nil: .null
                    }
                return JSONMember(
                    name: setting.key,
                    value: ["value": value, "from": .string(origin.text)]
                )
            }
        )
    }

    /// Requires what keys demand of each other: a data directory, both files of TLS or none, and
    /// no cleartext to the outside that was not asked for.
    public func check() throws(SettingsError) {
        guard settings.data != nil else {
            throw SettingsError("data", "not set; give --data DIR, KONTOR_DATA or a file with data")
        }
        guard (settings.tlsCertificate == nil) == (settings.tlsKey == nil) else {
            let key = settings.tlsKey == nil ? "tls.key" : "tls.certificate"
            throw SettingsError(key, "not set; TLS needs tls.certificate and tls.key")
        }
        let reason =
            "not a loopback address, and served without TLS; set tls.certificate and tls.key, or "
            + "insecureAddress if a proxy before it speaks TLS and nobody else reaches it"
        if !settings.insecureAddress {
            guard settings.hasTLS || Self.isLoopback(settings.address) else {
                throw SettingsError("address", from: origin("address"), reason)
            }
            guard Self.isLoopback(settings.adminAddress) else {
                throw SettingsError("admin.address", from: origin("admin.address"), reason)
            }
        }
        let isSame = settings.port == settings.adminPort && settings.port != 0
        guard !isSame || settings.address != settings.adminAddress else {
            throw SettingsError(
                "admin.port",
                from: origin("admin.port"),
                "the same as port; choose another one"
            )
        }
    }

    private func origin(_ key: String) -> String {
        origins.first { $0.setting.key == key }?.origin.text ?? ""
    }

    /// Whether only this machine reaches an address.
    static func isLoopback(_ address: String) -> Bool {
        if address == "localhost" || address == "::1" { return true }
        let parts = address.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}
