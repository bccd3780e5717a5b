using CsCheck;
using Signify.Notifications.Delivery.Grains;

namespace Signify.Notifications.Tests.Delivery.Grains;

public sealed class MailboxSharesTests
{
    [Fact]
    public void A_process_that_joins_gets_from_each_of_the_others()
    {
        var moves = MailboxShares.Moves(Shares(20, 20, 20, 0));

        Assert.Equal(10, moves.Count);
        Assert.All(moves, move => Assert.Equal("p3", move.To));
    }

    [Fact]
    public void One_more_or_less_is_no_reason_to_move() => Assert.Empty(MailboxShares.Moves(Shares(6, 5, 4)));

    [Fact]
    public void Alone_nobody_moves() => Assert.Empty(MailboxShares.Moves(Shares(60)));

    [Fact]
    public void Round_by_round_it_comes_to_rest_with_about_as_many_for_each() =>
        Gen.Int[0, 40].Array[1, 8].Sample(counts =>
        {
            var shares = Shares(counts);
            for (var rounds = 0; ; rounds++)
            {
                var moves = MailboxShares.Moves(shares);
                if (moves.Count == 0)
                {
                    break;
                }

                Assert.True(rounds < 100, "It does not come to rest.");
                shares = shares.ToDictionary(
                    s => s.Key,
                    s => s.Value.Except(moves.Select(m => m.Mailbox)).Concat(moves.Where(m => m.To == s.Key).Select(m => m.Mailbox)).ToArray());
            }

            Assert.Equal(counts.Sum(), shares.Values.Sum(s => s.Length));
            var share = (double)counts.Sum() / counts.Length;
            Assert.All(shares.Values, s => Assert.True(s.Length <= share + 2, $"{s.Length} of a share of {share}"));
        });

    private static Dictionary<string, int[]> Shares(params int[] counts) =>
        counts.Select((count, i) => (Process: $"p{i}", Mailboxes: Enumerable.Range(i * 1000, count).ToArray())).ToDictionary(s => s.Process, s => s.Mailboxes);
}
