import Formats
import Testing

/// The strict reader of XML, and the writer.
@Suite struct XMLTests {
    static let faults: [FaultCase] = [
        FaultCase("", .empty),
        FaultCase("  \n", .empty),
        FaultCase("a", .xmlSyntax, 1, 2),
        FaultCase("<a>", .xmlSyntax, 1, 4),
        FaultCase("<a", .xmlSyntax),
        FaultCase("<a></b>", .xmlMismatch, 1, 4),
        FaultCase("<a>\n <b></a>", .xmlMismatch, 2, 5),
        FaultCase("</a>", .xmlMismatch, 1, 1),
        FaultCase("<a/><b/>", .xmlSyntax, 1, 5),
        FaultCase("<a/>b", .xmlSyntax),
        FaultCase("<a b=1/>", .xmlSyntax, 1, 6),
        FaultCase("<a b/>", .xmlSyntax, 1, 5),
        FaultCase("<a b='1' b='2'/>", .xmlSyntax, 1, 10),
        FaultCase("<a b='1'c='2'/>", .xmlSyntax, 1, 9),
        FaultCase("<a b='<'/>", .xmlSyntax, 1, 7),
        FaultCase("<a b='1/>", .xmlSyntax, 1, 6),
        FaultCase("<a>]]></a>", .xmlSyntax, 1, 4),
        FaultCase("<a><!-- -- --></a>", .xmlSyntax, 1, 9),
        FaultCase("<a><!-- </a>", .xmlSyntax, 1, 4),
        FaultCase("<a><![CDATA[ </a>", .xmlSyntax, 1, 4),
        FaultCase("<![CDATA[a]]>", .xmlSyntax, 1, 1),
        FaultCase("<x:a/>", .xmlSyntax, 1, 1),
        FaultCase("<a x:b='1'/>", .xmlSyntax, 1, 1),
        FaultCase("<a><x:b xmlns:x='u'/><x:c/></a>", .xmlSyntax, 1, 22),
        FaultCase("<1a/>", .xmlSyntax, 1, 2),
        FaultCase("<a:b:c/>", .xmlSyntax),
        FaultCase("<\u{e9}/>", .xmlSyntax, 1, 2),
        FaultCase("< a/>", .xmlSyntax, 1, 2),
        FaultCase("<?xml version='1.1'?><a/>", .xmlSyntax, 1, 1),
        FaultCase("<?xml encoding='UTF-8'?><a/>", .xmlSyntax, 1, 1),
        FaultCase(" <?xml version='1.0'?><a/>", .xmlForbidden, 1, 2),
        FaultCase("<!DOCTYPE a><a/>", .xmlForbidden, 1, 1),
        FaultCase("<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///c'>]><a>&b;</a>", .xmlForbidden, 1, 1),
        FaultCase("<a><?php ?></a>", .xmlForbidden, 1, 4),
        FaultCase("<a>&b;</a>", .xmlEntity, 1, 4),
        FaultCase("<a>&amp</a>", .xmlEntity, 1, 4),
        FaultCase("<a>&</a>", .xmlEntity, 1, 4),
        FaultCase("<a>&#;</a>", .xmlEntity, 1, 4),
        FaultCase("<a>&#x;</a>", .xmlEntity, 1, 4),
        FaultCase("<a>&#12345678901;</a>", .xmlEntity, 1, 4),
        FaultCase("<a>&#0;</a>", .xmlCharacter, 1, 4),
        FaultCase("<a>&#xD800;</a>", .xmlCharacter, 1, 4),
        FaultCase("<a>&#x110000;</a>", .xmlCharacter, 1, 4),
        FaultCase("<a>\u{1}</a>", .xmlCharacter, 1, 4),
        FaultCase("<a>\u{ffff}</a>", .xmlCharacter, 1, 4),
        FaultCase("<?xml version='1.0' encoding='windows-1252'?><a/>", .encoding, 1, 1),
        FaultCase(String(repeating: "<a>", count: 65), .xmlLimit),
        FaultCase("<\(String(repeating: "a", count: 257))/>", .xmlLimit, 1, 2),
        FaultCase("<a \((0...64).map { "b\($0)=''" }.joined(separator: " "))/>", .xmlLimit),
        FaultCase("<a>\(String(repeating: "b", count: 1_048_577))</a>", .xmlLimit),
        FaultCase("<a b='\(String(repeating: "b", count: 1_048_577))'/>", .xmlLimit),
    ]

