import Foundation
import Signing
import Testing
import TestSupport

@testable import Formats

/// A side that lies, loops or sends rubbish gets a named fault (spec/28 §2.4).
@Suite struct ExchangeFaultTests {
    /// A line changed on its way: by whom, which one, what is replaced by what, and the fault.
    struct Change: Sendable, CustomStringConvertible {
        var isCall: Bool
        var word: String
        var part: String
        var new: String
        var code: FormatError.Code

        init(
            _ isCall: Bool,
            _ word: String,
            _ part: String,
            _ new: String,
            _ code: FormatError.Code
        ) {
            self.isCall = isCall
            self.word = word
            self.part = part
            self.new = new
            self.code = code
        }

        var description: String { "\(word) \(part) to \(new): \(code)" }
    }

    static let changes: [Change] = [
        Change(true, "kontor", "v1", "v2", .exchangeVersion),
        Change(false, "kontor", "v1", "v2", .exchangeVersion),
        Change(true, "kontor", "eur 7", "eur 8", .exchangeScope),
        Change(false, "kontor", "eur 7", "usd 7", .exchangeScope),
        Change(true, "kontor", "nordwind talweg", "talweg nordwind", .exchangeForm),
        Change(true, "kontor", "nordwind/miles", "nordwind", .exchangeForm),
        Change(true, "kontor", " 299 N", " 0 N", .exchangeForm),
        Change(true, "kontor", " call ", " shout ", .exchangeForm),
        Change(true, "kontor", "kontor", "contor", .exchangeForm),
        Change(true, "kontor", " call ", "  call ", .exchangeForm),
        Change(true, "kontor", "\n", "\r\n", .exchangeForm),
        Change(true, "kontor", "\n", "", .exchangeForm),
        Change(true, "kontor", " call ", " answer ", .exchangeOrder),
        Change(false, "kontor", " answer ", " call ", .exchangeOrder),
        Change(false, "kontor", " 299 N", " 300 N", .exchangeContradiction),
        Change(true, "kontor", " 299 N", " 300 N", .exchangeContradiction),
        Change(true, "nodes", "nodes", "names", .exchangeOrder),
        Change(true, "nodes", ".", "ffffffff", .exchangeOrder),
        Change(true, "nodes", ".", "G", .exchangeForm),
        Change(true, "nodes", " .", "", .exchangeForm),
        Change(true, "nodes", "nodes .", "end 0", .exchangeOrder),
        Change(true, "nodes", "nodes .", "stop 0", .exchangeOrder),
        Change(true, "nodes", "nodes .", "error thirst", .exchangeRefused),
        Change(true, "nodes", "nodes .", "error \u{1b}[2J", .exchangeForm),
        Change(false, "children", " N", " L", .exchangeOrder),
        Change(false, "children", "children", "leaves", .exchangeForm),
        Change(false, "children", "\n", " -\n", .exchangeForm),
        Change(false, "leaves", "/", "/1", .exchangeHash),
        Change(true, "names", "names ", "names 0", .exchangeOrder),
        Change(true, "differ", "/", "/1", .exchangeContradiction),
        Change(true, "end", "end 3", "end 2", .exchangeOrder),
        Change(false, "end", "end 3", "end 4", .exchangeOrder),
        Change(false, "end", "end 3", "end 03", .exchangeForm),
    ]

    static func books() throws -> (BookDigest, BookDigest) {
        let one = try Exchange.book(0..<300) { $0 == 5 ? nil : Exchange.units($0) }
        let other = try Exchange.book(0..<300) {
            $0 == 170 ? nil : Exchange.units($0) + ($0 == 99 ? 1 : 0)
        }
        return (one, other)
    }

    @Test(arguments: changes) func aChangedLine(_ change: Change) throws {
        let (one, other) = try Self.books()
        var isDone = false
        let outcome = Exchange.play(DigestCaller(one), DigestAnswerer(other)) { isCall, _, line in
            let text = String(decoding: line, as: UTF8.self)
            guard !isDone, isCall == change.isCall, text.hasPrefix(change.word),
                let range = text.range(of: change.part)
            else { return }
            isDone = true
            line = Array(text.replacingCharacters(in: range, with: change.new).utf8)
        }
        let fault = try #require(outcome.fault)
        #expect(isDone && fault.code == change.code, "\(fault)")
        #expect(!fault.reason.isEmpty && !fault.wayOut.isEmpty && fault.line > 0)
        #expect(outcome.caller == nil || outcome.answerer == nil)
    }

    /// Every single byte of a whole exchange, changed: one side says why, and neither is misled.
    @Test func everyChangedByteIsFound() throws {
        let (one, other) = try Self.books()
        let honest = Exchange.play(DigestCaller(one), DigestAnswerer(other))
        var random = RandomSource(seed: 28)
        for message in 0..<honest.messages {
            for _ in 0..<12 {
                let place = random.next()
                let bit = UInt8(1 << random.number(0...7))
                let outcome = Exchange.play(DigestCaller(one), DigestAnswerer(other)) {
                    _,
                    number,
                    line in
                    guard number == message else { return }
                    line[Int(place % UInt64(line.count))] ^= bit
                }
                // Sums of unequal books are each side's own word; no hash stands for them.
                let isOtherSum =
                    outcome.caller?.other.sums != honest.caller?.other.sums
                    || outcome.answerer?.other.sums != honest.answerer?.other.sums
                #expect(outcome.fault != nil || isOtherSum, "message \(message)")
            }
        }
    }

