using System.Text;
using System.Text.Json;
using OneEdge.OpenNebula;

namespace OneEdge.Flow.AspNetCore;

/// <summary><c>PUT /service/{id}</c>: a whole body, or <c>{"append": true, "template": ...}</c> for some members.</summary>
internal static class ServiceUpdates
{
    public static async Task<Answer> UpdateAsync(FlowRequest request)
    {
        JsonElement body = await RequestBody.ReadObjectAsync(request).ConfigureAwait(false);
        var members = new Parameters(body);
        bool append = members.Find("append") is { ValueKind: JsonValueKind.True };
        string json = append ? Appended(members, request.Options.MaxRequestDepth) : Encoding.UTF8.GetString(DocumentJson.CleanBody(body));
        Document service = await CallerDocuments.FindManagedAsync(request, DocumentType.Service).ConfigureAwait(false);
        await request.Engine.UpdateAsync(service.Id, json, append, request.Gone).ConfigureAwait(false);
        return EmptyAnswer.Done;
    }

    private static string Appended(Parameters members, int maxDepth)
    {
        JsonElement given = members.Find("template") ?? throw AnswerException.BadParameter("Missing template to append");
        if (given.ValueKind != JsonValueKind.String) return given.GetRawText();
        string text = JsonValues.TextOf(given, "template");
        return RequestBody.ParseObject(Encoding.UTF8.GetBytes(text), maxDepth).GetRawText();
    }
}
