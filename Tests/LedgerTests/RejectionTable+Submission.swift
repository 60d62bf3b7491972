import Ledger
import Signing
import TestSupport

extension RejectionTable {
    static let submission: [RejectionCase] = [
        RejectionCase(.entryTooLong, "65,536 bytes") { story in
            let text = story.network.define("nordwind/miles")
            return text + [UInt8](repeating: 0x41, count: 65_536 - text.count)
        },
        RejectionCase(.malformedJWS, "two parts") { _ in Array("e30.e30".utf8) },
        RejectionCase(.malformedJWS, "a signature of another text") { story in
            let one = try JWS(parsing: story.network.define("nordwind/miles"))
            let other = try JWS(parsing: story.network.define("nordwind/stars"))
            return try JWS(header: one.header, payload: other.payload, signature: one.signature)
                .compact
        },
        RejectionCase(.malformedJSON, "a fraction") { story in
            story.network.sign(
                payload: Array(#"{"kind":"program.define","scale":0.5}"#.utf8),
                with: "nordwind"
            )
        },
        RejectionCase(.malformedJSON, "transfers with a byte after the value") { story in
            let deal = try story.deal()
            let payload = try JWS(parsing: story.send(deal, 5)).payload
            return story.network.sign(payload: payload + [0x7d], with: "nordwind")
        },
        RejectionCase(.unknownMember, "a member that the kind has not") { story in
            try story.changed(story.network.define("nordwind/miles")) { $0.with("note", "hello") }
        },
        RejectionCase(.unknownMember, "a member that an item has not") { story in
            let deal = try story.deal()
            return story.send(deal, 5, more: ["note": "hello"])
        },
        RejectionCase(.unknownMember, "a pseudonym beside the items") { story in
            let deal = try story.deal()
            return try story.changed(story.send(deal, 5)) {
                $0.with("member", "AAAAAAAAAAAAAAAAAAAAAA")
            }
        },
        RejectionCase(.duplicateMember, "twice in the envelope") { story in
            let text = #"{"kind":"program.define","kind":"program.define"}"#
            return story.network.sign(payload: Array(text.utf8), with: "nordwind")
        },
        RejectionCase(.duplicateMember, "beside the items and in one") { story in
            let deal = try story.deal()
            return try story.changed(story.send(deal, 5)) { $0.with("amount", 5) }
        },
        RejectionCase(.missingMember, "no scale") { story in
            try story.changed(story.network.define("nordwind/miles")) { $0.without("scale") }
        },
        RejectionCase(.missingMember, "transfers without items") { story in
            let deal = try story.deal()
            return try story.changed(story.send(deal, 5)) { $0.without("items") }
        },
        RejectionCase(.wrongType, "a number for a text") { story in
            try story.changed(story.network.define("nordwind/miles")) { $0.with("program", 7) }
        },
        RejectionCase(.wrongType, "a text for an amount") { story in
            let deal = try story.deal()
            return story.send(deal, 5, more: ["amount": "5"])
        },
        RejectionCase(.invalidValue, "a scale of 7") { story in
            story.network.define("nordwind/miles", scale: 7)
        },
        RejectionCase(.invalidValue, "a reference with a space") { story in
            let deal = try story.deal()
            return story.send(deal, 5, more: ["ref": "order 12"])
        },
        RejectionCase(.invalidValue, "an upper-case id") { story in
            try story.changed(story.network.define("nordwind/miles")) {
                $0.with("id", "019CA5B8-0000-7000-8000-00000000000A")
            }
        },
        RejectionCase(.unsupportedRules, "rule set 4") { story in
            story.network.activate(4, from: 1_000)
        },
        RejectionCase(.unsupportedRules, "a genesis of rule set 4") { story in
            story = NetworkStory(Network(seed: 7))
            return story.network.genesis { $0 = $0.with("rules", 4) }
        },
        RejectionCase(.unknownKind, "settlement.open") { story in
            try story.changed(story.network.define("nordwind/miles")) {
                $0.with("kind", "settlement.open")
            }
        },
        RejectionCase(.wrongLedger, "the leaf hash of another genesis") { story in
            story.network.ledger = DigestBuilder.digest([1])
            return story.network.define("nordwind/miles")
        },
        RejectionCase(.idWindow, "transfers one millisecond older than 72 h") { story in
            let deal = try story.deal()
            let text = story.send(deal, 5)
            story.network.advance(hours: 72, milliseconds: 1)
            return text
        },
        RejectionCase(.idWindow, "60.001 s ahead") { story in
            story.network.advance(milliseconds: 60_001)
            let text = story.network.define("nordwind/miles")
            story.network.advance(milliseconds: -60_001)
            return text
        },
        RejectionCase(.idWindow, "other kinds older than 30 days") { story in
            let text = story.network.define("nordwind/miles")
            story.network.advance(days: 30, milliseconds: 1)
            return text
        },
        RejectionCase(.unknownKey, "never registered") { story in
            story.network.signers["nordwind"] = "stranger"
            return story.network.define("nordwind/miles")
        },
        RejectionCase(.keyNotYetValid, "a rekeying is not over") { story in
            try story.take(story.network.rekey("nordwind", suffix: "#2"))
            story.network.advance(hours: 72, milliseconds: -1)
            story.network.signers["nordwind"] = "nordwind#2"
            return story.network.define("nordwind/miles")
        },
        RejectionCase(.keyRevoked, "revoked by itself") { story in
            try story.take(story.network.revokeKey("nordwind", for: "nordwind"))
            return story.network.define("nordwind/miles")
        },
        RejectionCase(.keyRevoked, "ended by a rekeying") { story in
            try story.take(story.network.rekey("nordwind", suffix: "#2"))
            story.network.advance(hours: 72)
            return story.network.define("nordwind/miles")
        },
        RejectionCase(.keyRevoked, "of a removed operator") { story in
            try story.take(story.network.act(.operatorRemove, on: "operator-b"))
            return story.network.invite("bakery", by: "operator-b")
        },
        RejectionCase(.wrongKeyUse, "the recovery key signs a program") { story in
            story.network.signers["nordwind"] = "nordwind#recovery"
            return story.network.define("nordwind/miles")
        },
        RejectionCase(.wrongKeyUse, "an access key signs an entry") { story in
            try story.take(story.network.addKey("nordwind#api", use: .access, for: "nordwind"))
            story.network.signers["nordwind"] = "nordwind#api"
            return story.network.define("nordwind/miles")
        },
        RejectionCase(.wrongKeyUse, "an entries key revokes another") { story in
            try story.take(story.network.addKey("nordwind#2", for: "nordwind"))
            return story.network.revokeKey("nordwind#2", for: "nordwind")
        },
        RejectionCase(.wrongKeyUse, "an entries key adds a recovery key") { story in
            story.network.addKey("nordwind#recovery2", use: .recovery, for: "nordwind")
        },
        RejectionCase(.wrongSigner, "a foreign recovery key: the owner comes before the use") {
            story in
            story.network.signers["nordwind"] = "harbour#recovery"
            return story.network.define("nordwind/miles")
        },
        RejectionCase(.wrongSigner, "the key of another partner") { story in
            story.network.signers["nordwind"] = "harbour"
            return story.network.define("nordwind/miles")
        },
        RejectionCase(.wrongSigner, "a partner invites") { story in
            story.network.invite("bakery", by: "nordwind")
        },
        RejectionCase(.wrongSigner, "the creditor sends transfers") { story in
            let deal = try story.deal()
            return story.network.transfers(
                from: "harbour",
                terms: deal.terms,
                items: [Network.item(deal.member, amount: 5)]
            )
        },
        RejectionCase(.wrongSigner, "a genesis by a key that is not its signer's") { story in
            story = NetworkStory(Network(seed: 7))
            story.network.signers["operator-a"] = "operator-b"
            return story.network.genesis()
        },
        RejectionCase(.signerNotActive, "an applicant") { story in
            try story.take(story.network.invite("bakery"))
            try story.take(story.network.apply("bakery"))
            return story.network.define("bakery/buns")
        },
        RejectionCase(.signerNotActive, "a closed partner") { story in
            try story.take(story.network.act(.partnerClose, on: "nordwind"))
            return story.network.define("nordwind/miles")
        },
        RejectionCase(.badPossessionProof, "made for another id") { story in
            let offered = story.network.offer(
                "nordwind#2",
                use: .entries,
                for: "nordwind",
                id: story.network.nextID()
            )
            return story.network.sign(.keyAdd, by: "nordwind", ["add": offered])
        },
    ]
}
