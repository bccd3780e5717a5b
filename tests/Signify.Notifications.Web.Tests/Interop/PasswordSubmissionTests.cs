namespace Signify.Notifications.Web.Tests.Interop;

/// <summary>User name and password at a foreign submission server, whose certificate the machine's own roots must vouch for.</summary>
[Collection(nameof(Lab))]
public sealed class PasswordSubmissionTests(Lab lab)
{
    [Theory]
    [InlineData("plain login")]
    [InlineData("login")]
    [InlineData("plain login xoauth2")]
    public async Task A_password_signs_in(string mechanisms)
    {
        var port = await lab.StartSubmissionAsync(server => server with { Mechanisms = mechanisms });

        var saved = await lab.ProgramOnTrustingMachine.SaveAsync(LabSettings.WithPassword(port));

        saved.AssertActiveOverSmtp();
        Assert.Empty(saved.Findings);
    }

    [Fact]
    public async Task A_wrong_password_is_told_as_one()
    {
        var saved = await lab.ProgramOnTrustingMachine.SaveAsync(LabSettings.WithPassword(lab.SubmissionPort, password: "wrong"));

        Assert.Equal("draft", saved.State);
        Assert.Equal(new SavedFinding("basic-credentials-wrong", "password", "error", "sign-in"), Assert.Single(saved.Findings));
    }

    [Fact]
    public async Task No_password_goes_to_a_server_that_the_machine_does_not_trust()
    {
        var saved = await lab.Program.SaveAsync(LabSettings.WithPassword(lab.SubmissionPort));

        Assert.Equal("draft", saved.State);
        Assert.Equal(new SavedFinding("tls-untrusted", "serverName", "error", "encryption"), Assert.Single(saved.Findings));
        Assert.Equal("skipped", saved.Steps["sign-in"]);
    }

    [Fact]
    public async Task No_password_goes_to_a_server_without_STARTTLS()
    {
        var port = await lab.StartSubmissionAsync(server => server with { StartTls = false });

        var saved = await lab.ProgramOnTrustingMachine.SaveAsync(LabSettings.WithPassword(port));

        Assert.Equal("draft", saved.State);
        Assert.Equal("starttls-missing", Assert.Single(saved.Findings).Code);
    }
}
