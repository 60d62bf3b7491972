internal import Signing

/// A walk through the sandbox: five steps, each a command to copy.
struct SandboxGuide {
    let sandbox: Sandbox
    let url: String

    var text: String {
        let directory = sandbox.directory
        let data = Sandbox.dataDirectory(of: directory)
        let ledger = Self.text(sandbox.facts["ledger"])
        var terms = ""
        if case .array(let agreements)? = sandbox.facts["agreements"] {
            terms = Self.text(agreements.first?["terms"])
        }
        let login = "--key \(directory)/keys/nordwind.access.jwk --login nordwind"
        return """

            This is a sandbox: nordwind's miles become beans of cafe-sol, two for one.
            In another terminal:

            1. Look at the log: its checkpoint, signed, says how many entries there are.
                 curl -s \(url)/checkpoint

            2. Ask what 2000 miles would become; nordwind logs in by its access key.
                 kontor quote --url \(url) --vkey \(data)/log.vkey \\
                   \(login) \\
                   --terms \(terms) --amount 2000

            3. Sign the transfer as nordwind; nobody else can, and nordwind cannot deny it.
                 kontor sign --ledger \(ledger) --kind transfers \\
                   --partner nordwind --key \(directory)/keys/nordwind.jwk \\
                   --members \(directory)/transfer.json > transfer.jws

            4. Submit it. The receipt is verified; sent again, it is the same one.
                 kontor submit --url \(url) --vkey \(data)/log.vkey transfer.jws
                 curl -s -H 'Content-Type: application/jose' -d @transfer.jws \(url)/v1/entries

            5. Read the debt that came of it, and recompute the whole log from its bytes.
                 kontor positions --url \(url) --vkey \(data)/log.vkey \\
                   \(login)
                 kontor audit --data \(data) --vkey "$(cat \(data)/log.vkey)"

            \(directory)/sandbox.json names all keys, agreements and members.
            """
    }

    private static func text(_ value: JSONValue?) -> String {
        if case .string(let text)? = value { text } else { "" }
    }
}
