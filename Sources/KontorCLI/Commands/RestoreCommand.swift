internal import ArgumentParser
internal import Foundation
internal import KontorStorage
internal import Signing
internal import VerifiableLog

/// `kontor restore`: a ledger made from a backup, and its way to the right to write.
struct RestoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Make a ledger from a backup, bring it to the tip, and let it write.",
        discussion: """
            A backup may lack entries that were acknowledged, so a restored ledger is for reading until it is known \
            to have all of them, and until no other one can write under its key.

              kontor restore --from backup-1 --data new --vkey ledger.vkey
            audits the backup and makes a ledger of it.

              kontor restore --data new --old-instance old
            ends all writing in the old directory, also by a server that runs, takes over what it has, and its log.key; \
            with --tip the old one must have that checkpoint.

              kontor restore --data new --tip checkpoint --mirror tiles
            brings it to a checkpoint of a witness, a partner or a mirror; it stays for reading.

              kontor restore --data new --new-log-key
              kontor restore --data new --tip checkpoint --enrol operators.jws
            if the old instance is lost: makes another log key, and lets the ledger write with it, once operators \
            have signed log.key.add and log.key.revoke.
            """
    )

    @Option(help: "The directory of the restored ledger.") var data: String
    @Option(help: "A backup, or another source: a mirror, a tiles directory, a bundle.")
    var from: String?
    @Option(help: "The log's verifier key, as text or in a file; log.vkey of --data if absent.")
    var vkey: String?
    @Option(help: "A file with the latest signed checkpoint of the log.") var tip: String?
    @Option(help: "Where missing entries are: tiles directory, bundle or data directory; repeat.")
    var mirror: [String] = []
    @Option(name: .customLong("old-instance"), help: "The data directory that writes now.")
    var oldInstance: String?
    @Flag(name: .customLong("new-log-key"), help: "Make another key for the log.")
    var newLogKey = false
    @Option(help: "A file of JWS lines by which operators add the new log key and revoke the old.")
    var enrol: String?
    @Flag(
        name: .customLong("accept-time"),
        help: "Accept that the last entry is more than a day old."
    )
    var acceptTime = false
    @Flag(help: "Print one JSON object.") var json = false

    func validate() throws {
        let ends = [oldInstance != nil, newLogKey, enrol != nil].count { $0 }
        guard ends <= 1 else {
            throw ValidationError("name one of --old-instance, --new-log-key and --enrol")
        }
        if from != nil {
            guard ends == 0, tip == nil, mirror.isEmpty else {
                throw ValidationError("--from goes with --data and --vkey alone; then restore on")
            }
            guard vkey != nil else {
                throw ValidationError(
                    "name the log's key by --vkey; a backup's own word for it counts nothing"
                )
            }
        } else if ends == 0, tip == nil {
            throw ValidationError("name --from, --tip, --old-instance, --new-log-key or --enrol")
        }
        guard enrol == nil || tip != nil else {
            throw ValidationError("--enrol goes with --tip: the log must be known to end there")
        }
        guard mirror.isEmpty || tip != nil else {
            throw ValidationError("--mirror goes with --tip")
        }
    }

    func run() throws {
        let key = try SourceOptions.readKey(vkey, beside: data)
        if let from { return try make(from, key) }
        let place = DataDirectory(path: data)
        if enrol != nil, try LogKeyChange.isDone(place) {
            let store = try place.openStore()
            defer { try? store.close() }
            return try show(store, "it writes, with its new log key, since before")
        }
        let directory = try RestoredDirectory(place)
        defer { try? directory.store.close() }
        let tip = try tip.map { try Tip.read($0, key: key) }
        if let tip, oldInstance == nil || !mirror.isEmpty { try reach(tip, directory, key) }
        if newLogKey { return try makeKey(directory, key) }
        if let enrol {
            let change = LogKeyChange(directory: directory)
            _ = try change.enrol(enrol, oldKey: key, acceptTime: acceptTime)
            return try show(directory.store, "it writes, with its new log key")
        }
        if let oldInstance {
            let handOver = HandOver(
                new: directory,
                old: DataDirectory(path: oldInstance),
                key: key,
                tip: tip
            )
            try handOver.run()
            return try show(directory.store, "it writes; \(oldInstance) writes no more")
        }
        try show(
            directory.store,
            "at the tip, for reading; go on with --old-instance or --new-log-key"
        )
    }

    private func make(_ from: String, _ key: VerifierKey) throws {
        _ = try RestoredDirectory.make(data, from: Mirrors.open(from), key: key)
        let directory = try RestoredDirectory(DataDirectory(path: data))
        defer { try? directory.store.close() }
        try show(directory.store, "audited, for reading; go on with --old-instance, or with --tip")
    }

    private func reach(_ tip: Tip, _ directory: RestoredDirectory, _ key: VerifierKey) throws {
        let head = try directory.head()
        try tip.check(against: head, at: data)
        let source = try Mirrors(paths: mirror).source(of: tip, key: key)
        guard tip.checkpoint.size > head.size else { return }
        guard let source else {
            throw RestoreError(
                .mirrorMissing,
                "\(data): it has \(head.size) of the \(tip.checkpoint.size) entries of the tip; "
                    + "name a mirror that has them by --mirror"
            )
        }
        try CatchUp(store: directory.store, place: data, key: key).run(source, to: tip)
    }

    private func makeKey(_ directory: RestoredDirectory, _ key: VerifierKey) throws {
        let (made, index) = try LogKeyChange(directory: directory).prepare(origin: key.name)
        if json {
            let value: JSONValue = [
                "vkey": .string(made.text), "oldVkey": .string(key.text),
                "firstIndex": .integer(Int64(clamping: index)),
            ]
            return Console.print(value.text)
        }
        Console.print("new log key  \(made.text)")
        Console.print("old log key  \(key.text)")
        Console.print("first index  \(index), if the ledger is at the tip")
        Console.print("next         kontor sign --kind log.key.add and log.key.revoke, with four")
        Console.print("             eyes operator.approve of each, then --tip … --enrol FILE")
    }

    private func show(_ store: any LogStore, _ state: String) throws {
        guard let head = try store.head() else { return }
        let standing = try store.standing()
        if json {
            let value: JSONValue = [
                "size": .integer(Int64(clamping: head.size)), "root": .string(head.root.base64),
                "instance": .string(standing.instance.base64URL),
                "epoch": .integer(Int64(clamping: standing.epoch)),
                "writes": .boolean(standing.state == .writes), "data": .string(data),
            ]
            return Console.print(value.text)
        }
        Console.print("entries   \(head.size.grouped)")
        Console.print("root      \(head.root.base64)")
        Console.print("instance  \(standing.instance.base64URL), epoch \(standing.epoch)")
        Console.print("state     \(state)")
    }
}
