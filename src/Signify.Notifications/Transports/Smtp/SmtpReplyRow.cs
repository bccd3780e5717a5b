using System.Globalization;
using Signify.Notifications.Diagnosis;

namespace Signify.Notifications.Transports.Smtp;

/// <summary>One line of the table of replies: which reply it is, what it means, and whose fault that is.</summary>
/// <param name="Enhanced">
/// Such as <c>5.7.139</c>, a range such as <c>4.7.500-699</c>, or <see cref="Any"/> where only the text tells, as with servers other than
/// Exchange Online.
/// </param>
internal sealed record SmtpReplyRow(string Enhanced, Cause Cause)
{
    public const string Any = "*";

    /// <summary>Where it means this; null for everywhere.</summary>
    public SmtpStage[]? Stages { get; init; }

    /// <summary>Only where the words of the reply have these.</summary>
    public string? Words { get; init; }

    /// <summary>Only under this number, where one enhanced code means different things under different numbers.</summary>
    public int? Number { get; init; }

    /// <summary>Only under this first digit of the code; null for any.</summary>
    public int? Class { get; init; }

    /// <summary>Null where the class of the reply and the stage tell.</summary>
    public Fault? Fault { get; init; }

    public TimeSpan? After { get; init; }

    public bool Fits(SmtpReply reply, SmtpStage stage) =>
        IsOf(reply.Enhanced)
        && (Number is null || Number == reply.Code)
        && (Class is null || Class == reply.Code / 100)
        && (Stages is null || Stages.Contains(stage))
        && (Words is null || reply.Text.Contains(Words, StringComparison.OrdinalIgnoreCase));

    private bool IsOf(string enhanced)
    {
        if (Enhanced == Any)
        {
            return true;
        }

        if (!Enhanced.Contains('-', StringComparison.Ordinal))
        {
            return enhanced == Enhanced;
        }

        var head = Enhanced[..(Enhanced.LastIndexOf('.') + 1)];
        var bounds = Enhanced[head.Length..].Split('-');
        return enhanced.StartsWith(head, StringComparison.Ordinal)
            && int.TryParse(enhanced.AsSpan(head.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var detail)
            && detail >= int.Parse(bounds[0], CultureInfo.InvariantCulture)
            && detail <= int.Parse(bounds[1], CultureInfo.InvariantCulture);
    }
}