    @Test("a fault has its code and place", arguments: faults)
    func fault(_ item: FaultCase) {
        Fixture.expect(item.code, item.line, item.column, item.text) { () throws(FormatError) in
            var reader = try XMLReader(Array(item.text.utf8))
            while try reader.next() != nil {}
        }
    }

    @Test func texts() throws {
        let table: [(String, String)] = [
            ("<a/>", "<a></a>"),
            ("\u{feff}<a />\n<!-- end -->", "<a></a>"),
            ("<?xml version=\"1.0\" encoding=\"utf-8\" standalone='no' ?>\n<a></a >", "<a></a>"),
            ("<a>b<!-- - -->c<![CDATA[<d>&amp;]]>]]</a>", "<a>bc<d>&amp;]]</a>"),
            ("<a>&lt;&gt;&amp;&quot;&apos;&#65;&#x1F600;&#10;</a>", "<a><>&\"'A\u{1f600}\n</a>"),
            ("<a>b\r\nc\rd</a>", "<a>b\nc\nd</a>"),
            ("<a b = '1\n2' c=\"'&quot;&#9;\"/>", "<a b=1 2 c='\"\t></a>"),
            ("<x:a xmlns:x='u' xmlns='v' x:b='1'><c/></x:a>", "<{u}a b=1><{v}c></c></a>"),
            ("<a xmlns='u'><b xmlns=''/></a>", "<{u}a><b></b></a>"),
            ("<a xml:lang='en'/>", "<a lang=en></a>"),
        ]
        for (text, expected) in table {
            #expect(try Self.walk(Array(text.utf8)) == expected, "\(text)")
        }
    }

    @Test func latinIsConverted() throws {
        let head = Array("<?xml version='1.0' encoding='ISO-8859-1'?>\n<a>M".utf8)
        #expect(try Self.walk(head + [0xfc] + Array("ller</a>".utf8)) == "<a>M\u{fc}ller</a>")
        Fixture.expect(.encoding, 1, 5, "not UTF-8") { () throws(FormatError) in
            _ = try XMLReader(Array("<a>M".utf8) + [0xfc] + Array("ller</a>".utf8))
        }
        Fixture.expect(.encoding, 1, 1, "UTF-16") { () throws(FormatError) in
            _ = try XMLReader([0xff, 0xfe, 0x3c, 0x00])
        }
        // The character before a fault counts as one, whatever its bytes.
        Fixture.expect(.xmlEntity, 2, 6, "column") { () throws(FormatError) in
            var reader = try XMLReader(head + [0xfc] + Array("&b;</a>".utf8))
            while try reader.next() != nil {}
        }
    }

    @Test func whatIsWrittenIsRead() throws {
        var writer = XMLWriter()
        let text = "<&>\"'\t\n\r \u{1f600}]]>"
        writer.open("a", [("b", text)])
        writer.element("c", text, [("d", "")])
        writer.group("e") { $0.element("f", "") }
        writer.close()
        writer.close()
        let walked = try Self.walk(writer.bytes.filter { $0 != 0x0a && $0 != 0x0d })
        #expect(walked.contains("<c d=>\(text)</c>") && walked.contains("<a b=\(text)>"))
        #expect(walked.contains("<f></f>"))
    }

    private static func walk(_ bytes: [UInt8]) throws(FormatError) -> String {
        var reader = try XMLReader(bytes)
        var text = ""
        while let event = try reader.next() {
            switch event {
            case .start(let tag):
                let space = tag.namespace.isEmpty ? "" : "{\(tag.namespace)}"
                let attributes = tag.attributes.map { " \($0.name)=\($0.value)" }.joined()
                text += "<\(space)\(tag.name)\(attributes)>"
            case .text(let piece): text += piece
            case .end(let name): text += "</\(name)>"
            }
        }
        return text
    }
}
