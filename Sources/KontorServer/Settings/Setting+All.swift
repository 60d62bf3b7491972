internal import Logging

extension Setting {
    /// Every key, in the order in which it is documented and printed.
    public static let all: [Setting] = general + limits

    /// The key of a name, or nil.
    public static func named(_ key: String) -> Setting? {
        all.first { $0.key.utf8.elementsEqual(key.utf8) }
    }

    private static let general: [Setting] = [
        Setting("data", .optionalText(\.data)),
        Setting("logKey", .optionalText(\.logKey)),
        Setting("address", .text(\.address)),
        Setting("port", .integer(\.port, 0...65_535)),
        Setting("admin.address", .text(\.adminAddress)),
        Setting("admin.port", .integer(\.adminPort, 0...65_535)),
        Setting("tls.certificate", .optionalText(\.tlsCertificate)),
        Setting("tls.key", .optionalText(\.tlsKey)),
        Setting("insecureAddress", .flag(\.insecureAddress)),
        Setting(
            "entryBundles",
            .choice(
                ServerSettings.EntryBundles.allCases.map(\.rawValue),
                get: { $0.entryBundles.rawValue },
                set: { settings, text in
                    ServerSettings.EntryBundles(rawValue: text).map { settings.entryBundles = $0 }
                }
            )
        ),
        Setting("publishTiles", .optionalText(\.publishTiles)),
        Setting("publishTilesSeconds", .integer(\.publishTilesSeconds, 1...86_400)),
        Setting("acceptTime", .flag(\.acceptTime)),
        Setting(
            "logLevel",
            .choice(
                Logger.Level.allCases.map(\.rawValue),
                get: { $0.logLevel.rawValue },
                set: { settings, text in
                    Logger.Level(rawValue: text).map { settings.logLevel = $0 }
                }
            )
        ),
        Setting("clockSkewSeconds", .integer(\.clockSkewSeconds, 0...300)),
        Setting("webhookLoopback", .flag(\.webhookLoopback)),
    ]

    private static let limits: [Setting] = [
        limit("bodyBytes", \.limits.bodyBytes, 1_024...1 << 30),
        limit("lineBytes", \.limits.lineBytes, 1_024...65_535),
        limit("streamBytes", \.limits.streamBytes, 1_024...1 << 40),
        limit("streamAhead", \.limits.streamAhead, 1...65_536),
        limit("connections", \.limits.connections, 1...1_000_000),
        limit("connectionsPerAddress", \.limits.connectionsPerAddress, 1...1_000_000),
        limit("eventStreamsPerPartner", \.limits.eventStreamsPerPartner, 1...1_000_000),
        limit("requestsPerSecondPerAddress", \.limits.requestsPerSecondPerAddress, 1...10_000_000),
        limit("requestsPerSecondPerPartner", \.limits.requestsPerSecondPerPartner, 1...10_000_000),
        limit(
            "submissionsPerSecondPerPartner",
            \.limits.submissionsPerSecondPerPartner,
            1...10_000_000
        ),
        limit("queueLength", \.limits.queueLength, 1...1_000_000),
        limit("headerBytes", \.limits.headerBytes, 1_024...1 << 20),
        limit("headerFields", \.limits.headerFields, 8...10_000),
        limit("headerSeconds", \.limits.headerSeconds, 1...300),
        limit("idleSeconds", \.limits.idleSeconds, 1...3_600),
        limit("pageItems", \.limits.pageItems, 1...100_000),
        limit("shutdownSeconds", \.limits.shutdownSeconds, 1...3_600),
    ]

    private static func limit(
        _ name: String,
        _ path: any WritableKeyPath<ServerSettings, Int> & Sendable,
        _ range: ClosedRange<Int>
    ) -> Setting {
        Setting("limits.\(name)", .integer(path, range))
    }
}
