/// Which room may lean on which: the table of ARCHITECTURE.md, as the tests read it.
enum Arrows {
    /// Rooms without clock, I/O, randomness, floats and Foundation.
    static let core: Set<String> = [
        "Money", "Signing", "VerifiableLog", "Settlement", "Ledger", "Formats",
    ]

    /// Every target of Package.swift with the targets and products that it may depend on.
    static let allowed: [String: Set<String>] = [
        "Money": [],
        "Signing": ["Crypto"],
        "VerifiableLog": ["Signing"],
        "Settlement": ["Money"],
        "Ledger": ["Settlement", "Signing", "Money"],
        "Formats": ["CZlib", "Settlement", "Signing", "Money"],
        "KontorStorage": ["Signing", "GRDB", "GRDBSQLite"],
        "KontorEngine": [
            "Ledger", "VerifiableLog", "KontorStorage", "Settlement", "Signing", "Money",
        ],
        "KontorAudit": [
            "KontorClient", "Ledger", "Formats", "VerifiableLog", "KontorStorage", "Settlement",
            "Signing", "Money",
        ],
        "KontorAPI": ["VerifiableLog", "Signing"],
        "KontorServer": [
            "KontorEngine", "KontorAPI", "KontorAudit", "KontorStorage", "Ledger", "Formats",
            "VerifiableLog", "Settlement", "Signing", "Money", "Configuration", "AsyncHTTPClient",
            "Hummingbird",
            "HummingbirdCore", "HummingbirdHTTP2", "HummingbirdTLS", "HTTPTypes", "NIOCore",
            "NIOHTTP1", "NIOPosix", "NIOSSL", "Logging", "ServiceLifecycle",
        ],
        "KontorClient": [
            "KontorAPI", "VerifiableLog", "Signing", "AsyncHTTPClient", "NIOCore", "NIOSSL",
            "NIOHTTP1",
        ],
        "KontorCLI": [
            "KontorServer", "KontorClient", "KontorAPI", "KontorEngine", "KontorAudit",
            "KontorStorage", "Ledger", "Formats", "Settlement", "VerifiableLog", "Signing", "Money",
            "ArgumentParser", "Configuration", "Logging", "ServiceLifecycle",
        ],
        "Benchmarks": [
            "KontorServer", "KontorClient", "KontorAPI", "KontorEngine", "KontorAudit",
            "KontorStorage", "Ledger", "Formats", "Settlement", "VerifiableLog", "Signing", "Money",
            "Crypto", "ArgumentParser", "NIOCore", "NIOPosix", "Hummingbird", "Logging",
            "ServiceLifecycle",
        ],
    ]

    /// What a shell or edge room may import besides; core rooms may import none of it.
    static let system: Set<String> = [
        "Foundation", "FoundationEssentials", "Synchronization", "Dispatch", "Glibc", "Musl",
        "Darwin",
    ]

    /// The faults of one arrow, if any.
    static func fault(from room: String, to target: String) -> String? {
        guard let targets = allowed[room] else {
            return "room \(room) has no row in Arrows.allowed; add it there and in ARCHITECTURE.md"
        }
        if targets.contains(target) { return nil }
        if !core.contains(room), system.contains(target) { return nil }
        return "\(room) may not lean on \(target); arrows point only downwards (ARCHITECTURE.md)"
    }
}
