using Xunit.v3;

// Some of the tests wait for a server that never answers: they must not hold a processor's place.
[assembly: Parallelization(MaxThreads = 4)]
