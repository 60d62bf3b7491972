internal import Foundation

/// Where a server is: `https://ledger.example[:port][/prefix]`, or `http://` on a loopback host.
struct ServerAddress: Sendable, Hashable {
    /// Scheme, host, port and prefix without a slash at the end.
    let base: String

    /// Reads an address.
    ///
    /// Throws `address`.
    init(_ text: String) throws(ClientError) {
        func unusable(_ reason: String) -> ClientError {
            ClientError(.address, at: text, reason)
        }
        guard let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(),
            let host = parts.host, !host.isEmpty
        else { throw unusable("it is no URL; write it like https://ledger.example") }
        guard parts.user == nil, parts.password == nil, parts.query == nil, parts.fragment == nil
        else { throw unusable("it has a user, a query or a fragment; leave them out") }
        switch scheme {
        case "https": break
        case "http":
            guard Self.isLoopback(host) else {
                throw unusable("http is for loopback hosts only; use https")
            }
        default: throw unusable("its scheme is \(scheme); use https")
        }
        if let port = parts.port {
            guard (1...65_535).contains(port) else { throw unusable("a port is 1 to 65535") }
        }
        var base = "\(scheme)://\(host.contains(":") && !host.hasPrefix("[") ? "[\(host)]" : host)"
        if let port = parts.port { base += ":\(port)" }
        var prefix = parts.percentEncodedPath
        while prefix.last == "/" { prefix.removeLast() }
        self.base = base + prefix
    }

    /// The URL of a path with a query.
    func url(_ path: String, _ query: [(name: String, value: String)]) -> String {
        guard !query.isEmpty else { return base + path }
        let members = query.map { "\($0.name)=\(Self.escape($0.value))" }
        return "\(base)\(path)?\(members.joined(separator: "&"))"
    }

    private static func isLoopback(_ host: String) -> Bool {
        if host == "localhost" || host == "::1" || host == "[::1]" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts.first == "127" && parts.allSatisfy { UInt8($0) != nil }
    }

    /// Percent-encodes all but the unreserved characters of RFC 3986 §2.3.
    static func escape(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF")
        var escaped = ""
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2d, 0x2e, 0x5f, 0x7e:
                escaped.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                escaped += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
            }
        }
        return escaped
    }
}
