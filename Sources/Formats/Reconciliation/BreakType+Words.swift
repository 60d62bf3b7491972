public import Settlement

/// Words for people, in the order of a sentence.
extension BreakType {
    /// What it is called, as a heading.
    public var title: String {
        switch self {
        case .missingAtPartner: "Missing at the partner"
        case .missingInLedger: "Missing in the ledger"
        case .amount: "Amount"
        case .unit: "Program or currency"
        case .rate: "Rate"
        case .fee: "Fee"
        case .date: "Date or window"
        case .duplicate: "Duplicate"
        case .reversedOneSide: "Reversed on one side"
        case .status: "Status"
        case .memberNotLinked: "Member not linked"
        case .ambiguous: "Ambiguous"
        case .unparsable: "Unreadable"
        case .balanceRoll: "Balance or control total"
        case .lateAfterCut: "Late, after the cut"
        case .unpaid: "Unpaid"
        case .short: "Paid short"
        case .over: "Paid over"
        case .twice: "Paid twice"
        case .wrongAccount: "Wrong account"
        case .bankCharge: "Bank charge"
        case .unexpected: "Unexpected money"
        }
    }
}

extension BreakCause {
    /// What it is called, within a line.
    public var title: String {
        switch self {
        case .unknown: "no cause found"
        case .bonusMissing: "bonus missing"
        case .bonusTwice: "bonus counted twice"
        case .oldRate: "earlier rate used"
        case .rounding: "rounding"
        case .cutOff: "cut-off"
        case .sign: "sign turned"
        case .scale: "decimal point moved"
        case .transposedDigits: "two digits swapped"
        case .feeOmitted: "fee left out"
        case .feeDoubled: "fee doubled"
        case .feeInUnits: "fee taken from the units"
        case .feeNetted: "fee netted"
        case .duplicatePosting: "booked again"
        case .reversalMissing: "reversal not booked"
        case .pending: "still waiting on one side"
        case .voided: "called off on one side"
        case .memberUnknown: "member unknown"
        case .otherMember: "other member"
        case .otherProgram: "other program"
        case .otherCurrency: "other currency"
        case .equalRows: "equal rows"
        case .unreadable: "line unreadable"
        case .controlTotal: "total does not add up"
        case .statementMissing: "statement missing"
        case .fileTwice: "read before"
        case .charge: "charge of a bank"
        case .late: "after the deadline"
        }
    }
}

extension MatchPass {
    /// What it rests on.
    public var title: String {
        switch self {
        case .transferName: "transfer named"
        case .bothReferences: "both references"
        case .oneReference: "one reference"
        case .member: "member and amount"
        case .sum: "sum of several"
        case .text: "similar text"
        }
    }
}

extension AgeBucket {
    /// How many days old, with a dash for people.
    public var title: String {
        switch self {
        case .upTo1: "0–1"
        case .upTo3: "2–3"
        case .upTo7: "4–7"
        case .upTo30: "8–30"
        case .over30: "> 30"
        }
    }
}
