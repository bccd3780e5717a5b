using Xunit.v3;

// A proof is a cluster of its own and fills one processor.
[assembly: Parallelization(MaxThreads = 2)]
