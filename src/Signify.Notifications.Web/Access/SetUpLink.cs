using Signify.Notifications.Access;

namespace Signify.Notifications.Web.Access;

/// <summary>The one-time link to the first administrator. This process keeps only its hash, and only until it is used.</summary>
internal sealed class SetUpLink
{
    private byte[]? _hash;

    /// <returns>The token, for this once.</returns>
    public string Open()
    {
        var token = OneTimeToken.New();
        _hash = OneTimeToken.Hash(token);
        return token;
    }

    public bool Opens(string? token) => _hash is { } hash && OneTimeToken.Matches(token, hash);

    public void Close() => _hash = null;
}
