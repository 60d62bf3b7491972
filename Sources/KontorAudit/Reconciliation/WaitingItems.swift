/// Which of the at most 200 items of an entry still wait for their creditor: a bit for each.
struct WaitingItems {
    private var first: UInt64 = 0
    private var second: UInt64 = 0
    private var third: UInt64 = 0
    private var fourth: UInt64 = 0

    /// All of so many items.
    init(count: Int) {
        for number in 0..<min(count, 256) { set(number, true) }
    }

    /// These items.
    init(_ numbers: [Int32]) {
        for number in numbers { set(Int(number), true) }
    }

    /// Whether none waits.
    var isEmpty: Bool { first | second | third | fourth == 0 }

    /// The numbers of the items that wait, in their order.
    var numbers: [Int] { (0..<256).filter(has) }

    /// Takes an item out.
    mutating func remove(_ number: Int) { set(number, false) }

    private func has(_ number: Int) -> Bool {
        let bit = UInt64(1) << UInt64(number & 63)
        switch number >> 6 {
        case 0: return first & bit != 0
        case 1: return second & bit != 0
        case 2: return third & bit != 0
        default: return fourth & bit != 0
        }
    }

    private mutating func set(_ number: Int, _ value: Bool) {
        guard (0..<256).contains(number) else { return }
        let bit = UInt64(1) << UInt64(number & 63)
        func changed(_ word: UInt64) -> UInt64 { value ? word | bit : word & ~bit }
        switch number >> 6 {
        case 0: first = changed(first)
        case 1: second = changed(second)
        case 2: third = changed(third)
        default: fourth = changed(fourth)
        }
    }
}
