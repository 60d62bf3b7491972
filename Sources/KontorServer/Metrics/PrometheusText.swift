/// The text exposition format of Prometheus, version 0.0.4.
///
/// For each family a line `# HELP`, a line `# TYPE`, then a line for each sample. Families and
/// samples stand in the order in which they are given.
public enum PrometheusText {
    /// The media type of the format.
    public static let mediaType = "text/plain; version=0.0.4; charset=utf-8"

    /// The text of families; those without samples are left out.
    public static func render(_ families: [MetricFamily]) -> String {
        var text = ""
        for family in families where !family.samples.isEmpty {
            text += "# HELP \(family.name) \(escape(family.help))\n"
            text += "# TYPE \(family.name) \(family.kind.rawValue)\n"
            for sample in family.samples {
                text += family.name + sample.suffix
                if !sample.labels.isEmpty {
                    let labels = sample.labels.map {
                        "\($0.name)=\"\(escape($0.value, quotes: true))\""
                    }
                    text += "{\(labels.joined(separator: ","))}"
                }
                text += " \(sample.value)\n"
            }
        }
        return text
    }

    private static func escape(_ text: String, quotes: Bool = false) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": escaped += "\\\\"
            case "\n": escaped += "\\n"
            case "\"" where quotes: escaped += "\\\""
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
