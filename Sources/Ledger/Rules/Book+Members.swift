internal import Money
internal import Signing

/// Pairwise pseudonyms: opened by both partners, closed by either (requirement P-02, spec/08 §6).
extension Book {
    mutating func openMembers(
        _ with: String,
        _ list: [UInt128],
        _ submission: SignedStatement,
        at position: Position
    ) throws(Fault) {
        let signer = submission.statement.signer
        let pair = try pair(signer, with)
        members.table.approach(list.map { MemberRecord($0, pair: pair) })
        for (index, member) in list.enumerated() where members.state(of: member, pair: pair) != nil
        {
            throw Fault(.nameTaken, at: "members[\(index)]", "this pair had this pseudonym before")
        }
        if signer == with {
            for member in list { members.set(member, pair: pair, to: .open) }
            return
        }
        let digest = submission.payloadDigest
        guard !registry.memberProposals.contains(where: { $0.digest == digest }) else {
            throw Fault(.alreadySigned, at: "members", "this very proposal waits already")
        }
        registry.memberProposals.append(
            MemberProposal(
                digest: digest,
                entry: position.index,
                proposer: signer,
                with: with,
                members: list,
                lapses: position.time.advanced(byMilliseconds: Limits.pendingMilliseconds)
            )
        )
    }

    mutating func acceptMembers(
        _ digest: Digest,
        signer: String,
        at position: Position
    ) throws(Fault) {
        guard let place = registry.memberProposals.firstIndex(where: { $0.digest == digest }) else {
            throw Fault(.unknownPending, at: "accepts", "no proposal of members has this digest")
        }
        let proposal = registry.memberProposals[place]
        guard proposal.lapses > position.time else {
            throw Fault(.unknownPending, at: "accepts", "the proposal lapsed at \(proposal.lapses)")
        }
        guard proposal.with == signer else {
            throw Fault(.wrongSigner, at: "partner", "\(proposal.with) accepts this proposal")
        }
        let pair = try pair(proposal.proposer, proposal.with)
        members.table.approach(proposal.members.map { MemberRecord($0, pair: pair) })
        for (index, member) in proposal.members.enumerated()
        where members.state(of: member, pair: pair) != nil {
            throw Fault(.nameTaken, at: "members[\(index)]", "this pair had this pseudonym before")
        }
        for member in proposal.members { members.set(member, pair: pair, to: .open) }
        registry.memberProposals.remove(at: place)
        if let proposer = registry.partner(proposal.proposer)?.place {
            acceptances.note(digest, proposer: proposer)
        }
    }

    mutating func closeMembers(_ with: String, _ list: [UInt128], signer: String) throws(Fault) {
        let pair = try pair(signer, with)
        for (index, member) in list.enumerated()
        where members.state(of: member, pair: pair) != .open {
            throw Fault(
                .unknownMemberReference,
                at: "members[\(index)]",
                "this pair has no such open pseudonym"
            )
        }
        for member in list { members.set(member, pair: pair, to: .closed) }
    }

    private func pair(_ signer: String, _ with: String) throws(Fault) -> UInt32 {
        guard let left = registry.partner(signer)?.place, let right = registry.partner(with)?.place
        else {
            throw Fault(.unknownSubject, at: "with", "there is no partner \(with)")
        }
        return MemberRegister.pair(left, right)
    }
}
