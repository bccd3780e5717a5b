using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Signify.Notifications.Findings;

/// <summary>The one JSON spelling of findings and checks, in the API and in the database: camelCase, kebab-case codes, no nulls.</summary>
public static class FindingJson
{
    public static JsonSerializerOptions Options { get; } = Configure(new JsonSerializerOptions());

    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.Encoder = JavaScriptEncoder.Default;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower));
        return options;
    }

    public static string ToCode(this Enum member) => JsonNamingPolicy.KebabCaseLower.ConvertName(member.ToString());
}
