using Signify.Notifications.Persistence;

namespace Signify.Notifications.Web.Hosting;

/// <summary>
/// Secrets as systemd hands them over (<c>LoadCredential=signify:FOLDER</c>): files that only this process can read, which are no part
/// of its environment. <c>signify_Keys__CertificatePassword</c> is <c>Keys:CertificatePassword</c>.
/// </summary>
internal static class Credentials
{
    private const string Prefix = "signify_";

    /// <summary>A name with a dot in it is a file for somebody else, such as a PFX.</summary>
    /// <exception cref="StartRefusedException">They may not be read.</exception>
    public static WebApplicationBuilder AddCredentials(this WebApplicationBuilder builder)
    {
        if (builder.Configuration["CREDENTIALS_DIRECTORY"] is not { Length: > 0 } folder || !Directory.Exists(folder))
        {
            return builder;
        }

        try
        {
            builder.Configuration.AddInMemoryCollection(Directory.GetFiles(folder, Prefix + "*")
                .Where(f => !Path.GetFileName(f).Contains('.', StringComparison.Ordinal))
                .ToDictionary(
                    f => Path.GetFileName(f)[Prefix.Length..].Replace("__", ":", StringComparison.Ordinal),
                    // Editors end a file with a line break; no secret does.
                    f => (string?)File.ReadAllText(f).TrimEnd('\r', '\n')));
        }
        catch (Exception ex) when (ex is UnauthorizedAccessException or IOException)
        {
            throw new StartRefusedException($"The credentials in {folder} cannot be read by this account. Let systemd hand them over with LoadCredential, as deploy/signify-notifications.service does.", ex);
        }

        return builder;
    }
}
