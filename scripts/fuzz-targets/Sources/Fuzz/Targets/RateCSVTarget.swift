internal import Formats

/// Rate files as CSV: a file that is read has falling days and positive rates; a fault has words.
enum RateCSVTarget: FuzzTarget {
    static func run(_ input: [UInt8]) {
        do throws(FormatError) {
            let file = try RateFile(parsing: input)
            expect(!file.days.isEmpty, "a file has a day")
            for (later, earlier) in zip(file.days, file.days.dropFirst()) {
                expect(earlier.date < later.date, "days fall")
            }
            for day in file.days {
                expect(file.day(on: day.date) == day, "each day is found")
                expect(day.missing(day.rates.map(\.currency)).isEmpty, "each rate is found")
            }
        } catch {
            expect(!error.reason.isEmpty && !error.wayOut.isEmpty, "a fault has words")
        }
    }
}
