using System.Text;
using System.Text.Json;

namespace OneEdge.Flow;

/// <summary>Collects errors: those of the original in its order, and our own behind them.</summary>
internal sealed class ErrorList(ServiceTemplateLimits limits)
{
    private readonly List<ServiceTemplateError> _original = [];
    private readonly List<ServiceTemplateError> _own = [];

    public bool HasAny => _original.Count + _own.Count > 0;

    /// <summary>Whether it is of no use to look further.</summary>
    public bool IsFull => _original.Count + _own.Count >= limits.MaxErrors;

    public IReadOnlyList<ServiceTemplateError> ToList() => [.. _original.Concat(_own).Take(limits.MaxErrors)];

    /// <summary>Whether something at a place or below it is not what its schema says, so that no more can be said of it.</summary>
    public bool IsUnsound(string path) => _original.Exists(e => IsWithin(e.Path, path))
        || _own.Exists(e => e.Code == FlowErrorCodes.TemplateTooLarge && IsWithin(e.Path, path));

    /// <summary>Gives every error another path.</summary>
    public void RenamePaths(Func<string, string> rename)
    {
        foreach (List<ServiceTemplateError> list in (ReadOnlySpan<List<ServiceTemplateError>>)[_original, _own])
        {
            for (int i = 0; i < list.Count; i++)
            {
                ServiceTemplateError e = list[i];
                list[i] = new ServiceTemplateError(rename(e.Path), e.Code, e.Message)
                { Hint = e.Hint, OriginalMessage = e.OriginalMessage, FailsOriginal = e.FailsOriginal };
            }
        }
    }

    /// <summary>What the original refuses with a text.</summary>
    public void Original(string path, string code, string originalMessage, string message, string? hint = null) =>
        _original.Add(new ServiceTemplateError(path, code, message) { OriginalMessage = originalMessage, Hint = hint });

    /// <summary>What makes the original die.</summary>
    public void Fails(string path, string code, string message, string? hint = null) =>
        _original.Add(new ServiceTemplateError(path, code, message) { FailsOriginal = true, Hint = hint });

    /// <summary>What the original accepts.</summary>
    public void Own(string path, string code, string message, string? hint = null) =>
        _own.Add(new ServiceTemplateError(path, code, message) { Hint = hint });

    /// <summary>A text that is no JSON.</summary>
    public void NotJson(ReadOnlySpan<byte> text, JsonException failure, ServiceTemplateLimits limits)
    {
        bool isTooDeep = failure.Message.Contains("maximum configured depth", StringComparison.Ordinal);
        string message = text.Length == 0 ? "There is no template: the text is empty."
            : isTooDeep ? $"Objects and arrays nest deeper than {limits.MaxDepth}."
            : $"This is no JSON: {Reason(failure)}";
        _own.Add(new ServiceTemplateError("$", isTooDeep ? FlowErrorCodes.TemplateTooLarge : FlowErrorCodes.TemplateNotJson, message)
        {
            Position = JsonText.PositionOf(text, failure.LineNumber ?? 0, failure.BytePositionInLine ?? 0),
            OriginalMessage = isTooDeep ? null : OriginalMessage(text),
            Hint = text.StartsWith("\uFEFF"u8) ? "take away the byte order mark" : null,
        });
    }

    // Ruby quotes the text from the value on that it could not read: the whole text when already its first token is none.
    private static string? OriginalMessage(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> start = text.TrimStart(" \t\r\n"u8);
        bool isObject = start.Length > 0 && start[0] == '{';
        ReadOnlySpan<byte> first = isObject ? start[1..].TrimStart(" \t\r\n"u8) : start;
        bool isBroken = first.Length == 0 || (char)first[0] is (>= 'A' and <= 'Z') or (>= 'a' and <= 'z');
        return isBroken ? $"unexpected token at '{Encoding.UTF8.GetString(start)}'" : null;
    }

    // Without the place, which the error has on its own.
    private static string Reason(JsonException failure)
    {
        string message = failure.Message;
        int place = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return place < 0 ? message : message[..place];
    }

    private static bool IsWithin(string inner, string path) =>
        inner.StartsWith(path, StringComparison.Ordinal) && (inner.Length == path.Length || inner[path.Length] is '.' or '[');
}
