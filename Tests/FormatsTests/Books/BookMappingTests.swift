import Formats
import Signing
import Testing

/// Mappings: read strictly, written as they are read, and signed (R-01, spec/26 §1).
@Suite struct BookMappingTests {
    /// What is changed in a good mapping, the code and a word of the reason.
    static let faults: [(String, String, FormatError.Code, String)] = [
        ("{\"format\"", "[\"format\"", .json, "strict JSON"),
        ("kontor-mapping/1", "kontor-mapping/2", .memberValue, "format"),
        ("\"version\":1", "\"version\":0", .memberValue, "version"),
        ("\"version\":1,", "", .memberMissing, "version"),
        ("\"version\":1", "\"version\":1,\"note\":\"x\"", .memberUnknown, "note"),
        ("\"partner\":\"nordwind\"", "\"partner\":\"Nordwind\"", .memberValue, "partner"),
        ("\"type\":\"csv\"", "\"type\":\"xls\"", .memberUnknown, "file."),
        ("\"type\":\"csv\"", "\"type\":\"ndjson\"", .memberUnknown, "file."),
        ("UTF-8", "UTF-7", .memberValue, "encoding"),
        ("\"delimiter\":\";\"", "\"delimiter\":\";;\"", .memberValue, "delimiter"),
        ("\"delimiter\":\";\"", "\"delimiter\":\"\\\"\"", .memberValue, "delimiter too"),
        ("\"skip\":1", "\"skip\":65", .memberValue, "skip"),
        ("\"decimal\":\",\"", "\"decimal\":\".\"", .memberValue, "decimal mark too"),
        ("\"thousands\":\".\"", "\"thousands\":\"_\"", .memberValue, "thousands"),
        ("DD.MM.YYYY", "DD.MM", .memberValue, "pattern"),
        ("DD.MM.YYYY", "DD.MM.YYYY Z", .memberValue, "pattern"),
        ("DD.MM.YYYY", "DD.MM.YYYY DD", .memberValue, "pattern"),
        ("DD.MM.YYYY", "tt.mm.jjjj", .memberValue, "pattern"),
        ("\"utcOffsetMinutes\":60", "\"utcOffsetMinutes\":900", .memberValue, "utcOffset"),
        ("\"day\":\"day\"", "\"day\":0", .memberValue, "columns.day"),
        ("\"day\":\"day\"", "\"tag\":\"day\"", .memberUnknown, "columns.tag"),
        ("\"ok\":\"posted\"", "\"ok\":\"done\"", .memberValue, "no meaning"),
        ("\"ok\":\"posted\"", "\"ok\":7", .memberValue, "words"),
        ("\"events\":{\"B\":\"posting\"},", "", .memberValue, "events"),
        ("\"currency\":\"EUR\"", "\"currency\":\"Euro\"", .memberValue, "currency"),
        ("\"currency\":\"EUR\",", "", .memberValue, "currency is missing"),
        ("nordwind/miles\",\"scale\"", "nordwind\",\"scale\"", .memberValue, "program"),
        ("\"scale\":0", "\"scale\":9", .memberValue, "scale"),
        ("\"column\":\"miles\"", "\"debit\":\"miles\"", .memberMissing, "credit"),
        ("\"column\":\"miles\"", "\"debit\":\"a\",\"credit\":\"a\"", .memberValue, "one column"),
        ("\"column\":\"miles\"", "\"column\":\"a\",\"credit\":\"a\"", .memberValue, "beside"),
        ("\"sign\":\"stated\"", "\"sign\":\"plus\"", .memberValue, "sign"),
        (
            "\"sign\":\"stated\"",
            "\"sign\":{\"column\":\"s\",\"debit\":[\"S\"],\"credit\":[\"S\"]}",
            .memberValue, "both ways"
        ),
        ("{\"head\":1,\"cell\":2}", "{\"head\":2,\"cell\":2}", .memberValue, "place"),
        ("{\"head\":1,\"cell\":2}", "\"/a\"", .memberValue, "place"),
        ("{\"of\":\"miles\"", "{\"of\":\"ref\"", .memberValue, "control.sums"),
        ("\"amounts\":[", "\"amounts\":[\(third),\(third),", .memberValue, "one or two"),
        ("\"header\":true", "\"header\":false", .memberValue, "no header"),
        ("\"reversals\":\"stated\"", "\"reversals\":\"both\"", .memberValue, "reversals"),
        (
            "\"ok\":\"posted\"", "\"\\u4e2d\":\"posted\"", .memberValue, "cannot write"
        ),
    ]

    static let third = #"{"program":"a/b","column":"c"}"#

