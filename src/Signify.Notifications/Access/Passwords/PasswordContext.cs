namespace Signify.Notifications.Access.Passwords;

/// <summary>What an attacker who knows the user tries first.</summary>
/// <param name="Email">Null or "" where there is none.</param>
/// <param name="Rulesets">The names of the rulesets that the account opens: mostly organizations.</param>
public sealed record PasswordContext(string? Email, IReadOnlyList<string> Rulesets)
{
    private const int ShortestWord = 3;

    private static readonly string[] ProductNames = ["signifynotifications", "notifications", "notification", "signify"];

    public IEnumerable<string> EmailWords
    {
        get
        {
            var local = Lower(Email).Split('@')[0];
            return Words([Lower(Email), local, .. local.Split('.', '_', '-', '+'), Letters(local)]);
        }
    }

    /// <summary>The domain without its last label, and the rulesets with and without what stands between their words.</summary>
    public IEnumerable<string> OrganizationWords
    {
        get
        {
            var domain = Lower(Email).Split('@') is [_, var name] ? name : "";
            var labels = domain.Split('.')[..^1];
            var names = Rulesets.Select(Lower).SelectMany(r => (IEnumerable<string>)[r, Letters(r), .. Split(r)]);
            return Words([domain, .. labels, .. labels.SelectMany(l => l.Split('-')), .. names]);
        }
    }

    public static IEnumerable<string> ProductWords => ProductNames;

    private static IEnumerable<string> Words(IEnumerable<string> words) =>
        words.Where(w => w.Length >= ShortestWord).Distinct().OrderByDescending(w => w.Length);

    private static string Lower(string? text) => (text ?? "").Trim().ToLowerInvariant();

    private static string Letters(string text) => string.Concat(text.Where(char.IsLetter));

    private static string[] Split(string name) =>
        string.Concat(name.Select(c => char.IsLetter(c) ? c : ' ')).Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
