using System.ComponentModel.DataAnnotations;

namespace Signify.Notifications.Access.Passwords;

/// <summary>Configuration section <c>Passwords</c>.</summary>
public sealed class PasswordOptions : IValidatableObject
{
    public const string PublicService = "https://api.pwnedpasswords.com/range/";

    /// <summary>
    /// Where new passwords are looked up among breached ones: Have I Been Pwned, or a mirror of its range API. Empty: nowhere. The
    /// program's default depends on its environment.
    /// </summary>
    public string? BreachedAddress { get; set; }

    /// <summary>Null: nowhere.</summary>
    internal Uri? BreachedUri =>
        BreachedAddress is { Length: > 0 } ? new Uri(BreachedAddress.EndsWith('/') ? BreachedAddress : BreachedAddress + "/") : null;

    // Over http anyone on the way could answer that every password is breached, or none.
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (BreachedAddress is { Length: > 0 } && !(Uri.TryCreate(BreachedAddress, UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
            && uri is { UserInfo: "", Query: "", Fragment: "" }))
        {
            yield return new ValidationResult(
                "Passwords:BreachedAddress must be empty or an https address without a query, such as " + PublicService + ".",
                [nameof(BreachedAddress)]);
        }
    }
}
