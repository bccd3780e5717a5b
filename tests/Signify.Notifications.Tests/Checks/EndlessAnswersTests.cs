using Signify.Notifications.Settings;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Tests.Servers;
using Signify.Notifications.Tests.Transports;

namespace Signify.Notifications.Tests.Checks;

/// <summary>Servers that never stop talking cost little memory. Memory is the whole process's, so these run alone.</summary>
[Collection(nameof(Alone))]
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class EndlessAnswersTests(UnseenAnswersTests.Fixture fixture) : IClassFixture<UnseenAnswersTests.Fixture>
{
    // What an endless answer would fill within the Timeout is a multiple of it.
    private const long Limit = 256 * 1024 * 1024;

    private Lab Lab => fixture.Lab;

    [Theory]
    [InlineData("five megabytes of JSON")]
    [InlineData("headers without end")]
    [InlineData("a header without end")]
    [InlineData("a body without end")]
    public async Task A_service_that_answers_without_end_is_not_heard_out(string answer)
    {
        Lab.Cloud.AnswerTokens(HostileHttp.All[answer]);
        Lab.Cloud.Answer(CloudPlace.Tenant, HostileHttp.All[answer]);

        await AssertFrugalAsync(() => Lab.CheckAsync(Lab.Input with { TimeoutSeconds = "5" }));
    }

    [Theory]
    [InlineData("headers without end")]
    [InlineData("a body without end")]
    public async Task Neither_is_graph(string answer)
    {
        fixture.AnswerTokensAsUsual();
        Lab.Cloud.Answer(CloudPlace.SendMail, HostileHttp.All[answer]);
        await using var session = await Lab.OpenAsync(Route.Graph, Lab.Input with { TimeoutSeconds = "5" });

        await AssertFrugalAsync(() => session.SendAsync(Mails.To("anna@contoso.com"), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(SmtpMoment.Greeting, SmtpBehaviour.EndlessLine)]
    [InlineData(SmtpMoment.EhloTls, SmtpBehaviour.EndlessReply)]
    [InlineData(SmtpMoment.Auth, SmtpBehaviour.EndlessReply)]
    public async Task Neither_is_a_mail_server(SmtpMoment moment, SmtpBehaviour behaviour)
    {
        fixture.AnswerTokensAsUsual();
        Lab.Smtp.Script = SmtpScript.Exchange.At(moment, behaviour);

        await AssertFrugalAsync(() => Lab.CheckAsync(Lab.Input with { TimeoutSeconds = "5", Route = "smtp" }));
        Lab.Smtp.Script = SmtpScript.Exchange;
    }

    private static async Task AssertFrugalAsync<T>(Func<Task<T>> action)
    {
        var before = GC.GetTotalAllocatedBytes();
        var value = await action();
        var taken = GC.GetTotalAllocatedBytes() - before;

        Assert.NotNull(value);
        Assert.True(taken < Limit, $"{taken / 1024 / 1024} MB were taken.");
    }
}

[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
