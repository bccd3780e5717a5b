using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using Signify.Notifications.Sandbox.Limits;
using Signify.Notifications.Sandbox.Mail;

namespace Signify.Notifications.Sandbox.Pages;

public sealed class IndexModel(SandboxHost sandbox, IOptions<SandboxPagesOptions> options) : PageModel
{
    private const int Shown = 100;

    public SandboxHost Sandbox => sandbox;

    public bool HostedInProduct => options.Value.HostedInProduct;

    public IReadOnlyList<SandboxMessage> Messages { get; } = sandbox.Mail.Newest(Shown);

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
