import Ledger
import Signing
import TestSupport
import Testing

/// Every refusal occurs, names its code, and leaves the state bit for bit as it was.
@Suite struct RejectionTests {
    @Test(arguments: RejectionTable.all)
    func aRefusalLeavesNoTrace(_ one: RejectionCase) throws {
        var story = try RejectionTable.base.get()
        let text = try one.act(&story)
        let before = BookDump.text(of: story.ledger.book)
        let faults = story.faults(of: text)
        #expect(faults.first?.rejection == one.rejection, "\(faults)")
        #expect(BookDump.text(of: story.ledger.book) == before)
        for fault in faults { #expect(!fault.reason.isEmpty && !fault.rejection.wayOut.isEmpty) }
    }

    @Test func everyRejectionOccurs() {
        let shown = RejectionTable.all.map(\.rejection)
        for rejection in Rejection.allCases {
            #expect(
                shown.contains(rejection) != RejectionTable.elsewhere.contains(rejection),
                "\(rejection)"
            )
        }
    }

    @Test func codesAreStableAndOrdered() {
        #expect(Rejection.allCases.map(\.precedence) == Array(0..<Rejection.allCases.count))
        for rejection in Rejection.allCases {
            #expect(
                rejection.rawValue == rejection.rawValue.prefix(1).uppercased()
                    + rejection.rawValue.dropFirst()
            )
        }
    }

    @Test func aKnownIdWithAnotherPayloadIsRefused() throws {
        var story = try NetworkStory.founded()
        let id = story.network.nextID()
        try story.take(
            story.network.sign(
                .programDefine,
                by: "nordwind",
                ["program": "nordwind/a", "scale": 0],
                id: id
            )
        )
        let other = story.network.sign(
            .programDefine,
            by: "nordwind",
            ["program": "nordwind/b", "scale": 0],
            id: id
        )
        #expect(story.refusal(of: other) == .idReused)
    }
}
