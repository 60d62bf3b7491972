internal import Ledger
public import Signing
internal import VerifiableLog

extension AuditReport {
    /// The report for machines; times are milliseconds, hashes base64url, the root base64.
    public var json: JSONValue {
        var members: [JSONMember] = []
        func add(_ name: String, _ value: JSONValue?) {
            if let value { members.append(JSONMember(name: name, value: value)) }
        }
        add("ok", .boolean(isClean))
        add("fault", fault.map(Self.json))
        add("origin", checkpoint.map { .string($0.origin) })
        add("size", checkpoint.map { .integer(Int64(clamping: $0.size)) })
        add("root", checkpoint.map { .string($0.root.base64) })
        add("entries", .integer(Int64(clamping: entryCount)))
        add("transfers", .integer(Int64(clamping: transferCount)))
        add("firstTime", times.map { .string($0.lowerBound.description) })
        add("lastTime", times.map { .string($0.upperBound.description) })
        add(
            "kinds",
            .object(
                kinds.map { count in
                    JSONMember(
                        name: count.kind.rawValue,
                        value: .integer(Int64(clamping: count.count))
                    )
                }
            )
        )
        add("signaturesVerified", .integer(Int64(clamping: verifiedSignatureCount)))
        add("signaturesSkipped", .integer(Int64(clamping: skippedSignatureCount)))
        add("largestGapMilliseconds", largestGap.map { .integer($0.milliseconds) })
        add("largestGapIndex", largestGap.map { .integer(Int64(clamping: $0.index)) })
        add("extendsSize", extendedSize.map { .integer(Int64(clamping: $0)) })
        add("stateDigest", stateDigest.map { .string($0.base64URL) })
        add("warnings", .array(warnings.map { .string($0) }))
        add("notes", .array(notes.map { .string($0) }))
        add("milliseconds", .integer(durationMilliseconds))
        add("entriesPerSecond", .integer(entriesPerSecond))
        add("transfersPerSecond", .integer(transfersPerSecond))
        return .object(members)
    }

    /// The report for people, as rows of a label and a value; the verdict comes first.
    public var rows: [(label: String, value: String)] {
        var rows = [(label: "verdict", value: fault.map { "FAULT: \($0)" } ?? "everything follows")]
        if let checkpoint {
            rows.append(("origin", checkpoint.origin))
            rows.append(("size", "\(checkpoint.size) entries"))
            rows.append(("root", checkpoint.root.base64))
        }
        if let times { rows.append(("ledger time", "\(times.lowerBound) to \(times.upperBound)")) }
        rows.append(("applied", "\(entryCount) entries, \(transferCount) transfers"))
        for count in kinds { rows.append(("  \(count.kind.rawValue)", "\(count.count)")) }
        rows.append(
            ("signatures", "\(verifiedSignatureCount) verified, \(skippedSignatureCount) skipped")
        )
        if let gap = largestGap {
            rows.append(("largest id gap", "\(gap.milliseconds) ms at entry \(gap.index)"))
        }
        if let extendedSize {
            rows.append(("extends", "the earlier checkpoint of size \(extendedSize)"))
        }
        if let stateDigest { rows.append(("state digest", stateDigest.base64URL)) }
        for warning in warnings { rows.append(("warning", warning)) }
        for note in notes { rows.append(("note", note)) }
        let rate = "\(entriesPerSecond) entries/s, \(transfersPerSecond) transfers/s"
        rows.append(("took", "\(durationMilliseconds) ms; \(rate)"))
        return rows
    }

    private static func json(_ fault: AuditFault) -> JSONValue {
        var members: [JSONMember] = []
        if let index = fault.index {
            members.append(JSONMember(name: "index", value: .integer(Int64(clamping: index))))
        }
        members.append(JSONMember(name: "code", value: .string(fault.code)))
        members.append(JSONMember(name: "place", value: .string(fault.place)))
        members.append(JSONMember(name: "reason", value: .string(fault.reason)))
        return .object(members)
    }
}
