internal import Signing

extension Read {
    static func capitals(_ count: ClosedRange<Int>) -> (JSONValue) throws(Fault) -> String {
        { (value) throws(Fault) in
            let text = try string(value)
            guard count.contains(text.utf8.count),
                text.utf8.allSatisfy({ (0x41...0x5a).contains($0) })
            else {
                throw Fault(
                    .invalidValue,
                    "\(count.lowerBound) to \(count.upperBound) capital letters are due here"
                )
            }
            return text
        }
    }

    static func country(_ value: JSONValue) throws(Fault) -> String {
        try capitals(2...2)(value)
    }
}
