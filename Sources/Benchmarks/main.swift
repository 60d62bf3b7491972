internal import Foundation

do {
    let words = Array(CommandLine.arguments.dropFirst())
    if words.first == "step" {
        let report = try Step.perform(Array(words.dropFirst()))
        FileHandle.standardOutput.write(try JSONEncoder().encode(report))
        exit(0)
    }
    if words.first == "serve", words.count == 3 {
        try BenchmarkServer.run(directory: words[1], founding: words[2])
    }
    let options = try Options(words)
    if options.asksForHelp {
        print(Options.usage)
        exit(0)
    }
    var run = try BenchmarkRun(options)
    try run.run()
    print(options.printsJSON ? try run.table.json : run.table.text)
    exit(run.table.gatesHold ? 0 : 1)
} catch {
    FileHandle.standardError.write(Data("Benchmarks: \(error)\n".utf8))
    exit(2)
}
