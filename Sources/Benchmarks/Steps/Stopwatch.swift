internal import Dispatch
internal import Foundation

/// Wall time and processor time since a start.
struct Stopwatch {
    private let wallStart = DispatchTime.now().uptimeNanoseconds
    private let processorStart = Self.processorSeconds

    /// Seconds of wall time.
    var seconds: Double {
        Double(DispatchTime.now().uptimeNanoseconds - wallStart) / 1e9
    }

    /// Seconds of processor time of all threads.
    var processorSeconds: Double { Self.processorSeconds - processorStart }

    private static var processorSeconds: Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
        return seconds(usage.ru_utime) + seconds(usage.ru_stime)
    }

    /// The greatest resident memory of this process so far, in bytes.
    static var peakMemory: Int {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage.ru_maxrss * 1_024
    }
}
