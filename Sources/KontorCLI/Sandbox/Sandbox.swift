internal import Foundation
internal import Signing

/// A ledger to try things on: two partners with an agreement in each direction, everybody's keys,
/// and `sandbox.json`, which names all of it.
struct Sandbox: Sendable {
    /// Its directory.
    let directory: String
    /// What `sandbox.json` says, without the addresses.
    let facts: JSONValue

    /// The data directory of a sandbox.
    static func dataDirectory(of directory: String) -> String { "\(directory)/ledger" }

    private static func file(of directory: String) -> String { "\(directory)/sandbox.json" }

    /// The sandbox in a directory, which is made if it is new.
    static func open(_ directory: String) throws -> Sandbox {
        let manager = FileManager.default
        if let bytes = manager.contents(atPath: file(of: directory)) {
            guard let facts = try? JSONValue(parsing: Array(bytes)), facts["ledger"] != nil else {
                throw CommandError(
                    "\(file(of: directory)): not a file of a sandbox; remove \(directory)"
                )
            }
            return Sandbox(directory: directory, facts: facts)
        }
        let contents = try? manager.contentsOfDirectory(atPath: directory)
        guard contents ?? [] == [] else {
            throw CommandError(
                "\(directory): it holds something that is no finished sandbox; remove it, or choose another directory"
            )
        }
        let facts = try SandboxFounding(directory: directory).run()
        let sandbox = Sandbox(directory: directory, facts: facts)
        try sandbox.save(facts)
        return sandbox
    }

    /// Writes the file with the addresses at which the ledger is served now.
    func write(url: String, admin: String) throws {
        guard case .object(let members) = facts else { return }
        let kept = members.filter { $0.name != "url" && $0.name != "admin" }
        let places = [
            JSONMember(name: "url", value: .string(url)),
            JSONMember(name: "admin", value: .string(admin)),
        ]
        try save(.object(places + kept))
    }

    private func save(_ facts: JSONValue) throws {
        try Data(facts.text + [0x0a]).write(
            to: URL(fileURLWithPath: Self.file(of: directory)),
            options: .atomic
        )
    }
}
