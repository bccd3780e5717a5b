namespace Signify.Notifications.Delivery.HandIn;

/// <summary>One recipient of a mailing.</summary>
/// <param name="Line">What a refusal is reported under: the line or the place where the caller's list has it.</param>
/// <param name="To">One address, with a display name or without.</param>
public readonly record struct NewRecipient(long Line, string? To)
{
    private readonly IReadOnlyList<string>? _cc;

    /// <summary>One address each.</summary>
    public IReadOnlyList<string> Cc
    {
        get => _cc ?? [];
        init => _cc = value;
    }

    /// <summary>The merge fields: a JSON object, or null for none.</summary>
    public string? Fields { get; init; }

    /// <summary>The cells of its row as the list has them, for a page that shows a row at fault. Not stored.</summary>
    public IReadOnlyList<string>? Row { get; init; }

    /// <summary>Set when the list could not be read at this place: it is reported, the rest is ignored.</summary>
    public LineFault? Fault { get; init; }
}
