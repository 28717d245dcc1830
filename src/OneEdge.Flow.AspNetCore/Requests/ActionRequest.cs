using System.Text.Json;

namespace OneEdge.Flow.AspNetCore;

/// <summary>The body of an action: <c>{"action": {"perform": NAME, "params": {...}}}</c>.</summary>
internal sealed record ActionRequest(string Perform, Parameters Parameters)
{
    public static async Task<ActionRequest> ReadAsync(FlowRequest request)
    {
        JsonElement body = await RequestBody.ReadObjectAsync(request).ConfigureAwait(false);
        if (!body.TryGetProperty("action", out JsonElement action) || action.ValueKind != JsonValueKind.Object)
            throw AnswerException.BadBody("The body has no object 'action'.");
        if (!action.TryGetProperty("perform", out JsonElement perform) || perform.ValueKind != JsonValueKind.String)
            throw AnswerException.BadBody("The action does not say what to perform: 'perform' is a text.");
        bool hasParameters = action.TryGetProperty("params", out JsonElement parameters) && parameters.ValueKind != JsonValueKind.Null;
        if (hasParameters && parameters.ValueKind != JsonValueKind.Object) throw AnswerException.BadBody("'params' of the action is an object.");
        return new ActionRequest(JsonValues.TextOf(perform, "perform"), new Parameters(hasParameters ? parameters : default));
    }
}
