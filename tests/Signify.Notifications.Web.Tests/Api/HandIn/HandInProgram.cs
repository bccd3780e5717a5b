using System.Net.Http.Headers;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Signify.Notifications.Persistence;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Api.HandIn;

/// <summary>A program to hand notifications in to, and what of them is on its disk.</summary>
public sealed class HandInProgram : IAsyncLifetime
{
    public const string Notifications = "/api/v1/notifications";
    public const string Mailings = "/api/v1/mailings";

    public TestProgram Program { get; private set; } = null!;

    public static async Task<HandInProgram> StartAsync(params (string Key, string Value)[] settings) => new() { Program = await TestProgram.StartAsync(settings) };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => Program = await TestProgram.StartAsync();

    public ValueTask DisposeAsync() => Program.DisposeAsync();

    public Task<ApiAnswer> PostAsync(string path, string body, string? key = null, string type = "application/json") =>
        PostAsync(path, new StringContent(body, new UTF8Encoding(false), MediaTypeHeaderValue.Parse(type)), key);

    public Task<ApiAnswer> PostLinesAsync(string? key, params string[] lines) =>
        PostAsync(Mailings, string.Join('\n', lines), key, "application/x-ndjson");

    public async Task<ApiAnswer> PostAsync(string path, HttpContent content, string? key = null, CancellationToken? caller = null)
    {
        using var api = Program.NewApiClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        }

        var response = await api.SendAsync(request, caller ?? Stop);
        return new ApiAnswer(response.StatusCode, response, await response.Content.ReadAsStringAsync(Stop));
    }

    public async Task<List<T>> RowsAsync<T>(Func<IQueryable<T>, IQueryable<T>> which)
        where T : class
    {
        await using var db = await Program.Services.GetRequiredService<IDbContextFactory<NotificationsDbContext>>().CreateDbContextAsync(Stop);
        return await which(db.Set<T>().AsNoTracking()).ToListAsync(Stop);
    }

    /// <summary>Over a connection of its own: what another process would see.</summary>
    public async Task<long> CountAsync(string sql)
    {
        await using var db = Program.NewContext();
        return await SecondConnection.SqlAsync(db, sql);
    }
}
