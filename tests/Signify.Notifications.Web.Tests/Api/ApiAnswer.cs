using System.Net;
using System.Text.Json;

namespace Signify.Notifications.Web.Tests.Api;

/// <summary>What the API answered: all that a program can see of it.</summary>
public sealed record ApiAnswer(HttpStatusCode Status, HttpResponseMessage Response, string Text)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    public JsonElement this[string property] => Json.GetProperty(property);

    public string? ETag => Response.Headers.ETag?.ToString();

    public IReadOnlyList<string> Names(string property) => [.. this[property].EnumerateObject().Select(p => p.Name)];

    public IReadOnlyList<string> FindingCodes => [.. this["findings"].EnumerateArray().Select(f => f.GetProperty("code").GetString()!)];

    /// <summary>The answer is a refusal that a program can read: RFC 9457.</summary>
    public ApiAnswer AssertProblem(HttpStatusCode status)
    {
        Assert.True(status == Status, $"{(int)status} expected, got {(int)Status}: {Text}");
        Assert.Equal("application/problem+json", Response.Content.Headers.ContentType?.MediaType);
        Assert.Equal((int)status, this["status"].GetInt32());
        Assert.NotEqual("", this["title"].GetString());
        return this;
    }
}