    static let text = #"""
        {"format":"kontor-mapping/1","ledger":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",\#
        "partner":"nordwind","version":1,"file":{"type":"csv","encoding":"UTF-8",\#
        "delimiter":";","quote":"\"","header":true,"skip":1,"footer":1},\#
        "numbers":{"decimal":",","thousands":".","sign":"trailing"},\#
        "dates":{"pattern":"DD.MM.YYYY","utcOffsetMinutes":60,"dayOffsetMinutes":60},\#
        "columns":{"transfer":"id","day":"day","status":"st","event":"ev","money":4},\#
        "status":{"ok":"posted"},"events":{"B":"posting"},"reversals":"stated",\#
        "currency":"EUR","amounts":[{"program":"nordwind/miles","scale":0,"column":"miles",\#
        "sign":"stated"}],"control":{"marks":[{"text":"x","at":{"foot":1,"cell":1}}],\#
        "count":{"head":1,"cell":2},"sums":[{"of":"miles","at":{"foot":1,"cell":3}}],\#
        "balances":[{"program":"nordwind/miles","running":"bal"}]}}
        """#

    @Test func writesWhatItReads() throws {
        let mapping = try BookMapping(parsing: Array(Self.text.utf8))
        #expect(String(decoding: mapping.json, as: UTF8.self) == Self.text)
        #expect(mapping.column(.money) == .position(4) && mapping.column(.member) == nil)
    }

    @Test("a fault has its code and names the member", arguments: faults)
    func fault(_ from: String, _ to: String, _ code: FormatError.Code, _ words: String) throws {
        var text = Self.text
        let range = try #require(text.firstRange(of: from), "\(from)")
        text.replaceSubrange(range, with: to)
        if words == "cannot write" { text = text.replacing("UTF-8", with: "ISO-8859-1") }
        do throws(FormatError) {
            _ = try BookMapping(parsing: Array(text.utf8))
            Issue.record("\(to) was read")
        } catch {
            #expect(error.code == code && error.file == "mapping", "\(to): \(error)")
            #expect(error.reason.contains(words), "\(to): \(error)")
        }
    }

    static let pointers = ["a", "/a/~2", "/a~", "/~"]

    @Test("paths are JSON Pointers", arguments: pointers)
    func pointer(_ text: String) {
        var sample = BookSample()
        sample.file = #"{"type":"ndjson"}"#
        sample.columns = "{}"
        sample.amounts = #"[{"program":"a/b","column":"\#(text)"}]"#
        Fixture.expect(.memberValue, nil, nil, text) { () throws(FormatError) in
            _ = try sample.mapping()
        }
    }

    @Test func pointersReachAnything() throws {
        var sample = BookSample()
        sample.file = #"{"type":"ndjson"}"#
        sample.columns = #"{"reference":"/a~1b~0c/1/"}"#
        sample.amounts = #"[{"program":"a/b","column":"/n"}]"#
        let book = try sample.read("{\"n\":1,\"a/b~c\":[0,{\"\":\"yes\"}]}\n")
        #expect(book.table.lines == ["a/b 1 - - - yes||| - posting unstated - - - 1"])
    }

    @Test func onlyTheMappedBankCellsHaveNames() {
        var sample = BookSample()
        sample.file = #"{"type":"camt"}"#
        sample.columns = "{}"
        for (name, isName) in [("Amt", true), ("Ntry/Amt", false), ("EREF", true)] {
            sample.amounts = #"[{"program":"a/b","column":"\#(name)"}]"#
            #expect(((try? sample.mapping()) != nil) == isName, "\(name)")
        }
    }

    // MARK: Signed

    static let signatureCode = FormatError.Code.signature

    struct Signer {
        let ledger = Digest.zero
        let key = PrivateKey.generate(.ed25519)
        let other = PrivateKey.generate(.es256)
    }

    @Test func signed() throws {
        let signer = Signer()
        let mapping = try BookMapping(parsing: Array(Self.text.utf8))
        let text = SignedMapping.make(mapping, with: signer.key)
        let keys = [signer.other.publicKey, signer.key.publicKey]
        let partner = mapping.partner
        let read = try SignedMapping(
            parsing: Array("\n".utf8) + text + Array("\n".utf8),
            ledger: signer.ledger,
            partner: partner,
            keys: keys
        )
        #expect(read.mapping == mapping && read.keyID == signer.key.publicKey.thumbprint)
        #expect(read.digest == DigestBuilder.digest(mapping.json))
        let elsewhere = DigestBuilder.digest([1])
        let stranger = try #require(Slug("hotel"))
        let wrong = JWS(signing: mapping.json, type: JWS.entryType, with: signer.key).compact
        var turned = text
        turned[text.count - 10] ^= 1
        let cases: [([UInt8], Digest, Slug, [PublicKey], FormatError.Code)] = [
            (text, signer.ledger, partner, [signer.other.publicKey], Self.signatureCode),
            (text, signer.ledger, partner, [], Self.signatureCode),
            (wrong, signer.ledger, partner, keys, Self.signatureCode),
            (turned, signer.ledger, partner, keys, Self.signatureCode),
            (mapping.json, signer.ledger, partner, keys, Self.signatureCode),
            (text, elsewhere, partner, keys, .memberValue),
            (text, signer.ledger, stranger, keys, .memberValue),
        ]
        for (text, ledger, partner, keys, code) in cases {
            Fixture.expect(code, nil, nil, "\(code)") { () throws(FormatError) in
                _ = try SignedMapping(parsing: text, ledger: ledger, partner: partner, keys: keys)
            }
        }
    }
}
