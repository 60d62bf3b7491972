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
let arguments: Target.Dependency = .product(
    name: "ArgumentParser",
    package: "swift-argument-parser"
)

let package = Package(
    name: "kontor",
    products: [
        .library(name: "Signing", targets: ["Signing"]),
        .library(name: "VerifiableLog", targets: ["VerifiableLog"]),
        .library(name: "Ledger", targets: ["Ledger"]),
        .executable(name: "kontor", targets: ["KontorCLI"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
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
        .target(
            name: "KontorStorage",
            dependencies: [database, "Signing"],
            swiftSettings: house
        ),
        .target(
            name: "KontorEngine",
            dependencies: ["Ledger", "VerifiableLog", "KontorStorage", "Signing", "Money"],
            swiftSettings: house
        ),
        .target(
            name: "KontorAudit",
            dependencies: ["KontorStorage", "Ledger", "VerifiableLog", "Signing", "Money"],
            swiftSettings: house
        ),
        .executableTarget(
            name: "KontorCLI",
            dependencies: [
                "KontorEngine", "KontorAudit", "KontorStorage", "Ledger", "Settlement",
                "VerifiableLog", "Signing", "Money", arguments,
            ],
            swiftSettings: house
        ),
        .executableTarget(
            name: "Benchmarks",
            dependencies: [
                "KontorEngine", "KontorAudit", "KontorStorage", "Ledger", "VerifiableLog",
                "Signing", "Money",
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
            dependencies: ["Settlement", "Money"],
            swiftSettings: house
        ),
        .testTarget(
            name: "LedgerTests",
            dependencies: ["Ledger", "Signing", "Money", "TestSupport"],
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
                "KontorAudit", "KontorEngine", "KontorStorage", "Ledger", "VerifiableLog",
                "Signing", "Money", "TestSupport",
            ],
            swiftSettings: house
        ),
        .testTarget(
            name: "KontorCLITests",
            dependencies: [
                "KontorCLI", "KontorStorage", "Ledger", "VerifiableLog", "Signing", "TestSupport",
            ],
            swiftSettings: house
        ),
        .testTarget(name: "TidyTests", swiftSettings: house),
    ],
    swiftLanguageModes: [.v6]
)
