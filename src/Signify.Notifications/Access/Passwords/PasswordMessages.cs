using System.Globalization;
using Signify.Notifications.Words;

namespace Signify.Notifications.Access.Passwords;

/// <summary>Why a password is refused.</summary>
internal static class PasswordMessages
{
    public static readonly WordFile File = new("Passwords");

    public static string TooShort(int least, int length) => File.Get("too-short", ("least", Number(least)), ("length", Number(length)));

    public static string TooLong(int most) => File.Get("too-long", ("most", Number(most)));

    public static string Repeated() => File.Get("repeated");

    public static string Common() => File.Get("common");

    public static string Email() => File.Get("email");

    public static string Organization() => File.Get("organization");

    public static string Product() => File.Get("product");

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
