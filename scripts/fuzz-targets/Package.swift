// swift-tools-version: 6.2
import PackageDescription

/// One binary with every fuzz target; `scripts/fuzz` builds it with libFuzzer, which brings `main`.
let package = Package(
    name: "kontor-fuzz",
    dependencies: [.package(name: "kontor", path: "../..")],
    targets: [
        .executableTarget(
            name: "Fuzz",
            dependencies: [
                .product(name: "Signing", package: "kontor"),
                .product(name: "VerifiableLog", package: "kontor"),
                .product(name: "Settlement", package: "kontor"),
                .product(name: "Ledger", package: "kontor"),
                .product(name: "Formats", package: "kontor"),
                .product(name: "KontorAPI", package: "kontor"),
            ],
            swiftSettings: [
                .enableUpcomingFeature("ExistentialAny"),
                .enableUpcomingFeature("InternalImportsByDefault"),
                .unsafeFlags(["-parse-as-library"]),
            ]
        )
    ],
    swiftLanguageModes: [.v6]
)
