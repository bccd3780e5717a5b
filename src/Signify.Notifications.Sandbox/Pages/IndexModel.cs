using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using Signify.Notifications.Sandbox.Limits;
using Signify.Notifications.Sandbox.Mail;

namespace Signify.Notifications.Sandbox.Pages;

public sealed class IndexModel(SandboxHost sandbox, IOptions<SandboxPagesOptions> options) : PageModel
{
    private const int Few = 20;
    private const int Many = 1000;

    public SandboxHost Sandbox => sandbox;

    public bool HostedInProduct => options.Value.HostedInProduct;

    /// <summary>A few, so that what stands below is found; more when asked for.</summary>
    [BindProperty(SupportsGet = true)]
    public bool All { get; set; }

    public bool More => !All && sandbox.Mail.Count > Few;

    public IReadOnlyList<SandboxMessage> Messages => sandbox.Mail.Newest(All ? Many : Few);

    public string Summary => sandbox.Mail.Total switch
    {
        0 => "Nothing has arrived yet.",
        1 => "1 message has arrived since the start.",
        var total => $"{total:N0} messages have arrived since the start.",
    };

    public SubmissionLimits Limits => sandbox.Limits;

    public IActionResult OnPostLimits(bool on)
    {
        sandbox.Limits.Enforced = on;
        return Redirect("/sandbox#limits");
    }
}
