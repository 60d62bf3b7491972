internal import Signing

/// A line of an exchange of digests (spec/28 §2.1): words with one space between, ended by `\n`.
///
/// The greeting carries the version; a line is at most 65,536 bytes, and what it lists at most 64
/// places, so that neither side keeps more of the other than that.
enum DigestMessage: Hashable, Sendable {
    /// A leaf of the side that speaks.
    struct Leaf: Hashable, Sendable {
        let name: ItemName
        let hash: Digest
    }

    /// A difference as it is told: the hashes of who called and of who answered.
    struct Finding: Hashable, Sendable {
        let name: ItemName
        let caller: Digest?
        let answerer: Digest?
    }

    case call(DigestGreeting)
    case answer(DigestGreeting)
    case nodes([BookPrefix])
    case children([BookNode])
    case names([BookPrefix])
    case leaves([Leaf])
    case differ([Finding])
    case end(UInt64)
    case stop(UInt64)
    case error(String)

    /// The version of the exchange, with which a greeting begins.
    static let version = "kontor/v1/digest"

    /// The line, with its end.
    ///
    /// Complexity: O(n).
    var line: [UInt8] {
        var text: [UInt8] = []
        switch self {
        case .call(let greeting):
            text += Array("\(Self.version) call".utf8)
            greeting.append(to: &text)
        case .answer(let greeting):
            text += Array("\(Self.version) answer".utf8)
            greeting.append(to: &text)
        case .nodes(let places): Self.append("nodes", places, to: &text) { $1 += $0.ascii }
        case .children(let nodes):
            Self.append("children", nodes, to: &text) { $0.append(to: &$1) }
        case .names(let places): Self.append("names", places, to: &text) { $1 += $0.ascii }
        case .leaves(let leaves):
            Self.append("leaves", leaves, to: &text) { leaf, text in
                leaf.name.append(to: &text)
                text += Array(" \(leaf.hash)".utf8)
            }
        case .differ(let findings):
            Self.append("differ", findings, to: &text) { finding, text in
                finding.name.append(to: &text)
                let texts = [finding.caller, finding.answerer].map { $0?.base64URL ?? "-" }
                text += Array(" \(texts[0]) \(texts[1])".utf8)
            }
        case .end(let count): text += Array("end \(count)".utf8)
        case .stop(let count): text += Array("stop \(count)".utf8)
        case .error(let code): text += Array("error \(code)".utf8)
        }
        text.append(0x0a)
        return text
    }

    private static func append<Element>(
        _ word: String,
        _ elements: [Element],
        to text: inout [UInt8],
        _ body: (Element, inout [UInt8]) -> Void
    ) {
        text += Array(word.utf8)
        for element in elements {
            text.append(0x20)
            body(element, &text)
        }
    }
}
