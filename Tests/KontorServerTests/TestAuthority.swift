import Foundation
import NIOSSL

/// An authority for certificates that lives as long as a test, made by the openssl command.
final class TestAuthority {
    private let directory: String

    /// A new authority, whose certificate nobody else trusts.
    init() throws {
        directory =
            FileManager.default.temporaryDirectory
            .appending(path: "authority-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(
            atPath: directory,
            withIntermediateDirectories: true
        )
        try openssl(
            "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 "
                + "-subj /CN=authority -keyout authority.key -out authority.pem"
        )
    }

    deinit { try? FileManager.default.removeItem(atPath: directory) }

    /// How a client trusts this authority alone.
    var trust: TLSConfiguration {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.trustRoots = .file(directory + "/authority.pem")
        return configuration
    }

    /// How a server proves that it has a name.
    func server(named name: String) throws -> TLSConfiguration {
        try "subjectAltName=DNS:\(name)\n".write(
            toFile: directory + "/names",
            atomically: true,
            encoding: .utf8
        )
        try openssl(
            "req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=server "
                + "-keyout \(name).key -out request"
        )
        try openssl(
            "x509 -req -in request -CA authority.pem -CAkey authority.key -CAcreateserial "
                + "-days 2 -extfile names -out \(name).pem"
        )
        let chain = try NIOSSLCertificate.fromPEMFile("\(directory)/\(name).pem")
        return TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) },
            privateKey: .privateKey(
                try NIOSSLPrivateKey(file: "\(directory)/\(name).key", format: .pem)
            )
        )
    }

    private func openssl(_ words: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["openssl"] + words.split(separator: " ").map(String.init)
        process.currentDirectoryURL = URL(fileURLWithPath: directory)
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw HookedLedger.Unexpected(text: "openssl \(words)")
        }
    }
}
