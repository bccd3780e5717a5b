using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using Signify.Notifications.Access;
using Signify.Notifications.Web.Access;
using Signify.Notifications.Web.Rulesets;
using Keys = Signify.Notifications.Access.ApiKeys;

namespace Signify.Notifications.Web.Pages.Gear.Access.ApiKeys;

internal sealed class IndexModel(Keys keys, CurrentRuleset ruleset, IOptions<ApiKeyOptions> options, TimeProvider time) : PageModel
{
    private const int DefaultDays = 365;

    /// <summary>What an administrator chooses from.</summary>
    public static readonly IReadOnlyList<int> Days = [90, 180, DefaultDays];

    [BindProperty]
    [Required(ErrorMessage = "Name the key after the program that will use it.")]
    [StringLength(Keys.NameLimit, ErrorMessage = "This name is too long.")]
    public string? Name { get; set; }

    [BindProperty]
    public IReadOnlyList<ApiKeyScopes> Scopes { get; set; } = [];

    /// <summary>Days until the key expires; 0: never.</summary>
    [BindProperty]
    public int ExpiresInDays { get; set; } = DefaultDays;

    public bool MayNeverExpire => options.Value.AllowNoExpiry;

    public IReadOnlyList<ApiKey> Rows { get; private set; } = [];

    /// <summary>Shown on the answer to the POST and never again.</summary>
    public ApiKeyMade.Made? Made { get; private set; }

    public Task OnGetAsync(CancellationToken ct) => ShowAsync(ct);

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var scopes = Scopes.Aggregate(ApiKeyScopes.None, (all, scope) => all | scope) & ApiKeyScopes.All;
        if (scopes == ApiKeyScopes.None)
        {
            ModelState.AddModelError(nameof(Scopes), "Choose at least one thing that the key may do.");
        }

        if (!Days.Contains(ExpiresInDays) && !(ExpiresInDays == 0 && MayNeverExpire))
        {
            ModelState.AddModelError(nameof(ExpiresInDays), "Choose when the key expires.");
        }

        if (ModelState.IsValid)
        {
            await MakeAsync(scopes, ct);
        }

        await ShowAsync(ct);
        return Page();
    }

    public async Task<IActionResult> OnPostRevokeAsync(Guid id, CancellationToken ct)
    {
        if (!await keys.RevokeAsync(ruleset.Id, id, User.By(), ct))
        {
            return NotFound();
        }

        TempData["Notice"] = "The key is revoked. It opens nothing from now on.";
        return RedirectToPage();
    }

    private async Task MakeAsync(ApiKeyScopes scopes, CancellationToken ct)
    {
        TimeSpan? lifetime = ExpiresInDays == 0 ? null : TimeSpan.FromDays(ExpiresInDays);
        Made = await keys.MakeAsync(ruleset.Id, Name!.Trim(), scopes, lifetime, User.By(), ct) as ApiKeyMade.Made;
        if (Made is null)
        {
            ModelState.AddModelError(nameof(Name), "A key of this name is in use. Choose another name, or revoke that key first.");
            return;
        }

        ModelState.Clear();
        (Name, Scopes, ExpiresInDays) = (null, [], DefaultDays);
    }

    public bool IsInUse(ApiKey key) => key.RevokedAt is null && !key.HasExpired(time.GetUtcNow());

    public bool HasExpired(ApiKey key) => key.HasExpired(time.GetUtcNow());

    /// <summary>Days until it expires, when they are few enough to warn; else null.</summary>
    public int? DaysLeft(ApiKey key) => ApiKeyNotice.DaysLeft(key, time.GetUtcNow());

    private async Task ShowAsync(CancellationToken ct) => Rows = await keys.ListAsync(ruleset.Id, ct);
}
