namespace Signify.Notifications.Web.Pages;

/// <summary>The question before something that cannot be taken back. A page of its own; confirm.js shows it in a dialog instead.</summary>
/// <param name="Title">A question: "Cancel November payslips?"</param>
/// <param name="Sentences">What will happen.</param>
/// <param name="Button">What it does: "Cancel the mailing", never "OK".</param>
/// <param name="Back">Where "no" leads.</param>
public sealed record Confirmation(string Title, IReadOnlyList<string> Sentences, string Button, string Back)
{
    /// <summary>Where "yes" is posted to; null: to the address of the question.</summary>
    public string? Action { get; init; }

    /// <summary>What is posted with it.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>();

    public bool Danger { get; init; }

    /// <summary>What the button that changes nothing says.</summary>
    public string No { get; init; } = "Back";

    /// <summary>A file to save before the answer, with its address; null for none.</summary>
    public (string Text, string Address)? Download { get; init; }
}
