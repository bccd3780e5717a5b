namespace Signify.Notifications.Access;

/// <summary>What became of the wish for a new key.</summary>
public abstract record ApiKeyMade
{
    private ApiKeyMade()
    {
    }

    /// <param name="Key">The key itself, for this once.</param>
    public sealed record Made(ApiKey Row, string Key) : ApiKeyMade
    {
        public override string ToString() => $"Made {Row.Prefix}…";
    }

    public sealed record NameTaken : ApiKeyMade;
}
