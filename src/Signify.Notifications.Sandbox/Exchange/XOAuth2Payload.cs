using System.Text;

namespace Signify.Notifications.Sandbox.Exchange;

/// <summary>user=…^Aauth=Bearer …^A^A</summary>
internal sealed record XOAuth2Payload(string User, string Token)
{
    public override string ToString() => User;

    public static XOAuth2Payload? Parse(string base64)
    {
        const string UserField = "user=";
        const string AuthField = "auth=Bearer ";
        var bytes = new byte[base64.Length];
        if (!Convert.TryFromBase64String(base64, bytes, out var length))
        {
            return null;
        }

        return Encoding.UTF8.GetString(bytes, 0, length).Split('\x01') is [var user, var auth, "", ""]
            && user.StartsWith(UserField, StringComparison.OrdinalIgnoreCase)
            && auth.StartsWith(AuthField, StringComparison.OrdinalIgnoreCase)
                ? new XOAuth2Payload(user[UserField.Length..], auth[AuthField.Length..])
                : null;
    }
}
