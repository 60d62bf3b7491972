extension Rule {
    /// Rules about who leans on whom.
    static let imports: [Rule] = [
        swift(
            "imports follow the arrows between the rooms",
            canary: ("Sources/Money/Rate.swift", "internal import Foundation")
        ) { file in
            guard file.isInSources, let room = file.room else { return [] }
            return Import.all(in: file).compactMap { item in
                Arrows.fault(from: room, to: item.module).map {
                    Finding(path: file.path, line: item.line, message: $0)
                }
            }
        },
        swift(
            "targets follow the arrows between the rooms",
            canary: (
                "Package.swift",
                """
                let database: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
                targets: [.target(name: "Ledger", dependencies: [database, "Money"])]
                """
            )
        ) { file in
            guard file.path == "Package.swift" else { return [] }
            let text = file.lines.joined(separator: "\n")
            return Manifest.targets(of: text).flatMap { target in
                target.dependencies.compactMap { dependency in
                    Arrows.fault(from: target.name, to: dependency).map {
                        Finding(path: file.path, line: target.line, message: $0)
                    }
                }
            }
        },
    ]
}
