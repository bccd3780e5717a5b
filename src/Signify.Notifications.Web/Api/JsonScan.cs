using System.Text.Json;

namespace Signify.Notifications.Web.Api;

/// <summary>Reads JSON as it arrives: whether it is JSON, and whether it holds more values than allowed. Stores nothing.</summary>
/// <param name="most">Values: objects, lists, texts, numbers, true, false and null, at any depth.</param>
internal sealed class JsonScan(int most)
{
    private JsonReaderState _state;
    private int _scanned;
    private int _values;

    /// <param name="bytes">All that has arrived, from the beginning.</param>
    /// <returns>False once there are too many values.</returns>
    /// <exception cref="JsonException">It is not JSON, or nested deeper than 64.</exception>
    public bool Continue(ReadOnlySpan<byte> bytes, bool isComplete)
    {
        var reader = new Utf8JsonReader(bytes[_scanned..], isComplete, _state);
        while (reader.Read())
        {
            var isValue = reader.TokenType is not (JsonTokenType.PropertyName or JsonTokenType.EndObject or JsonTokenType.EndArray);
            if (isValue && ++_values > most)
            {
                return false;
            }
        }

        _scanned += (int)reader.BytesConsumed;
        _state = reader.CurrentState;
        return true;
    }
}
