internal import Foundation
internal import KontorServer
internal import Signing

/// Tells what runs where: a text on a terminal, one JSON object with `--json`, nothing otherwise;
/// a sandbox is explained in any case.
struct ServeBanner {
    let settings: ServerSettings
    let sandbox: Sandbox?
    let json: Bool

    func show(_ addresses: ServerAddresses, ledger: Digest?) {
        let scheme = settings.hasTLS ? "https" : "http"
        let url = "\(scheme)://\(Self.host(settings.address)):\(addresses.port)"
        let admin = "http://\(Self.host(settings.adminAddress)):\(addresses.adminPort)"
        let data = settings.data ?? ""
        do { try sandbox?.write(url: url, admin: admin) } catch {
            Console.complain("kontor: \(Console.explain(error))")
        }
        if json {
            let value: JSONValue = [
                "url": .string(url), "admin": .string(admin), "data": .string(data),
                "ledger": ledger.map { .string($0.base64URL) } ?? .null,
                "vkey": .string("\(data)/log.vkey"),
            ]
            return Console.print(value.text)
        }
        if Console.isInteractive || sandbox != nil {
            Console.print(
                """
                ledger   \(ledger?.base64URL ?? "empty; submit a genesis, or use kontor init")
                log key  \(data)/log.vkey
                serving  \(url)
                admin    \(admin)/metrics /healthz /readyz
                stop     Ctrl-C, or kill \(ProcessInfo.processInfo.processIdentifier)
                """
            )
        }
        if let sandbox { Console.print(SandboxGuide(sandbox: sandbox, url: url).text) }
    }

    private static func host(_ address: String) -> String {
        address.contains(":") ? "[\(address)]" : address
    }
}
