/// Every reason for which a submission is refused, in the order in which reasons are looked for
/// (spec/13).
///
/// The raw value is the stable code. What concerns one entry alone comes before what needs the
/// registry, that before agreements, conversion, counters and limits. The guards themselves stand
/// in the order of spec/13 §2, which names the one fault of an item where several apply.
public enum Rejection: String, Sendable, Hashable, CaseIterable, Comparable {
    // The submission
    case entryTooLong = "EntryTooLong"
    case malformedJWS = "MalformedJWS"
    case malformedJSON = "MalformedJSON"
    case unknownMember = "UnknownMember"
    case duplicateMember = "DuplicateMember"
    case missingMember = "MissingMember"
    case wrongType = "WrongType"
    case invalidValue = "InvalidValue"
    case unsupportedRules = "UnsupportedRules"
    case unknownKind = "UnknownKind"
    case wrongLedger = "WrongLedger"
    case idWindow = "IdWindow"
    case idReused = "IdReused"
    // The signer
    case unknownKey = "UnknownKey"
    case keyNotYetValid = "KeyNotYetValid"
    case keyRevoked = "KeyRevoked"
    case wrongKeyUse = "WrongKeyUse"
    case wrongSigner = "WrongSigner"
    case signerNotActive = "SignerNotActive"
    case badPossessionProof = "BadPossessionProof"
    // The registry
    case genesisExists = "GenesisExists"
    case genesisMissing = "GenesisMissing"
    case nameTaken = "NameTaken"
    case keyTaken = "KeyTaken"
    case unknownSubject = "UnknownSubject"
    case wrongState = "WrongState"
    case lastOfKind = "LastOfKind"
    case unknownPending = "UnknownPending"
    case selfApproval = "SelfApproval"
    case timeRange = "TimeRange"
    // Programs, members, money
    case unknownProgram = "UnknownProgram"
    case programClosed = "ProgramClosed"
    case unknownCurrency = "UnknownCurrency"
    case coverExceeded = "CoverExceeded"
    // Agreements
    case unknownAgreement = "UnknownAgreement"
    case notAParty = "NotAParty"
    case termsContradict = "TermsContradict"
    case alreadySigned = "AlreadySigned"
    case acceptanceTooLate = "AcceptanceTooLate"
    case supersession = "Supersession"
    case priceDenominator = "PriceDenominator"
    case noticePeriod = "NoticePeriod"
    // Transfers
    case agreementNotBound = "AgreementNotBound"
    case agreementNotYetValid = "AgreementNotYetValid"
    case agreementNoLongerValid = "AgreementNoLongerValid"
    case unknownChannel = "UnknownChannel"
    case rateNotFixed = "RateNotFixed"
    case partnerSuspended = "PartnerSuspended"
    case tooManyItems = "TooManyItems"
    case unknownMemberReference = "UnknownMemberReference"
    case memberClosed = "MemberClosed"
    case notEligible = "NotEligible"
    case lotNotEligible = "LotNotEligible"
    case referenceMissing = "ReferenceMissing"
    case referenceReused = "ReferenceReused"
    case counterMissing = "CounterMissing"
    case unknownCounter = "UnknownCounter"
    // Conversion
    case amountRange = "AmountRange"
    case belowMinimum = "BelowMinimum"
    case offIncrement = "OffIncrement"
    case belowOneUnit = "BelowOneUnit"
    case inexactAmount = "InexactAmount"
    case wrongDebit = "WrongDebit"
    case wrongCredit = "WrongCredit"
    case wrongBonus = "WrongBonus"
    // Caps and limits
    case capExceeded = "CapExceeded"
    case creditLine = "CreditLine"
    case netDebitCap = "NetDebitCap"
    case coverInsufficient = "CoverInsufficient"
    case positionRange = "PositionRange"
    // Later life of a transfer
    case unknownHold = "UnknownHold"
    case holdReleased = "HoldReleased"
    case unknownTransfer = "UnknownTransfer"
    case reversalTooLate = "ReversalTooLate"
    case reversalAmount = "ReversalAmount"
    case partialReversal = "PartialReversal"
    // Settlement and fixing (rule set 2)
    case unknownSettlement = "UnknownSettlement"
    case windowOrder = "WindowOrder"
    case nothingToSettle = "NothingToSettle"
    case settlementMismatch = "SettlementMismatch"
    case objectionTime = "ObjectionTime"
    case unknownPayment = "UnknownPayment"
    case paymentAmount = "PaymentAmount"
    case paymentDue = "PaymentDue"
    case wrongAccount = "WrongAccount"
    case rateStale = "RateStale"
    case fixingMismatch = "FixingMismatch"
    // Reconciliation (rule set 3)
    case certificateMismatch = "CertificateMismatch"
    case unknownDispute = "UnknownDispute"

    /// Orders rejections by precedence.
    public static func < (left: Rejection, right: Rejection) -> Bool {
        left.precedence < right.precedence
    }

    /// The place in the order of precedence, from 0.
    public var precedence: Int { Self.order[rawValue] ?? Self.order.count }

    private static let order = Dictionary(
        uniqueKeysWithValues: allCases.enumerated().map { ($0.element.rawValue, $0.offset) }
    )
}
