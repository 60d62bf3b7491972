internal import Formats
internal import Signing

/// Payloads of journal lines, whole journals and certificates: what is read is written again.
enum JournalTarget: FuzzTarget {
    static func run(_ input: [UInt8]) {
        do throws(FormatError) {
            let line = try JournalLine(payload: input, line: 1)
            let again = try? JournalLine(payload: line.payload, line: 1)
            expect(again == line, "a line is read as it was written")
            expect(line.act.breaks.count <= FormatLimits.journalPlaceCount, "breaks have a limit")
            if case .open(let subject) = line.act {
                expect(line.act.breaks == [subject.id], "a break has the id of what it is about")
            }
        } catch {
            expect(!error.reason.isEmpty && !error.wayOut.isEmpty, "a fault has words")
        }
        // No key is known, so no line of a stranger may ever take effect.
        expect((try? BreakJournal(parsing: input, keys: JournalKeys())) == nil, "keys are asked")
        if let name = ItemName(ascii: input[...]) {
            expect(Array("\(name)".utf8) == input, "a name has one text")
        }
    }
}
