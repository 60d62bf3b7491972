internal import ArgumentParser

/// The `kontor` command.
@main
struct KontorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kontor",
        abstract:
            "An open loyalty ledger: signed transfers between programmes, verifiable by anyone.",
        discussion: """
            A ledger lives in a data directory. Every entry is signed by the partner it costs; `audit` recomputes the \
            whole of it from bytes.

            Exit status: 0 done, 1 refused or a check failed, 2 wrong usage.
            """,
        version: "0.1.0",
        subcommands: [
            InitCommand.self, KeygenCommand.self, SignCommand.self, SubmitCommand.self,
            ServeCommand.self, QuoteCommand.self, PositionsCommand.self,
            TransfersCommand.self, SettleCommand.self, ReconcileCommand.self, AuditCommand.self,
            RebuildCommand.self,
            ExportCommand.self, ImportCommand.self, BackupCommand.self,
            RestoreCommand.self, DemoCommand.self, BenchCommand.self,
            AgreementsCommand.self, CompletionsCommand.self,
        ]
    )

    /// Usage errors end with 2, everything else that fails with 1.
    static func main() async {
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch let code as ExitCode {
            exit(withError: code)
        } catch {
            let isUsage = exitCode(for: error) == .validationFailure
            let isClean = exitCode(for: error) == .success
            if isUsage || isClean {
                let text = fullMessage(for: error)
                isClean ? Console.print(text) : Console.complain(text)
                Console.exit(isClean ? 0 : 2)
            }
            Console.complain("kontor: \(Console.explain(error))")
            Console.exit(1)
        }
    }
}
