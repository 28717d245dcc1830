using System.Text.Json;

namespace OneEdge.Flow.AspNetCore;

/// <summary>Values of JSON, where a text may be half of one.</summary>
internal static class JsonValues
{
    /// <summary>The text of a string.</summary>
    /// <exception cref="AnswerException">It holds half a surrogate pair.</exception>
    public static string TextOf(JsonElement value, string name)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw AnswerException.BadBody($"'{name}' holds half a surrogate pair, and is no text.");
        }
    }
}
