using System.Text;
using System.Text.Json;
using OneEdge.Flow.Documents;

namespace OneEdge.Flow.Client;

/// <summary>Tells from an answer that is no success what the server means by it.</summary>
/// <remarks>Statuses and texts: OneFlow 6.10.5, recorded. Our server has a status of its own for most of them (409, 422).</remarks>
internal static class Refusals
{
    private const int MaxTextLength = 10_000;

    /// <summary>The error of an answer.</summary>
    public static OneFlowException ErrorOf(FlowRequest request, FlowAnswer answer, CallFailure failure, SecretMask mask)
    {
        if (answer.IsPage) return answer.Status is 404 or 405 ? Refused(OneFlowRefusal.NoOperation) : failure.Status(answer.Status);
        if (answer.Status is < 400 or 407 or 408 or 413 or 429 or 502 or 503 or 504)
            return failure.Status(answer.Status, answer.ErrorCode is null ? null : Shortened(mask.Apply(answer.Text.Trim())));
        string text = TextOf(answer, out bool isFault);
        return Refused(isFault ? OneFlowRefusal.Fault : KindOf(answer.Status, text), text);

        OneFlowRefusedException Refused(OneFlowRefusal kind, string text = "") =>
            new(request, kind, answer.Status, Shortened(mask.Apply(text)), answer.ErrorCode);
    }

    /// <summary>What a refusal means, by its status and its text.</summary>
    internal static OneFlowRefusal KindOf(int status, string text) => status switch
    {
        401 or 403 => Has(text, "Not authorized") ? OneFlowRefusal.Authorization : OneFlowRefusal.Authentication,
        404 => IsAboutRole(text) ? OneFlowRefusal.RoleNotFound : OneFlowRefusal.NotFound,
        405 or 501 => OneFlowRefusal.NoOperation,
        400 or 422 => OneFlowRefusal.Invalid,
        _ when IsAboutState(text) => OneFlowRefusal.WrongState,
        _ when IsAboutRole(text) => OneFlowRefusal.RoleNotFound,
        _ when Has(text, "already exists") || Has(text, "is already at") => OneFlowRefusal.Conflict,
        _ when IsAboutValues(text) => OneFlowRefusal.Invalid,
        409 or 412 => OneFlowRefusal.Conflict,
        _ => OneFlowRefusal.Other,
    };

    private static bool IsAboutState(string text) =>
        Has(text, " in state: ") || text.EndsWith(" in state:", StringComparison.Ordinal) || Has(text, "has no roles in HOLD") || Has(text, "is in DONE state");

    private static bool IsAboutRole(string text) => text.StartsWith("Role ", StringComparison.Ordinal)
        && (text.EndsWith(" not found", StringComparison.Ordinal) || text.EndsWith(" does not exist", StringComparison.Ordinal));

    private static bool IsAboutValues(string text) =>
        Has(text, "mum cardinality is ") || Has(text, "You have to specify") || Has(text, " not supported") || Has(text, "Immutable value: ")
        || text.StartsWith("KEY: ", StringComparison.Ordinal) || Has(text, "use rename operation") || Has(text, "must be an integer number");

    private static bool Has(string text, string part) => text.Contains(part, StringComparison.Ordinal);

    // An exception that the original did not foresee: {"message":"Internal server error","reason":"..."}, followed by lines of its source.
    private static string TextOf(FlowAnswer answer, out bool isFault)
    {
        isFault = false;
        string plain = answer.Text.Trim();
        if (answer.Body is not [(byte)'{', ..]) return plain;
        try
        {
            JsonElement json = DocumentAnswer.Parse(answer.Body);
            string? message = LenientJson.Text(json, "message"u8) ?? LenientJson.Text(json, "error"u8);
            if (message is null) return plain;
            string reason = LenientJson.Text(json, "reason"u8) is { Length: > 0 } given ? given.Split('\n', 2)[0].Trim() : "";
            isFault = message == "Internal server error";
            return reason.Length == 0 ? message : $"{message}: {reason}";
        }
        catch (FormatException)
        {
            return plain;
        }
    }

    private static string Shortened(string text)
    {
        if (text.Length <= MaxTextLength) return text;
        int end = MaxTextLength - (char.IsHighSurrogate(text[MaxTextLength - 1]) ? 1 : 0);
        return new StringBuilder(text, 0, end, end + 1).Append('…').ToString();
    }
}
