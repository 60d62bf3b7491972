internal import ArgumentParser

/// `kontor reconcile journal`: what two partners do about their breaks, signed line by line.
struct JournalCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "journal",
        abstract: "Keep account, with another partner, of what is done about breaks.",
        discussion: """
            A journal is one file that both partners have. Each line is signed and stands behind \
            the one before; a line that was changed, left out or put in is found. Send the file to \
            the other partner after you appended to it. Texts stand in it alone, never in the \
            ledger.

            Example: kontor reconcile journal begin --journal cafe-air.journal --data ledger \
            --partner cafe --with air --four-eyes EUR=100000 --sign-key cafe.jwk
            Example: kontor reconcile journal show --journal cafe-air.journal --keys partners.keys
            """,
        subcommands: [
            JournalKeysCommand.self, JournalBeginCommand.self, JournalJoinCommand.self,
            JournalShowCommand.self, JournalOpenCommand.self, JournalAssignCommand.self,
            JournalProposeCommand.self, JournalSecondCommand.self, JournalAgreeCommand.self,
            JournalAdjustCommand.self, JournalDisputeCommand.self, JournalCloseCommand.self,
            JournalReopenCommand.self, JournalUndoCommand.self, JournalCommentCommand.self,
            JournalEvidenceCommand.self,
        ]
    )
}
