namespace Signify.Notifications.Web.Pages;

/// <summary>The question before something that cannot be taken back. A page of its own; confirm.js shows it in a dialog instead.</summary>
/// <param name="Title">A question: "Cancel November payslips?"</param>
/// <param name="Sentences">What will happen.</param>
/// <param name="Button">What it does: "Cancel the mailing", never "OK".</param>
/// <param name="Back">Where "no" leads.</param>
public sealed record Confirmation(string Title, IReadOnlyList<string> Sentences, string Button, string Back)
{
    public bool Danger { get; init; }

    /// <summary>What the button that changes nothing says.</summary>
    public string No { get; init; } = "Back";
}
