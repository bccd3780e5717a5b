using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.Model;

namespace Signify.Notifications.Tests.Delivery.Model;

/// <summary>What the documentation promises, cell by cell, written down apart from the code. "-": the event changes nothing.</summary>
internal static class TransitionMatrix
{
    private const string Promised = """
        .                  Queued    Scheduled Paused    Claimed   Canceling Sent Failed InDoubt Cancelled Expired
        Promote            -         Queued    -         -         -         -    -      -       -         -
        Claim              Claimed   -         -         -         -         -    -      -       -         -
        Release            -         -         -         Queued    Cancelled -    -      -       -         -
        Sent               -         -         -         Sent      Sent      -    -      -       -         -
        Failed             -         -         -         Failed    Failed    -    -      -       -         -
        Defer              -         -         -         Scheduled Cancelled -    -      -       -         -
        RetryUnconfirmed   -         -         -         Scheduled InDoubt   -    -      -       -         -
        LeaveUnconfirmed   -         -         -         InDoubt   InDoubt   -    -      -       -         -
        Expire             Expired   Expired   Expired   Expired   Cancelled -    -      -       -         -
        Cancel             Cancelled Cancelled Cancelled Canceling -         -    -      -       -         -
        Pause              Paused    Paused    -         -         -         -    -      -       -         -
        ResumeDue          -         -         Queued    -         -         -    -      -       -         -
        ResumeScheduled    -         -         Scheduled -         -         -    -      -       -         -
        RetryFailed        -         -         -         -         -         -    Queued -       -         -
        RetryFailedPaused  -         -         -         -         -         -    Paused -       -         -
        Resend             -         -         -         -         -         -    Queued Queued  Queued    Queued
        ConfirmDelivered   -         -         -         -         -         -    -      Sent    -         -
        """;

    private const string PromisedLate = """
        .                  Queued    Scheduled Paused    Claimed   Canceling Sent Failed InDoubt   Cancelled Expired
        Release            -         -         -         -         -         -    -      Queued    -         -
        Sent               Sent      Sent      Sent      Sent      Sent      -    -      Sent      -         -
        Failed             -         -         -         -         -         -    -      Failed    -         -
        Defer              -         -         -         -         -         -    -      Scheduled -         -
        RetryUnconfirmed   -         -         -         -         -         -    -      -         -         -
        LeaveUnconfirmed   -         -         -         -         -         -    -      -         -         -
        Expire             -         -         -         -         -         -    -      -         -         -
        """;

    public static IReadOnlyList<Cell> Cells { get; } = Parse(Promised);

    /// <summary>Reports of an owner whose message another one took over.</summary>
    public static IReadOnlyList<Cell> Late { get; } = Parse(PromisedLate);

    private static List<Cell> Parse(string matrix)
    {
        var lines = matrix.Split('\n').Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        var states = lines[0].Skip(1).Select(Enum.Parse<NotificationState>).ToList();
        return [.. lines.Skip(1).SelectMany(line => states.Select((from, i) => new Cell(
            Enum.Parse<NotificationEvent>(line[0]), from, line[i + 1] == "-" ? null : Enum.Parse<NotificationState>(line[i + 1]))))];
    }

    internal sealed record Cell(NotificationEvent On, NotificationState From, NotificationState? To)
    {
        public NotificationState After => To ?? From;
    }
}
