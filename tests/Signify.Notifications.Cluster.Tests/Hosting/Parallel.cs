using Xunit.v3;

// The processes of a proof mostly wait for the pace: two proofs at a time leave the machine room for both.
[assembly: Parallelization(MaxThreads = 2)]
