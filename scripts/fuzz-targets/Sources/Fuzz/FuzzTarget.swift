internal import Glibc

/// One parser and what must hold for every input.
///
/// To add a target: a file `Targets/<Name>Target.swift` with a type that conforms, and its line
/// in the list below.
protocol FuzzTarget: SendableMetatype {
    /// Parses the input; traps, by `expect`, when a promise of the parser is broken.
    static func run(_ input: [UInt8])
}

/// Every target; `KONTOR_FUZZ_TARGET` names one without the ending `Target`.
let targets: [any FuzzTarget.Type] = [
    CanaryTarget.self,
    Base64Target.self,
    IdentifierTarget.self,
    JSONReaderTarget.self,
    JSONValueTarget.self,
    JWSTarget.self,
    KeyTarget.self,
    EntryTarget.self,
    NoteTarget.self,
    ProofTarget.self,
    VerifierKeyTarget.self,
    StatementTarget.self,
    TimestampTarget.self,
    RateCSVTarget.self,
    ZipTarget.self,
    XMLTarget.self,
    BankStatementTarget.self,
    PartnerStatementTarget.self,
    BookReaderTarget.self,
    BookMappingTarget.self,
    BookHistoryTarget.self,
    MappingSuggestionTarget.self,
    ExchangeTarget.self,
    JournalTarget.self,
    CertificateTarget.self,
    APITarget.self,
    QueryTarget.self,
    LineSplitterTarget.self,
    EventParserTarget.self,
]

/// The target of this run.
let chosen: any FuzzTarget.Type = {
    let name = getenv("KONTOR_FUZZ_TARGET").map { String(cString: $0) } ?? ""
    for target in targets where String(describing: target) == name + "Target" { return target }
    print("KONTOR_FUZZ_TARGET names no target: '\(name)'; scripts/fuzz --list names them")
    exit(2)
}()

/// Stops the run with a line of text, which libFuzzer reports as a crash with its input.
func expect(_ condition: Bool, _ promise: StaticString) {
    if !condition {
        let line = Array("broken promise: \(promise)\n".utf8)
        _ = write(STDERR_FILENO, line, line.count)
        abort()
    }
}

/// What libFuzzer calls with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    chosen.run(Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
}
