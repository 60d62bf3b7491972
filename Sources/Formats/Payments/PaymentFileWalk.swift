internal import Money
internal import Signing

/// The walk of a check over the elements of a payment file.
struct PaymentFileWalk {
    let reader: XMLReader
    let elements: [PaymentElement]

    /// Compares an element, and all in it, with the list.
    func check(_ node: XMLNode, path: [String]) throws(FormatError) {
        guard let element = elements.first(where: { $0.path == path }) else {
            throw fault(.elementUnexpected, "\(node.name) has no place here", node)
        }
        switch element.content {
        case .group, .choice:
            guard node.text.isEmpty else {
                throw fault(.elementValue, "\(node.name) holds text between its elements", node)
            }
            if case .choice = element.content, node.children.count != 1 {
                throw fault(.elementMissing, "\(node.name) holds exactly one element", node)
            }
            try checkChildren(of: node, path: path)
        default:
            guard node.children.isEmpty else {
                throw fault(.elementUnexpected, "\(node.name) holds no elements", node)
            }
            if let reason = Self.valueFault(of: node, element.content) {
                throw fault(.elementValue, "\(node.name): \(reason)", node)
            }
        }
        if element.content != .amount, !node.attributes.isEmpty {
            throw fault(.elementUnexpected, "\(node.name) has an attribute", node)
        }
    }

    private func checkChildren(of node: XMLNode, path: [String]) throws(FormatError) {
        let due = elements.filter { $0.path.count == path.count + 1 && $0.path.starts(with: path) }
        var rest = node.children[...]
        for element in due {
            let name = element.path[path.count]
            var count = 0
            while let child = rest.first, child.name == name {
                count += 1
                if let most = element.most, count > most {
                    throw fault(.elementUnexpected, "\(name) stands there twice", child)
                }
                try check(child, path: element.path)
                rest.removeFirst()
            }
            guard count >= element.least else {
                throw fault(.elementMissing, "\(name) is due in \(node.name)", rest.first ?? node)
            }
        }
        if let child = rest.first {
            throw fault(.elementUnexpected, "\(child.name) has no place here", child)
        }
    }

    /// Why a content has not its form, or nil.
    private static func valueFault(
        of node: XMLNode,
        _ content: PaymentElement.Content
    ) -> String? {
        let text = node.text
        switch content {
        case .group, .choice: return nil
        case .identifier(let limit): return BankText.identifierFault(of: text, limit: limit)?.reason
        case .text(let limit): return BankText.fault(of: text, limit: limit)?.reason
        case .code(let codes):
            return codes.contains { $0.hasSameBytes(as: text) }
                ? nil : "it is none of \(codes.joined(separator: ", "))"
        case .count:
            let isCount = (1...15).contains(text.utf8.count) && PlainDecimal(text.utf8)?.places == 0
            return isCount ? nil : "it is no whole number"
        case .sum: return decimal(text) == nil ? "it is no decimal of at most 18 digits" : nil
        case .amount: return amountFault(of: node)
        case .date: return CivilDate(text) == nil ? "it is no day like 2026-11-22" : nil
        case .moment:
            let isMoment = text.utf8.count == 20 && Timestamp("\(text.dropLast()).000Z") != nil
            return isMoment && text.hasSuffix("Z") ? nil : "it is no time like 2026-11-22T10:15:30Z"
        case .iban: return IBAN(text) == nil ? "its form or check digits are wrong" : nil
        case .bic: return BIC(text) == nil ? "it has not the form of a BIC" : nil
        }
    }

    private static func amountFault(of node: XMLNode) -> String? {
        guard node.attributes.count == 1, let code = node.attribute("Ccy"),
            let currency = Currency(code)
        else { return "it has no currency in Ccy" }
        guard let decimal = decimal(node.text), decimal.digits > 0,
            decimal.places == currency.scale
        else { return "it is no positive amount with \(currency.scale) places" }
        return nil
    }

    private static func decimal(_ text: String) -> PlainDecimal? {
        guard text.utf8.count <= FormatLimits.amountDigitCount + 1 else { return nil }
        return PlainDecimal(text.utf8)
    }

    func fault(_ code: FormatError.Code, _ reason: String, _ node: XMLNode) -> FormatError {
        reader.fault(
            code,
            reason,
            wayOut: "compare the file with the list of spec/22 §3",
            at: node.offset
        )
    }
}
