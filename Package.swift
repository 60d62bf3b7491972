// swift-tools-version: 6.2
import PackageDescription

/// Every room is compiled under the same habits; the arrows between rooms stand in ARCHITECTURE.md.
let house: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

/// Core rooms parse what strangers send: unsafe memory is spelled out wherever it is used.
let core = house + [.strictMemorySafety()]

let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let database: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let sqlite: Target.Dependency = .product(name: "GRDBSQLite", package: "GRDB.swift")
let arguments: Target.Dependency = .product(
    name: "ArgumentParser",
    package: "swift-argument-parser"
)
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore: Target.Dependency = .product(name: "HummingbirdCore", package: "hummingbird")
let http2: Target.Dependency = .product(name: "HummingbirdHTTP2", package: "hummingbird")
let tls: Target.Dependency = .product(name: "HummingbirdTLS", package: "hummingbird")
let hummingbirdTesting: Target.Dependency = .product(
    name: "HummingbirdTesting",
    package: "hummingbird"
)
let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
let nio: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let nioSSL: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")
let httpClient: Target.Dependency = .product(name: "AsyncHTTPClient", package: "async-http-client")
let configuration: Target.Dependency = .product(
    name: "Configuration",
    package: "swift-configuration"
)
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let lifecycle: Target.Dependency = .product(
    name: "ServiceLifecycle",
    package: "swift-service-lifecycle"
)

