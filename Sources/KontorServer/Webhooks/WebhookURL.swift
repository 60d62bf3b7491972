internal import KontorAPI
internal import NIOCore

/// Where deliveries go: an address in a form that every parser reads alike.
///
/// It is a part of the grammar of RFC 3986 that leaves no room for two readings: `https://`, a name
/// of letters, digits and hyphens or an IP address, a port, a path and a query. There is no user
/// information and no fragment. What is requested is written anew from the parts.
struct WebhookURL: Hashable, Sendable {
    /// The greatest length, in bytes.
    static let byteLimit = 512

    /// The text as it was given.
    let text: String
    /// Whether it is `https`.
    let isSecure: Bool
    /// The name in lower case, or the address without brackets.
    let host: String
    /// The port.
    let port: Int
    /// Path and query, from the slash on.
    let target: String

    /// Reads an address; `http` is read only if it leads to this machine, and that is allowed.
    ///
    /// Throws the reason at `url`.
    init(parsing text: String, allowsLoopback: Bool) throws(APIError) {
        guard (1...Self.byteLimit).contains(text.utf8.count) else {
            throw Self.fault("it has 1 to \(Self.byteLimit) bytes")
        }
        let isSecure = text.hasPrefix("https://")
        guard isSecure || allowsLoopback && text.hasPrefix("http://") else {
            throw Self.fault("it begins with https://")
        }
        let rest = text.dropFirst(isSecure ? 8 : 7)
        let end = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
        let (host, port) = try Self.authority(rest[..<end])
        let target = String(rest[end...])
        guard Self.isTarget(Array(target.utf8)) else {
            throw Self.fault("path and query hold what RFC 3986 allows, and there is no fragment")
        }
        self.text = text
        self.isSecure = isSecure
        self.host = host
        self.port = port ?? (isSecure ? 443 : 80)
        self.target = target.hasPrefix("/") ? target : "/\(target)"
        if let address = try? SocketAddress(ipAddress: host, port: 0) {
            let rule = AddressRule(allowsLoopback: allowsLoopback, needsLoopback: !isSecure)
            guard rule.allows(address) else { throw Self.fault("this address is not a public one") }
        } else if !isSecure, host != "localhost" {
            throw Self.fault("it begins with https://, unless it leads to this machine")
        }
    }

    /// The text of a request, made of the parts.
    var requestText: String {
        let place = host.contains(":") ? "[\(host)]" : host
        return "\(isSecure ? "https" : "http")://\(place):\(port)\(target)"
    }

    private static func authority(_ text: Substring) throws(APIError) -> (String, Int?) {
        if text.first == "[" {
            guard let end = text.firstIndex(of: "]"), case let host = text[..<end].dropFirst(),
                host.utf8.allSatisfy({ isHexDigit($0) || $0 == 0x3a || $0 == 0x2e }),
                case .v6? = try? SocketAddress(ipAddress: String(host), port: 0)
            else { throw fault("an IPv6 address stands in brackets") }
            return (host.lowercased(), try port(text[text.index(after: end)...]))
        }
        let end = text.firstIndex(of: ":") ?? text.endIndex
        let host = text[..<end].lowercased()
        try checkName(host)
        return (host, try port(text[end...]))
    }

    private static func port(_ text: Substring) throws(APIError) -> Int? {
        guard !text.isEmpty else { return nil }
        let digits = text.dropFirst()
        guard text.first == ":", digits.first != "0", digits.utf8.count <= 5,
            digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = Int(digits),
            (1...65_535).contains(port)
        else { throw fault("a port is 1 to 65535") }
        return port
    }

    /// Requires a name of the domain system, or four numbers of IPv4.
    private static func checkName(_ host: String) throws(APIError) {
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        let isName =
            host.utf8.count <= 253
            && labels.allSatisfy { label in
                (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
                    && label.utf8.allSatisfy(isNameByte)
            }
        guard isName else {
            throw fault("a host is a name of letters, digits and hyphens, without user or password")
        }
        // Resolvers read `127.1` and `0x7f000001` as addresses: such a thing is written in full.
        guard let last = labels.last, let first = last.utf8.first, (0x30...0x39).contains(first)
        else { return }
        guard labels.count == 4,
            labels.allSatisfy({ UInt8($0) != nil && "\(UInt8($0) ?? 0)" == $0 })
        else { throw fault("an IPv4 address is four numbers from 0 to 255") }
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        (0x61...0x7a).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2d
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte) || (0x41...0x46).contains(byte)
    }

    /// Whether bytes are those of a path and a query (RFC 3986 §3.3, §3.4).
    private static func isTarget(_ bytes: [UInt8]) -> Bool {
        for (place, byte) in bytes.enumerated() {
            switch byte {
            case 0x25:
                guard place + 2 < bytes.count, isHexDigit(bytes[place + 1]),
                    isHexDigit(bytes[place + 2])
                else { return false }
            case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: continue
            default: guard Array("-._~!$&'()*+,;=:@/?".utf8).contains(byte) else { return false }
            }
        }
        return true
    }

    private static func fault(_ reason: String) -> APIError { APIError(at: "url", reason) }
}
