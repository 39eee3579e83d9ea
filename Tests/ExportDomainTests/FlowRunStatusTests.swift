// The words by which a platform says how a run stands.
import ExportDomain
import Testing

@Suite("Status of a run")
struct FlowRunStatusTests {
    @Test(
        "Status words are read without case, absence means under way, and unknown words are shown as they are",
        arguments: [
            (nil, .processing), ("Processing", .processing), ("inProgress", .processing),
            ("Waiting", .waiting), ("success", .success), ("Success", .success), ("FAILED", .failed),
            ("Queued", .other("Queued")),
        ] as [(String?, FlowRunStatus)])
    func words(word: String?, status: FlowRunStatus) {
        #expect(FlowRunStatus(word: word) == status)
    }

    @Test("A status is read back from its own word")
    func roundTrip() {
        for status in [FlowRunStatus.waiting, .processing, .success, .failed, .other("Queued")] {
            #expect(FlowRunStatus(word: status.word) == status)
        }
    }

    @Test("Only success and failure end a run")
    func isOver() {
        #expect(FlowRunStatus.success.isOver && FlowRunStatus.failed.isOver)
        #expect(!FlowRunStatus.waiting.isOver && !FlowRunStatus.processing.isOver)
        #expect(!FlowRunStatus.other("Queued").isOver)
    }
}
