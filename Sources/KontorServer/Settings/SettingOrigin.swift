/// Where a value of the configuration came from.
public enum SettingOrigin: Sendable, Hashable {
    /// Nowhere: it is the one that holds where nothing is configured.
    case standard
    /// A file, by its path.
    case file(String)
    /// An environment variable, by its name.
    case environment(String)
    /// The command line.
    case commandLine

    /// The origin in words.
    public var text: String {
        switch self {
        case .standard: "default"
        case .file(let path): path
        case .environment(let name): name
        case .commandLine: "the command line"
        }
    }
}