let package = Package(
    name: "kontor",
    products: [
        .library(name: "Signing", targets: ["Signing"]),
        .library(name: "VerifiableLog", targets: ["VerifiableLog"]),
        .library(name: "Settlement", targets: ["Settlement"]),
        .library(name: "Ledger", targets: ["Ledger"]),
        .library(name: "Formats", targets: ["Formats"]),
        .library(name: "KontorAPI", targets: ["KontorAPI"]),
        .library(name: "KontorClient", targets: ["KontorClient", "KontorAPI"]),
        .executable(name: "kontor", targets: ["KontorCLI"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(
            url: "https://github.com/apple/swift-configuration",
            from: "1.4.0",
            traits: ["JSON", "CommandLineArguments"]
        ),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        .target(name: "Money", swiftSettings: core),
        .target(name: "Signing", dependencies: [crypto], swiftSettings: core),
        .target(name: "VerifiableLog", dependencies: ["Signing"], swiftSettings: core),
        .target(name: "Settlement", dependencies: ["Money"], swiftSettings: core),
        .target(
            name: "Ledger",
            dependencies: ["Settlement", "Signing", "Money"],
            swiftSettings: core
        ),
        .systemLibrary(name: "CZlib"),
        .target(
            name: "Formats",
            dependencies: ["CZlib", "Settlement", "Signing", "Money"],
            swiftSettings: core
        ),
        .target(
            name: "KontorStorage",
            dependencies: [database, sqlite, "Signing"],
            swiftSettings: house
        ),
        .target(
            name: "KontorEngine",
            dependencies: ["Ledger", "VerifiableLog", "KontorStorage", "Signing", "Money"],
            swiftSettings: house
        ),
        .target(
            name: "KontorAudit",
            dependencies: [
                "KontorClient", "KontorStorage", "Ledger", "Formats", "Settlement",
                "VerifiableLog", "Signing", "Money",
            ],
            swiftSettings: house
        ),
        .target(
            name: "KontorAPI",
            dependencies: ["VerifiableLog", "Signing"],
            swiftSettings: house
        ),
        .target(
            name: "KontorServer",
            dependencies: [
                "KontorEngine", "KontorAPI", "KontorAudit", "KontorStorage", "Ledger", "Formats",
                "VerifiableLog", "Settlement", "Signing", "Money", configuration, httpClient,
                hummingbird, hummingbirdCore, http2, tls, httpTypes, nio, nioHTTP1, nioPosix,
                nioSSL,
                logging, lifecycle,
            ],
            swiftSettings: house
        ),
        .target(
            name: "KontorClient",
            dependencies: [
                "KontorAPI", "VerifiableLog", "Signing", httpClient, nio, nioSSL, nioHTTP1,
            ],
            swiftSettings: house
        ),
        .executableTarget(
            name: "KontorCLI",
            dependencies: [
                "KontorServer", "KontorClient", "KontorAPI", "KontorEngine", "KontorAudit",
                "KontorStorage", "Ledger", "Formats", "Settlement", "VerifiableLog", "Signing",
                "Money", arguments, configuration, logging, lifecycle,
            ],
            swiftSettings: house
        ),
        .executableTarget(
            name: "Benchmarks",
            dependencies: [
                "KontorServer", "KontorAPI", "KontorEngine", "KontorAudit", "KontorStorage",
                "Ledger", "Formats", "Settlement", "VerifiableLog", "Signing", "Money",
                nio, nioPosix, hummingbird, logging, lifecycle,
            ],
            swiftSettings: house
        ),
        .target(
            name: "TestSupport",
            dependencies: ["KontorStorage", "Ledger", "VerifiableLog", "Signing", "Money"],
            path: "Tests/TestSupport",
            swiftSettings: house
        ),
        .testTarget(name: "MoneyTests", dependencies: ["Money"], swiftSettings: house),
        .testTarget(
            name: "SigningTests",
            dependencies: ["Signing", "TestSupport"],
            swiftSettings: house
        ),
        .testTarget(
            name: "VerifiableLogTests",
            dependencies: ["VerifiableLog", "Signing", "TestSupport"],
            swiftSettings: house
        ),
        .testTarget(
            name: "SettlementTests",
            dependencies: ["Settlement", "Money", "TestSupport"],
            swiftSettings: house
        ),
        .testTarget(
            name: "FormatsTests",
            dependencies: ["Formats", "Settlement", "Signing", "Money", "TestSupport"],
            swiftSettings: house
        ),
        .testTarget(
            name: "LedgerTests",
            dependencies: ["Ledger", "Settlement", "Signing", "Money", "TestSupport"],
            swiftSettings: house
        ),
        .testTarget(
            name: "KontorStorageTests",
            dependencies: ["KontorStorage", "Signing", "TestSupport", database],
            swiftSettings: house
        ),
        .testTarget(
            name: "KontorEngineTests",
            dependencies: [
                "KontorEngine", "KontorAudit", "KontorStorage", "Ledger", "VerifiableLog",
                "Signing", "Money", "TestSupport",
            ],
            swiftSettings: house
        ),
        .testTarget(
            name: "KontorAuditTests",
            dependencies: [
                "KontorAudit", "KontorEngine", "KontorStorage", "Ledger", "Formats", "Settlement",
                "VerifiableLog", "Signing", "Money", "TestSupport",
            ],
            swiftSettings: house
        ),
        .testTarget(
            name: "KontorAPITests",
            dependencies: ["KontorAPI", "VerifiableLog", "Signing", "TestSupport"],
            swiftSettings: house
        ),
        .testTarget(
            name: "KontorServerTests",
            dependencies: [
                "KontorServer", "KontorClient", "KontorAPI", "KontorEngine", "KontorAudit",
                "KontorStorage", "Ledger", "VerifiableLog", "Signing", "Money", "TestSupport",
                configuration, hummingbirdTesting, hummingbird, tls, httpTypes, nio, nioPosix,
                nioSSL, logging, lifecycle,
            ],
            swiftSettings: house
        ),
        .testTarget(
            name: "KontorClientTests",
            dependencies: [
                "KontorClient", "KontorServer", "KontorAPI", "KontorEngine", "KontorAudit",
                "KontorStorage", "Ledger", "VerifiableLog", "Signing", "Money", "TestSupport",
                hummingbirdTesting, hummingbird, httpTypes, nio, nioHTTP1, nioPosix, logging,
                lifecycle,
            ],
            swiftSettings: house
        ),
        .testTarget(
            name: "KontorCLITests",
            dependencies: [
                "KontorCLI", "KontorEngine", "KontorAudit", arguments, "KontorStorage", "Ledger",
                "Settlement", "Formats", "VerifiableLog", "Signing", "Money", "TestSupport",
            ],
            swiftSettings: house
        ),
        .testTarget(name: "TidyTests", swiftSettings: house),
    ],
    swiftLanguageModes: [.v6]
)
