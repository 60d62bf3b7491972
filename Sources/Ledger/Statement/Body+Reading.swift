internal import Money
internal import Signing

extension Body {
    init(kind: Kind, members: inout Members) throws(Fault) {
        switch kind {
        case .genesis, .rulesActivate, .operatorAdd, .operatorRemove, .operatorApprove,
            .auditorAdmit,
            .auditorRemove, .logKeyAdd, .logKeyRevoke, .calendarPublish, .networkPolicy:
            self = try Self.readNetwork(kind, &members)
        case .partnerInvite, .partnerApply, .partnerAdmit, .partnerSuspend, .partnerReinstate,
            .partnerClose,
            .partnerRekey, .partnerAccount, .keyAdd, .keyRevoke, .programDefine, .programAmend,
            .ratesPublish:
            self = try Self.readPartner(kind, &members)
        case _ where kind.rules > 2:
            self = try Self.readReconciliation(kind, &members)
        case _ where kind.rules > 1:
            self = try Self.readSettlement(kind, &members)
        default:
            self = try Self.readBusiness(kind, &members)
        }
    }

    private static func readNetwork(_ kind: Kind, _ members: inout Members) throws(Fault) -> Body {
        func subject() throws(Fault) -> String { try members.required("subject", Read.slug) }
        switch kind {
        case .genesis: return .genesis(try Genesis(members: &members))
        case .rulesActivate:
            return .rulesActivate(
                rules: try members.required("rules", Read.integer(1...1_000_000)),
                from: UInt64(try members.required("from", Read.units()))
            )
        case .operatorAdd: return .operatorAdd(subject: try subject(), keys: try readKeys(&members))
        case .operatorRemove: return .operatorRemove(subject: try subject())
        case .auditorAdmit:
            return .auditorAdmit(subject: try subject(), keys: try readKeys(&members))
        case .auditorRemove: return .auditorRemove(subject: try subject())
        case .operatorApprove: return .operatorApprove(entry: try readEntry(&members))
        case .logKeyAdd: return .logKeyAdd(vkey: try members.required("vkey", Read.string))
        case .logKeyRevoke: return .logKeyRevoke(vkey: try members.required("vkey", Read.string))
        case .calendarPublish: return .calendarPublish(try CalendarPublication(members: &members))
        default: return .networkPolicy(try NetworkPolicy(members: &members))
        }
    }

    private static func readPartner(_ kind: Kind, _ members: inout Members) throws(Fault) -> Body {
        func subject() throws(Fault) -> String { try members.required("subject", Read.slug) }
        switch kind {
        case .partnerInvite:
            return .partnerInvite(
                subject: try subject(),
                thumbprint: try members.required("thumbprint", Read.digest)
            )
        case .partnerApply:
            return .partnerApply(
                region: try members.required("region", Read.country),
                keys: try readKeys(&members)
            )
        case .partnerAdmit: return .partnerAdmit(subject: try subject())
        case .partnerSuspend:
            return .partnerSuspend(
                subject: try subject(),
                reason: try members.required("reason", Read.choice(SuspensionReason.self))
            )
        case .partnerReinstate: return .partnerReinstate(subject: try subject())
        case .partnerClose: return .partnerClose(subject: try subject())
        case .partnerRekey:
            return .partnerRekey(subject: try subject(), keys: try readKeys(&members))
        case .partnerAccount:
            return .partnerAccount(
                currency: try members.required("currency", Read.currency),
                commitment: try members.required("commitment", Read.digest)
            )
        case .keyAdd: return .keyAdd(try members.required("add", OfferedKey.init(reading:)))
        case .keyRevoke:
            return .keyRevoke(thumbprint: try members.required("thumbprint", Read.digest))
        case .programDefine:
            return .programDefine(
                program: try members.required("program", Read.programID),
                scale: try members.required("scale", Read.integer(0...6))
            )
        case .programAmend:
            return .programAmend(
                program: try members.required("program", Read.programID),
                status: try members.required("status", Read.choice(ProgramStatus.self))
            )
        default: return .ratesPublish(try PublishedRate(members: &members))
        }
    }

    private static func readBusiness(_ kind: Kind, _ members: inout Members) throws(Fault) -> Body {
        switch kind {
        case .agreementPropose:
            return .agreementPropose(
                acceptBy: try members.required("acceptBy", Read.time),
                supersedes: try members.optional("supersedes", Read.digest),
                terms: try members.required("terms", Terms.init)
            )
        case .agreementAccept:
            return .agreementAccept(agreement: try members.required("agreement", Read.digest))
        case .agreementTerminate:
            return .agreementTerminate(
                agreement: try members.required("agreement", Read.digest),
                from: try members.required("from", Read.time)
            )
        case .memberOpen:
            if let accepts = try members.optional("accepts", Read.digest) {
                return .memberOpenAcceptance(accepts: accepts)
            }
            return .memberOpen(
                with: try members.required("with", Read.slug),
                members: try readMembers(&members)
            )
        case .memberClose:
            return .memberClose(
                with: try members.required("with", Read.slug),
                members: try readMembers(&members)
            )
        case .transfersCommit:
            return .transfersCommit(
                entry: try readEntry(&members),
                items: try readItems(&members, by: \.item, CommitItem.init)
            )
        case .transfersVoid:
            let read = Read.integer(0...199)
            return .transfersVoid(
                entry: try readEntry(&members),
                items: try readItems(&members, by: \.self) { (value) throws(Fault) in
                    Int(try read(value))
                }
            )
        case .transfersReverse:
            return .transfersReverse(
                entry: try readEntry(&members),
                items: try readItems(&members, by: \.item, ReverseItem.init)
            )
        case .limitSet:
            return .limitSet(
                subject: try members.required("subject", Read.slug),
                currency: try members.required("currency", Read.currency),
                netDebitCap: try members.optional("netDebitCap", Read.units()),
                coverPercent: try members.optional("coverPercent", Read.integer(1...100_000))
            )
        case .coverPost: return .coverPost(try CoverMove(members: &members))
        case .coverDraw: return .coverDraw(try CoverMove(members: &members))
        case .coverRelease: return .coverRelease(try CoverMove(members: &members))
        default: return .adjustmentPost(try Adjustment(members: &members))
        }
    }

    private static func readKeys(_ members: inout Members) throws(Fault) -> [OfferedKey] {
        let keys = try members.required("keys", Members.list(1...8, OfferedKey.init(reading:)))
        try Read.distinctUnder("keys", keys, by: \.key)
        return keys
    }

    private static func readEntry(_ members: inout Members) throws(Fault) -> UInt64 {
        UInt64(try members.required("entry", Read.units()))
    }

    private static func readMembers(_ members: inout Members) throws(Fault) -> [UInt128] {
        let list = try members.required(
            "members",
            Members.list(1...Limits.membersPerEntry, Read.identifier)
        )
        try Read.distinctUnder("members", list, by: \.self)
        return list
    }

    private static func readItems<T, Key: Hashable>(
        _ members: inout Members,
        by key: (T) -> Key,
        _ read: @escaping (JSONValue) throws(Fault) -> T
    ) throws(Fault) -> [T] {
        let items = try members.required("items", Members.list(1...Limits.itemsPerEntry, read))
        try Read.distinctUnder("items", items, by: key)
        return items
    }
}
