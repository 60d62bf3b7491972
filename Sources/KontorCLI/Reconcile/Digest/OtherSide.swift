internal import Foundation

/// A command that is the other side of an exchange, on its standard input and output.
struct OtherSide {
    private let process: Process
    private let toOther: Pipe
    private let fromOther: Pipe

    /// Starts the command by the shell; what it complains about goes to our standard error.
    init(command: String) throws {
        (toOther, fromOther) = (Pipe(), Pipe())
        process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", command]
        process.standardInput = toOther
        process.standardOutput = fromOther
        // A thread of the runtime blocks signals, and a child would inherit that.
        var (all, before) = (sigset_t(), sigset_t())
        sigemptyset(&all)
        pthread_sigmask(SIG_SETMASK, &all, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        try process.run()
    }

    /// Lines to and from the command.
    func pipe(timeoutSeconds: Int) -> ExchangePipe {
        ExchangePipe(
            input: fromOther.fileHandleForReading.fileDescriptor,
            output: toOther.fileHandleForWriting.fileDescriptor,
            timeoutSeconds: timeoutSeconds
        )
    }

    /// Closes both pipes; a command that does not end by that is ended.
    func end() {
        try? toOther.fileHandleForWriting.close()
        try? fromOther.fileHandleForReading.close()
        for _ in 0..<100 where process.isRunning { usleep(10_000) }
        if process.isRunning { process.terminate() }
        for _ in 0..<100 where process.isRunning { usleep(10_000) }
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
    }
}
