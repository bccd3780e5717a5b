using Signify.Notifications.Findings;

namespace Signify.Notifications.RepairKit;

/// <summary>One script of the kit, with all that somebody wants to know before running it. Each of its texts can be pasted by itself.</summary>
public sealed record KitScript
{
    public required RepairScript Script { get; init; }

    public required string Title { get; init; }

    /// <summary>When it is the right one.</summary>
    public required string For { get; init; }

    public required string Changes { get; init; }

    public required string RunBy { get; init; }

    public required string WorksAfter { get; init; }

    /// <summary>What is to be done in a portal before; null when nothing is.</summary>
    public string? Before { get; init; }

    /// <summary>What is to be done or known after; null when nothing is.</summary>
    public string? After { get; init; }

    /// <summary>How to read what <see cref="Verify"/> prints.</summary>
    public required string Expect { get; init; }

    public required string UndoTells { get; init; }

    /// <summary>As in addresses: <c>smtp-mailbox-access</c>.</summary>
    public string Name => Script.ToCode();

    public string Commands => Complete(Run);

    public string Verify => Complete(Look);

    public string Undo => Complete(Back);

    /// <summary>The labels of the values that the reader has to fill in.</summary>
    public IReadOnlyList<string> ToFillIn => [.. UsedBy(Run).Where(v => v.Missing).Select(v => v.Label)];

    internal string Connect { get; init; } = "";

    internal IReadOnlyList<KitValue> Values { get; init; } = [];

    internal string Run { get; init; } = "";

    internal string Look { get; init; } = "";

    internal string Back { get; init; } = "";

    private string Complete(string commands) => string.Join('\n', [Connect, .. UsedBy(commands).Select(v => v.Assignment), commands]);

    private IEnumerable<KitValue> UsedBy(string commands) => Values.Where(v => v.IsUsedIn(commands));
}
