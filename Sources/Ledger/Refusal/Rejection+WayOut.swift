extension Rejection {
    /// What the sender can do about it, one sentence.
    public var wayOut: String {
        switch self {
        case .entryTooLong: "Send fewer items at once."
        case .malformedJWS: "Send a compact JWS as spec/03 §4 describes it."
        case .malformedJSON: "Write the payload as strict I-JSON (spec/02 §2)."
        case .unknownMember, .missingMember, .wrongType, .invalidValue:
            "Compare the payload with the table of its kind in the spec."
        case .duplicateMember: "State each member once."
        case .unsupportedRules: "Use software that knows this rule set."
        case .unknownKind: "Use a kind of spec/11 §1."
        case .wrongLedger: "Sign for this ledger: its id is the leaf hash of its genesis entry."
        case .idWindow: "Make a new id now, and sign again."
        case .idReused:
            "Make a new id for a new submission; ask for the receipt of the old one by its id."
        case .unknownKey: "Register the key first, or name the right one in kid."
        case .keyNotYetValid: "Wait until the key holds."
        case .keyRevoked: "Sign with a key that holds."
        case .wrongKeyUse: "Sign with a key registered for this use."
        case .wrongSigner: "Have the right party sign (spec/11 §1)."
        case .signerNotActive: "Wait until the signer is admitted."
        case .badPossessionProof: "Sign the proof with the new key itself (spec/03 §6)."
        case .genesisExists, .genesisMissing: "A ledger has exactly one genesis, at index 0."
        case .nameTaken: "Choose another slug."
        case .keyTaken: "Make a new key; a key enters a ledger once ever."
        case .unknownSubject: "Check the slug."
        case .wrongState: "Look up the state of what the entry is about."
        case .lastOfKind: "Add another one first."
        case .unknownPending: "Approve a pending act within seven days, once."
        case .selfApproval: "Have another operator approve."
        case .timeRange: "State a time in the allowed range."
        case .unknownProgram: "Define the program first."
        case .programClosed: "Use an open program."
        case .unknownCurrency: "Use a settlement currency of the genesis entry."
        case .coverExceeded: "Release or draw at most the cover."
        case .unknownAgreement: "Check the terms hash."
        case .notAParty: "Have a party of the agreement sign."
        case .termsContradict: "Mend the terms and sign them again."
        case .alreadySigned: "Nothing needs to be done."
        case .acceptanceTooLate: "Propose the terms again."
        case .supersession: "Supersede the version that is bound now, between the same sides."
        case .priceDenominator: "Use prices whose denominators have a small common multiple."
        case .noticePeriod: "Terminate with the notice that was agreed."
        case .agreementNotBound: "Wait for every party's acceptance."
        case .agreementNotYetValid: "Transfer from validFrom on."
        case .agreementNoLongerValid: "Use the version that holds now."
        case .unknownChannel: "Name a channel of the terms, exactly if they have some."
        case .rateNotFixed: "Use an agreement with a fixed rate."
        case .partnerSuspended: "Settle with the operator first."
        case .tooManyItems: "Split the items over several entries."
        case .unknownMemberReference: "Open the member with both partners' signatures first."
        case .memberClosed: "Open a new pseudonym."
        case .notEligible, .lotNotEligible:
            "State the facts that the terms require, if they are true."
        case .referenceMissing: "Give every item a ref."
        case .referenceReused: "Give every item its own ref."
        case .counterMissing: "Give the member's token of that group."
        case .unknownCounter: "Name only groups of the terms, each once."
        case .amountRange: "Use amounts from 1 to 9007199254740991."
        case .belowMinimum, .offIncrement, .belowOneUnit, .inexactAmount:
            "Ask for a quote, and use an amount that the terms allow."
        case .wrongDebit, .wrongCredit, .wrongBonus: "State what a quote says."
        case .capExceeded: "Transfer less, or in the next period."
        case .creditLine, .netDebitCap: "Wait for a settlement, or agree on more."
        case .coverInsufficient: "Post more cover."
        case .positionRange: "Settle first; positions stay below 2^60 minor units."
        case .unknownHold: "Name an item of a hold by entry index and item number."
        case .holdReleased: "The hold expired, was voided or was committed; transfer again."
        case .unknownTransfer: "Name a posted item by entry index and item number."
        case .reversalTooLate: "Agree on an adjustment instead."
        case .reversalAmount: "State the differences that a recomputation gives."
        case .partialReversal: "Reverse the whole item."
        default: settlementWayOut
        }
    }

    /// The sentences of rule sets 2 and 3 (spec/20 §13, spec/29 §6).
    private var settlementWayOut: String {
        switch self {
        case .unknownSettlement: "Name a closed window, or a settlement that was calculated."
        case .windowOrder: "Take the windows of a calendar one after the other, each once."
        case .nothingToSettle: "Go on: without debts and carries the window counts as settled."
        case .settlementMismatch: "State what a rehearsal gives (spec/20 §6, §9)."
        case .objectionTime: "Wait for the end of objections, or for all confirmations."
        case .unknownPayment: "Name a leg of this settlement that can be paid now."
        case .paymentAmount: "State what is open, or less where a part may be paid."
        case .paymentDue: "Wait for the payments, or open a claim after the deadline."
        case .wrongAccount: "Pay to the payee's account in force, and name its commitment."
        case .rateStale: "Name the fixing that holds for the agreement, and its rates."
        case .certificateMismatch:
            "Reconcile the two books until they agree, and certify your own file (spec/29 §2)."
        case .unknownDispute:
            "Name a dispute of yours, under this agreement, by the entry that opened it."
        default: "State the fixing that a recomputation gives (spec/24 §4)."
        }
    }
}
