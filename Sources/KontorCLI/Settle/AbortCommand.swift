internal import ArgumentParser
internal import Ledger
internal import Signing

/// `kontor settle abort`: gives a settlement up before its commit.
struct AbortCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "abort",
        abstract: "Give a settlement up before its commit; what came in is returned.",
        discussion: """
            Its window stands fixed again, and the next run calculates the next attempt.

            Example: kontor settle abort target/12/multilateral/EUR/1 --reason error --data ledger \
            --partner ops --key ops.jwk
            """
    )

    @Argument(help: "The settlement.") var settlement: String
    @Option(help: "error, default, dispute or regulator.") var reason: String
    @OptionGroup var options: NightOptions

    func validate() throws {
        guard SettlementID(settlement) != nil else {
            throw ValidationError(
                "a settlement is <calendar>/<window>/<model>/<currency>/<attempt>"
            )
        }
        guard AbortReason(rawValue: reason) != nil else {
            throw ValidationError("--reason is error, default, dispute or regulator")
        }
    }

    func run() throws {
        try options.withDesk { desk in
            let members: JSONValue = [
                "settlement": .string(settlement), "reason": .string(reason),
            ]
            switch try desk.enter(.settlementAbort, members) {
            case .done(let entry): Console.print("entry \(entry)  gave up \(settlement)")
            case .waits(let entry):
                Console.print("waits for another operator, who approves entry \(entry)")
            }
        }
    }
}
