/// Why a file of others is refused, or a file for others cannot be written: the part, the place,
/// the reason and the way out.
public struct FormatError: Error, Hashable, Sendable {
    /// What is wrong; the raw value is a stable code.
    public enum Code: String, Hashable, Sendable, CaseIterable {
        /// There is nothing in the file.
        case empty
        /// The file, or a part of it, is larger than what is read.
        case tooLarge
        /// The bytes are in no known encoding.
        case encoding

        /// A wanted column or rate is not there.
        case columnMissing
        /// A column has no known name.
        case columnUnknown
        /// A column stands there twice.
        case columnDuplicate
        /// A row has fewer cells than the header.
        case rowShort
        /// A row has more cells than the header.
        case rowLong
        /// A number is not plain digits with at most one point.
        case number
        /// A rate is zero.
        case rateZero
        /// A rate has more digits than can be kept exactly.
        case rateRange
        /// A date is not written in a known form.
        case date
        /// A day does not lie before the one above it.
        case dateOrder

        /// An archive ends too early.
        case archiveTruncated
        /// An archive contradicts itself or its format.
        case archiveForm
        /// An archive holds more or fewer files than one.
        case archiveCount
        /// An archive is packed in a way that is not read.
        case archiveMethod
        /// A file unpacks to more than is read, or to another size than stated.
        case archiveSize
        /// The packed data cannot be unpacked.
        case archiveData
        /// A file is not the one whose checksum the archive states.
        case archiveChecksum

        /// The text is not well-formed XML.
        case xmlSyntax
        /// Something that XML has and that is not read: a DOCTYPE, a processing instruction.
        case xmlForbidden
        /// More depth, attributes or length than is read.
        case xmlLimit
        /// A reference that is neither one of the five entities nor a character.
        case xmlEntity
        /// A character that XML does not allow.
        case xmlCharacter
        /// An end tag that closes another element.
        case xmlMismatch

        /// An element that must be there is not.
        case elementMissing
        /// An element that has no place there.
        case elementUnexpected
        /// The content of an element or attribute has not its form.
        case elementValue
        /// An amount is not a plain decimal of at most 18 digits.
        case amount
        /// An amount is finer than the currency's smallest coin.
        case amountDigits
        /// A currency is not three capital letters, or another one than is due.
        case currency
        /// A count or sum is not that of the payments.
        case sum

        /// An identifier is empty, too long or used twice.
        case identifier
        /// A text is empty, too long or holds a character that banks do not carry.
        case characters
        /// A payment file has no payment, or more than one file holds.
        case paymentCount

        /// The text is not strict JSON.
        case json
        /// A member that must be there is not.
        case memberMissing
        /// A member that has no place there.
        case memberUnknown
        /// A member stands there twice.
        case memberDuplicate
        /// A member has not the form that it must have.
        case memberValue

        /// A row of a book has no transfer id, so its transfer has no name.
        case rowUnnamed

        /// The other side of an exchange speaks another version of it.
        case exchangeVersion
        /// A line is no message of the exchange.
        case exchangeForm
        /// The other side speaks of another ledger, pair or window.
        case exchangeScope
        /// A message came when it was not due, or asks for what is not there.
        case exchangeOrder
        /// What the other side shows does not hash to what it showed before.
        case exchangeHash
        /// What the other side says contradicts itself or our own books.
        case exchangeContradiction
        /// The other side sends more than an exchange needs.
        case exchangeLimit
        /// The other side gave up and said why.
        case exchangeRefused
        /// The other side says nothing any more.
        case exchangeSilent

        /// A line of a journal is not written in its form.
        case journalForm
        /// A line does not stand behind the line before it, or in another journal.
        case journalChain
        /// A line is not signed by a key that the ledger has for its partner.
        case journalKey
        /// A line is about a break that the journal has not, or has already, or by another id.
        case journalBreak
        /// A line says what may not happen in the state of its break.
        case journalState
        /// A line is signed by the wrong partner, or by a key that has signed already.
        case journalSigner

        /// A quote is not closed, or a text goes on behind its closing quote.
        case quote
        /// The footer is not there, or is not the one that is due.
        case footerMissing
        /// A text that tells whose file it is, or a figure around the rows, is not there.
        case markMismatch
        /// A document is not signed by a key that may sign it.
        case signature
    }

    /// The part of the input: `csv`, `zip`, `xml`, `camt`, `payment`, `statement`, `mapping`,
    /// `history`, `sample`; or the name of a file of books.
    public let file: String
    /// The line from 1; 0 for the file as a whole.
    ///
    /// For values that stand in no file, the number of
    /// the value from 1.
    public let line: Int
    /// The character of the line from 1; 0 for the line as a whole.
    public let column: Int
    /// What is wrong.
    public let code: Code
    /// Why it is wrong, with the names and figures at fault.
    public let reason: String
    /// What to do about it.
    public let wayOut: String

    /// An error at a line and column of a part.
    public init(
        _ code: Code,
        in file: String,
        line: Int = 0,
        column: Int = 0,
        _ reason: String,
        wayOut: String
    ) {
        self.file = file
        self.line = line
        self.column = column
        self.code = code
        self.reason = reason
        self.wayOut = wayOut
    }
}

extension FormatError: CustomStringConvertible {
    /// Place, code, reason and way out in one line.
    public var description: String {
        var place = file
        if line > 0 { place += ":\(line)" }
        if column > 0 { place += ":\(column)" }
        return "\(place): \(code.rawValue): \(reason); \(wayOut)"
    }
}
