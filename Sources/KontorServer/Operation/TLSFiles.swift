internal import Foundation
internal import NIOSSL

/// The certificate and the private key of a server, as PEM files.
struct TLSFiles {
    let certificate: String
    let key: String

    /// Reads both files and makes a configuration of TLS 1.2 or later with them.
    func load() throws(ServerError) -> TLSConfiguration {
        try requireReadable(certificate, "tls.certificate")
        try requireReadable(key, "tls.key")
        try requirePrivate(key)
        let chain: [NIOSSLCertificate]
        do { chain = try NIOSSLCertificate.fromPEMFile(certificate) } catch {
            throw ServerError(
                .tls,
                "\(certificate): not PEM certificates; name the full chain",
                error
            )
        }
        guard !chain.isEmpty else {
            throw ServerError(.tls, "\(certificate): it holds no certificate; name the full chain")
        }
        let privateKey: NIOSSLPrivateKey
        do { privateKey = try NIOSSLPrivateKey(file: key, format: .pem) } catch {
            throw ServerError(.tls, "\(key): not a PEM private key without a passphrase", error)
        }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) },
            privateKey: .privateKey(privateKey)
        )
        configuration.minimumTLSVersion = .tlsv12
        do { _ = try NIOSSLContext(configuration: configuration) } catch {
            throw ServerError(.tls, "\(key): not the key of the certificate \(certificate)", error)
        }
        return configuration
    }

    private func requireReadable(_ path: String, _ name: String) throws(ServerError) {
        guard FileManager.default.isReadableFile(atPath: path) else {
            throw ServerError(
                .tls,
                "\(path): there is no such file, or it may not be read; check \(name)"
            )
        }
    }

    /// A private key that everybody may read is none.
    private func requirePrivate(_ path: String) throws(ServerError) {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        guard let mode = attributes?[.posixPermissions] as? Int, mode & 0o007 != 0 else { return }
        throw ServerError(.tls, "\(path): everybody may read this key; run: chmod o= \(path)")
    }
}
