using Xunit.v3;

// One of the tests waits for minutes, because a mailbox's pace is counted in minutes: it must not hold a processor's place.
[assembly: Parallelization(MaxThreads = 3)]
