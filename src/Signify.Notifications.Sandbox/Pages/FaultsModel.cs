using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Signify.Notifications.Sandbox.Faults;
using Signify.Notifications.Sandbox.Scenarios;

namespace Signify.Notifications.Sandbox.Pages;

/// <summary>Faults at a stage, for whoever comes by, whatever they sign in with.</summary>
public sealed class FaultsModel(SandboxHost sandbox) : PageModel
{
    private const string Here = "/sandbox/faults";

    [BindProperty]
    public FaultForm Form { get; set; } = new();

    public IReadOnlyList<ArmedFault> Armed => sandbox.Faults.All;

    public static IReadOnlyList<(string Group, IReadOnlyList<(string Value, string Text)> Places)> Places { get; } =
    [
        ("Over HTTPS", [(nameof(HttpPlace.OpenIdConfiguration), "Entra, asked for the tenant"), (nameof(HttpPlace.Token), "Entra, asked for a token"), (nameof(HttpPlace.Graph), "Graph, given a message")]),
        ("The mail server", [.. Enum.GetValues<SmtpStage>().Select(stage => ($"{stage}", Text(stage)))]),
    ];

    /// <summary>Replies that Exchange is known to give.</summary>
    public static IEnumerable<string> KnownReplies => SmtpReplyFaults.All.Select(fault => fault.Reply).OfType<string>();

    public static string TextOf(string place) => Places.SelectMany(group => group.Places).First(p => p.Value == place).Text;

    public void OnGet()
    {
    }

    public IActionResult OnPost()
    {
        if (!ModelState.IsValid)
        {
            return Page();
        }

        Form.Arm(sandbox.Faults);
        return Redirect(Here);
    }

    public IActionResult OnPostDisarm(string place)
    {
        sandbox.Faults.Disarm(place);
        return Redirect(Here);
    }

    public IActionResult OnPostClear()
    {
        sandbox.Faults.Clear();
        return Redirect(Here);
    }

    private static string Text(SmtpStage stage) => stage switch
    {
        SmtpStage.Connect => "when the connection comes (greeting)",
        SmtpStage.Ehlo => "EHLO",
        SmtpStage.StartTls => "STARTTLS",
        SmtpStage.Auth => "AUTH, the sign-in",
        SmtpStage.MailFrom => "MAIL FROM, the sender",
        SmtpStage.RcptTo => "RCPT TO, the recipient",
        SmtpStage.Data => "DATA, before the message",
        _ => "the end of the message",
    };
}
