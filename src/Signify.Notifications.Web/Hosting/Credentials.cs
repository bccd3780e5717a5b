namespace Signify.Notifications.Web.Hosting;

/// <summary>
/// Secrets as systemd hands them over (<c>LoadCredential=signify:FOLDER</c>): files that only this process can read, which are no part
/// of its environment. <c>signify_Keys__CertificatePassword</c> is <c>Keys:CertificatePassword</c>.
/// </summary>
internal static class Credentials
{
    private const string Prefix = "signify_";

    /// <summary>A name with a dot in it is a file for somebody else, such as a PFX.</summary>
    public static WebApplicationBuilder AddCredentials(this WebApplicationBuilder builder)
    {
        if (builder.Configuration["CREDENTIALS_DIRECTORY"] is { Length: > 0 } folder && Directory.Exists(folder))
        {
            var files = Directory.GetFiles(folder, Prefix + "*").Where(f => !Path.GetFileName(f).Contains('.', StringComparison.Ordinal));
            builder.Configuration.AddInMemoryCollection(files.ToDictionary(
                f => Path.GetFileName(f)[Prefix.Length..].Replace("__", ":", StringComparison.Ordinal),
                // Editors end a file with a line break; no secret does.
                f => (string?)File.ReadAllText(f).TrimEnd('\r', '\n')));
        }

        return builder;
    }
}