    @Test func hiddenAndInventedDifferences() throws {
        let (one, other) = try Self.books()
        for (old, new) in [(3, 2), (3, 4)] {
            let outcome = Exchange.play(DigestCaller(one), DigestAnswerer(other)) { _, _, line in
                var fields = String(decoding: line.dropLast(), as: UTF8.self).split(separator: " ")
                if fields[0] == "differ" {
                    let extra = "\(Exchange.name(299))"
                    if new < old {
                        fields.removeLast(3)
                    } else {
                        fields += [extra[...], "-", fields[3]].filter { !$0.isEmpty }
                    }
                }
                if fields[0] == "end" { fields[1] = "\(new)" }
                line = Array((fields.joined(separator: " ") + "\n").utf8)
            }
            #expect(outcome.fault?.code == .exchangeContradiction, "\(new)")
            #expect(outcome.answerer == nil)
        }
    }

    /// A tree that goes on for ever below one branch, or widens at each level, has an end.
    @Test func treesWithoutEnd() throws {
        for width in [1, 16] {
            let own = try Exchange.book(0..<300, Exchange.units)
            var liar = EndlessTree(width: width, scope: try Exchange.scope())
            var caller = DigestCaller(own)
            var answer = liar.greeting
            var (rounds, fault): (Int, FormatError?) = (0, nil)
            var result: DigestComparison?
            do throws(FormatError) {
                while rounds < 10_000 {
                    rounds += 1
                    let step = try caller.receive(answer)
                    result = step.result
                    guard let line = step.lines.first, result == nil else { break }
                    answer = liar.answer(line)
                }
            } catch { fault = error }
            #expect(rounds <= 70)
            if width == 1 { #expect(fault?.code == .exchangeHash) }
            if width == 16 { #expect(result?.isTooDifferent == true) }
        }
    }

    @Test func tooManyMessagesAndWordsAfterTheEnd() throws {
        let (one, other) = try Self.books()
        var answerer = DigestAnswerer(other)
        _ = try answerer.receive(DigestMessage.call(DigestGreeting(one)).line)
        let question = DigestMessage.nodes([.whole]).line
        for _ in 1..<FormatLimits.exchangeMessageCount { _ = try answerer.receive(question) }
        Fixture.expect(.exchangeLimit, FormatLimits.exchangeMessageCount + 1, nil, "exchange") {
            () throws(FormatError) in _ = try answerer.receive(question)
        }
        var done = DigestAnswerer(one)
        _ = try done.receive(DigestMessage.call(DigestGreeting(one)).line)
        Fixture.expect(.exchangeOrder, 2, nil, "exchange") {
            () throws(FormatError) in _ = try done.receive(question)
        }
        let long = [UInt8](repeating: 0x2e, count: 70_000) + [0x0a]
        var caller = DigestCaller(one)
        Fixture.expect(.exchangeForm, 1, nil, "exchange") {
            () throws(FormatError) in _ = try caller.receive(long)
        }
    }

    @Test func messagesAreReadAsTheyAreWritten() throws {
        let (one, other) = try Self.books()
        var count = 0
        _ = Exchange.play(DigestCaller(one), DigestAnswerer(other)) { _, number, line in
            let message = try? DigestMessage(line: line, number: number)
            #expect(message?.line == line)
            count += 1
        }
        #expect(count > 10)
        #expect(
            DigestCaller.farewell(FormatError(.exchangeHash, in: "", "", wayOut: ""))
                == Array("error exchangeHash\n".utf8)
        )
    }
}

/// A side whose tree is hash for hash consistent and has no leaf that is ever reached.
struct EndlessTree {
    let greeting: [UInt8]
    /// The node of each height above the deepest.
    private var nodes: [BookNode] = []
    private var children: [BookNode: [BookNode]] = [:]

    init(width: Int, scope: BookScope) {
        var node = BookNode(.inner, DigestBuilder.digest([9]))
        for _ in 0..<70 {
            let below = (0..<16).map { $0 < width ? node : .empty }
            node = BookNode(children: below) ?? .empty
            children[node] = below
        }
        nodes = [node]
        let head = "kontor/v1/digest answer \(scope.ledger) \(scope.first) \(scope.second) "
        greeting = Array(
            (head + "\(scope.calendar) \(scope.window) 1000 N\(node.hash)\n").utf8
        )
    }

    mutating func answer(_ line: [UInt8]) -> [UInt8] {
        guard case .nodes(let places)? = try? DigestMessage(line: line, number: 1) else {
            return []
        }
        let asked = places.map { _ in nodes.removeFirst() }
        let below = asked.flatMap { children[$0] ?? [] }
        nodes += below.filter { $0.kind == .inner }
        return DigestMessage.children(below).line
    }
}
