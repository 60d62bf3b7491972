import KontorAPI
import NIOCore
import Testing

@testable import KontorServer

/// Where deliveries may go: texts, and addresses.
struct WebhookURLTests {
    /// A text, and what is requested for it.
    @Test(arguments: [
        ("https://hooks.example.com/kontor", "https://hooks.example.com:443/kontor"),
        ("https://Hooks.Example.COM:8443/a?b=c", "https://hooks.example.com:8443/a?b=c"),
        ("https://hooks.example.com", "https://hooks.example.com:443/"),
        ("https://hooks.example.com?a=1", "https://hooks.example.com:443/?a=1"),
        ("https://xn--bcher-kva.example/%C3%A9", "https://xn--bcher-kva.example:443/%C3%A9"),
        ("https://1.1.1.1/a", "https://1.1.1.1:443/a"),
        ("https://[2606:4700::1111]:444/a", "https://[2606:4700::1111]:444/a"),
    ])
    func readsWhatLeadsOutside(text: String, request: String) throws {
        let url = try WebhookURL(parsing: text, allowsLoopback: false)
        #expect(url.text == text)
        #expect(url.requestText == request)
    }

    @Test(arguments: [
        "", "hooks", "http://hooks.example.com/", "ftp://hooks.example.com/",
        "HTTPS://hooks.example.com/", "https://", "https:///a", "https://user@hooks.example.com/",
        "https://user:word@hooks.example.com/", "https://hooks.example.com/#part",
        "https://hooks.example.com:0/", "https://hooks.example.com:65536/",
        "https://hooks.example.com:/", "https://hooks.example.com:080/",
        "https://hooks.example.com:+80/", "https://hooks..example/", "https://-hooks.example/",
        "https://hooks.example.com./", "https://hooks_a.example/", "https://hooks.ex%61mple/",
        "https://hooks.example\\@10.0.0.1/", "https://b\u{fc}cher.example/",
        "https://hooks.example.com/ a", "https://hooks.example.com/\u{e9}",
        "https://hooks.example.com/%zz", "https://hooks.example.com/%4",
        "https://hooks.example.com/\r\nHost: a", "https://127.0.0.1/", "https://127.1/",
        "https://0x7f000001/", "https://2130706433/", "https://10.0.0.1/", "https://010.0.0.1/",
        "https://192.168.1.1:8080/", "https://[::1]/", "https://[fe80::1]/",
        "https://[fe80::1%25a]/",
        "https://[::ffff:10.0.0.1]/", "https://[::ffff:7f00:1]/", "https://[1.1.1.1]/",
        "https://169.254.169.254/latest",
        "https://hooks.example.com/"
            + String(repeating: "a", count: 500),
    ])
    func refusesWhatLeadsElsewhereOrIsNotPlain(text: String) {
        #expect(throws: APIError.self) {
            try WebhookURL(parsing: text, allowsLoopback: false)
        }
    }

    @Test func thisMachineIsReachedOnlyIfItIsAllowed() throws {
        let texts = [
            "http://127.0.0.1:80/", "http://localhost/", "http://[::1]:9/", "https://[::1]/",
        ]
        for text in texts {
            _ = try WebhookURL(parsing: text, allowsLoopback: true)
        }
        for text in ["http://hooks.example.com/", "http://10.0.0.1/", "http://1.1.1.1/"] {
            #expect(throws: APIError.self) { try WebhookURL(parsing: text, allowsLoopback: true) }
        }
        for text in texts.dropFirst() where text != "http://localhost/" {
            #expect(throws: APIError.self) { try WebhookURL(parsing: text, allowsLoopback: false) }
        }
    }

    /// An address, and whether deliveries go there.
    @Test(arguments: [
        ("1.1.1.1", true), ("8.8.8.8", true), ("172.15.255.255", true), ("172.32.0.0", true),
        ("100.63.255.255", true), ("100.128.0.0", true), ("223.255.255.255", true),
        ("192.0.1.1", true), ("198.17.255.255", true), ("198.20.0.0", true),
        ("0.0.0.0", false), ("0.1.2.3", false), ("10.0.0.0", false), ("10.255.255.255", false),
        ("100.64.0.0", false), ("100.127.255.255", false), ("127.0.0.1", false),
        ("127.255.255.255", false), ("169.254.169.254", false), ("172.16.0.0", false),
        ("172.31.255.255", false), ("192.0.0.8", false), ("192.0.2.1", false),
        ("192.168.0.1", false), ("198.18.0.1", false), ("198.19.255.255", false),
        ("198.51.100.1", false), ("203.0.113.1", false), ("224.0.0.1", false),
        ("239.255.255.255", false), ("240.0.0.1", false), ("255.255.255.255", false),
        ("2606:4700::1111", true), ("2a00:1450::1", true), ("::ffff:1.1.1.1", true),
        ("64:ff9b::101:101", true), ("::", false), ("::1", false), ("::2", false),
        ("::1.1.1.1", false), ("::ffff:127.0.0.1", false), ("::ffff:10.0.0.1", false),
        ("64:ff9b::a00:1", false), ("64:ff9b:1::1", false), ("100::1", false),
        ("2001::1", false), ("2001:db8::1", false), ("2002:a00:1::1", false), ("3fff::1", false),
        ("fc00::1", false), ("fd12::1", false), ("fe80::1", false), ("febf::1", false),
        ("ff02::1", false), ("4000::1", false),
    ])
    func onlyPublicAddressesAreReached(text: String, isReached: Bool) throws {
        let address = try SocketAddress(ipAddress: text, port: 443)
        let rule = AddressRule(allowsLoopback: false, needsLoopback: false)
        #expect(rule.allows(address) == isReached)
    }

    @Test func cleartextGoesToThisMachineAlone() throws {
        let rule = AddressRule(allowsLoopback: true, needsLoopback: true)
        for (text, isReached) in [
            ("127.0.0.1", true), ("127.9.9.9", true), ("::1", true), ("1.1.1.1", false),
            ("10.0.0.1", false), ("::ffff:127.0.0.1", false),
        ] {
            #expect(
                rule.allows(try SocketAddress(ipAddress: text, port: 80)) == isReached,
                "\(text)"
            )
        }
        let socket = try SocketAddress(unixDomainSocketPath: "socket")
        #expect(!rule.allows(socket))
    }
}
