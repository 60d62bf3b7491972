import KontorAPI
import Signing
import Testing
import VerifiableLog

/// The answers to submissions, as text and read back.
struct SubmissionAnswerTests {
    let receipt: Receipt

    init() throws {
        let key = try PrivateKey(algorithm: .ed25519, seed: [UInt8](repeating: 7, count: 32))
        let signer = try NoteSigner(name: "log.example/a", key: key)
        let root = DigestBuilder.digest([1])
        let head = try Checkpoint(origin: "log.example/a", size: 5, root: root)
        receipt = try Receipt(
            index: 3,
            time: try #require(Timestamp("2026-11-22T10:15:30.123Z")),
            previous: DigestBuilder.digest([2]),
            id: try #require(UUIDv7("019aab12-3456-7abc-8def-0123456789ab")),
            leafHash: DigestBuilder.digest([3]),
            proof: TLogProof(
                index: 3,
                hashes: (0..<3).map { DigestBuilder.digest([4, $0]) },
                checkpoint: head.signed(by: signer)
            )
        )
    }

    /// Text is written in two ways; both give the same bytes, and these are read back.
    @Test(arguments: [nil, 1, 70_000] as [Int?])
    func textIsThatOfTheJSON(line: Int?) throws {
        let answers: [SubmissionAnswer] = [
            .accepted(receipt), .known(receipt, stored: nil), .known(receipt, stored: "a.b.c"),
            .refused(Problem(.queueFull, "the writer is behind")),
        ]
        for answer in answers {
            let text = answer.text(line: line)
            #expect(text == answer.json(line: line).text)
            let read = try SubmissionAnswer.read(text)
            #expect(read.line == line)
            #expect(read.answer.text(line: line) == text)
            #expect(read.answer.status == answer.status)
        }
    }

    @Test func textOfAReceiptIsThatOfItsJSON() throws {
        #expect(receipt.text == receipt.json.text)
        #expect(try Receipt(parsing: receipt.text) == receipt)
    }
}
