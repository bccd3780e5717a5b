using Xunit.v3;

// The processes of a proof mostly wait for the pace: three proofs at a time leave the machine room for all.
[assembly: Parallelization(MaxThreads = 3)]
