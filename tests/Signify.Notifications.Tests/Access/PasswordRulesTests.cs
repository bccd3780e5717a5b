using Signify.Notifications.Access;
using Signify.Notifications.Access.Passwords;

namespace Signify.Notifications.Tests.Access;

/// <summary>A word that everyone tries stays one with digits, signs and digits in the place of letters.</summary>
public sealed class PasswordRulesTests
{
    private static readonly PasswordContext Context = new("anna.smith@fabrikam.example", ["Contoso Payroll"]);

    [Theory]
    [InlineData("Contoso12345")]
    [InlineData("C0nt0s0-2026!")]
    [InlineData("ContosoPayroll1")]
    [InlineData("payroll!contoso")]
    [InlineData("Fabrikam2026!!")]
    [InlineData("fabrikam.example")]
    public void The_organization_with_digits_and_signs_is_refused(string password) => AssertRefused(PasswordMessages.Organization(), password);

    [Theory]
    [InlineData("anna.smith@fabrikam.example")]
    [InlineData("anna.smith.1")]
    [InlineData("AnnaSmith!2026")]
    [InlineData("smith1234567")]
    public void The_address_is_refused(string password) => AssertRefused(PasswordMessages.Email(), password);

    [Theory]
    [InlineData("Signify-2026!")]
    [InlineData("S1gn1fy!Not1f1cat1ons")]
    [InlineData("notifications1")]
    public void The_program_is_refused(string password) => AssertRefused(PasswordMessages.Product(), password);

    [Theory]
    [InlineData("Summer2026!!!")]
    [InlineData("Welcome12345")]
    [InlineData("P@ssw0rd-2026")]
    [InlineData("pa$$word1234")]
    [InlineData("Passwort!2026")]
    [InlineData("Willk0mmen2026")]
    [InlineData("qwertyuiop123")]
    [InlineData("1q2w3e4r5t6z")]
    [InlineData("Iloveyou2much")]
    [InlineData("123456789012345")]
    [InlineData("Michael.Jordan23")]
    [InlineData("Admin-Admin-Admin")]
    [InlineData("LetMeIn!LetMeIn!")]
    [InlineData("Dr4gonM0nkey99")]
    [InlineData("Frühling2026!")]
    [InlineData("trustno1trustno1")]
    public void The_most_used_are_refused(string password) => AssertRefused(PasswordMessages.Common(), password);

    [Theory]
    [InlineData("aaaaaaaaaaaa")]
    [InlineData("abababababab")]
    [InlineData("xyzxyzxyzxyz")]
    public void A_repetition_is_refused(string password) => AssertRefused(PasswordMessages.Repeated(), password);

    [Theory]
    [InlineData("three quiet green lamps")]
    [InlineData("nine round white stones")]
    [InlineData("correct horse battery staple")]
    [InlineData("my contoso laptop hums softly")]
    [InlineData("x7!kQ92$vb3p")]
    [InlineData("482915037264")]
    [InlineData("gL4m-vZq8-Rt2w")]
    [InlineData("пять зелёных ламп")]
    [InlineData("\ud83d\ude00 green lamp hums")]
    public void Several_words_and_random_characters_are_accepted(string password) => Assert.Null(PasswordRules.Find(password, Context));

    [Theory]
    [InlineData("elevenchars", "Password must have at least 12 characters. This one has 11.")]
    [InlineData(null, "Password must have at most 128 characters.")]
    public void The_length_is_bounded(string? password, string expected) =>
        Assert.Equal(expected, PasswordRules.Find(password ?? new string('x', 129), Context));

    [Fact]
    public void Without_an_address_and_a_ruleset_the_rest_holds() =>
        Assert.Equal(PasswordMessages.Common(), PasswordRules.Find("Summer2026!!!", new PasswordContext(null, [])));

    [Fact]
    public void A_long_password_takes_no_long_time_whatever_is_in_it() => Assert.All(
        (string[])["a1!", "qwe", "ab"], part => PasswordRules.Find(string.Concat(Enumerable.Repeat(part, 128 / part.Length)), Context));

    private static void AssertRefused(string reason, string password) => Assert.Equal(reason, PasswordRules.Find(password, Context));
}
