using System.Net;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Tests.Api;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Access;

/// <summary>Two processes on one PostgreSQL, behind one address.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class SharedSessionTests
{
    [Fact]
    public async Task Who_signed_in_at_one_process_is_signed_in_at_the_other()
    {
        await using var database = await TestDatabase.PostgreSqlAsync();
        var folder = Directory.CreateTempSubdirectory("signify-test-");
        try
        {
            var options = new TestProgramOptions
            {
                Settings = database.Configuration.Append(new("Keys:Certificate", KeyCertificate.Write(folder.FullName))).ToDictionary(s => s.Key, s => s.Value!),
            };
            await using var one = await TestProgram.StartAsync(options);
            await using var two = await TestProgram.StartAsync(options);
            var cookies = new CookieContainer();
            await one.NewBrowser(cookies).SignInAsync(TestProgram.AdminEmail, TestProgram.AdminPassword);

            var other = two.NewBrowser(cookies);
            var page = await other.GetAsync("/gear/access/users");
            // A form of one, sent to the other.
            var added = await one.NewBrowser(cookies).SubmitAsync(page, "#add-user", ("Email", TestProgram.ViewerEmail), ("Role", "Viewer"));

            Assert.Equal((HttpStatusCode.OK, "/gear/access/users"), (page.Status, page.Address.AbsolutePath));
            Assert.NotNull(added.Find("#link").GetAttribute("value"));
            Assert.Equal(HttpStatusCode.OK, (await two.GetAsync(ApiCalls.Settings)).Status);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
