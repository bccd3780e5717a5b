using System.Text;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Web.Pages.Gear.Ruleset.Notifications;

/// <summary>Reads a certificate as people hand it over: a PFX file, one or two PEM files, pasted text, or the wish for a new pair.</summary>
internal static class CertificateUpload
{
    /// <summary>More than the field rules take, so that they can say that it is too much.</summary>
    private const int Most = 256 * 1024;

    private const string PemMark = "-----BEGIN";

    /// <summary>The input with what was handed over, told apart by what it holds and not by its name.</summary>
    public static SettingsInput AddTo(SettingsInput input, NotificationsForm form)
    {
        var (file, key) = (Read(form.CertificateFile), Read(form.CertificateKeyFile));
        var texts = new[] { Text(file), Text(key), form.ClientCertificatePem }.Where(t => t is { Length: > 0 }).ToList();
        return input with
        {
            GenerateCertificate = form.GenerateCertificate,
            ClientCertificate = file.Length > 0 && Text(file) is null ? Convert.ToBase64String(file) : null,
            ClientCertificatePem = texts.Count > 0 ? string.Join('\n', texts) : null,
            ClientCertificatePassword = form.ClientCertificatePassword,
        };
    }

    private static byte[] Read(IFormFile? file)
    {
        if (file is null || file.Length == 0)
        {
            return [];
        }

        using var stream = file.OpenReadStream();
        var bytes = new byte[Math.Min(file.Length, Most)];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static string? Text(byte[] bytes) =>
        Encoding.UTF8.GetString(bytes) is var text && text.Contains(PemMark, StringComparison.Ordinal) ? text : null;
}
