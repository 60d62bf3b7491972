internal import Signing

/// The fields of a leaf of a settlement's tree (spec/20 §9), as texts: what is compared with them
/// is written anew from the statement.
struct LeafText {
    /// Settlement and revision, of the second line.
    let settlement: (id: String, revision: String)
    /// Window start, window end and cut-off, of the third line.
    let window: [String]
    let participant: String
    /// The eleven fields of each `debt` line after the first word.
    let debts: [[String]]
    /// The five fields of each `carry` line after the first word.
    let carries: [[String]]
    /// The three fields of each `pay` line after the first word.
    let payments: [[String]]
    /// Position and due.
    let position: [String]

    /// The leaf of a text.
    init(_ text: String) throws(StatementFault) {
        let lines = text.utf8.split(separator: 0x0a, omittingEmptySubsequences: false).map {
            $0.split(separator: 0x20, omittingEmptySubsequences: false).map {
                String(decoding: $0, as: UTF8.self)
            }
        }
        guard lines.count >= 7, lines[0] == ["kontor/v1/settlement-leaf"], lines[1].count == 2,
            lines[2].count == 3, lines[3].count == 1, lines[4].count == 1,
            Digest(lines[4][0], as: .url) != nil, lines[lines.count - 1] == [""]
        else { throw Self.malformed("its head is not that of a leaf, or its last line is open") }
        settlement = (lines[1][0], lines[1][1])
        window = lines[2]
        participant = lines[3][0]
        var rest = lines[5..<lines.count - 1]
        func take(_ word: String, _ count: Int) throws(StatementFault) -> [[String]] {
            let run = rest.prefix { $0[0] == word }
            rest = rest.dropFirst(run.count)
            for fields in run where fields.count != count + 1 {
                throw Self.malformed("a \(word) line has \(count) fields after the word")
            }
            return run.map { Array($0.dropFirst()) }
        }
        debts = try take("debt", 11)
        carries = try take("carry", 5)
        payments = try take("pay", 3)
        let positions = try take("position", 2)
        guard positions.count == 1, rest.isEmpty else {
            throw Self.malformed("debt, carry and pay lines and one position line are due")
        }
        position = positions[0]
    }

    private static func malformed(_ reason: String) -> StatementFault {
        StatementFault(.leafMalformed, at: "proof.leaf", reason)
    }
}
