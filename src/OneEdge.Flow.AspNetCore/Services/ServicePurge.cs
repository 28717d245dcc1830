using System.Text.Json;
using OneEdge.OpenNebula;

namespace OneEdge.Flow.AspNetCore;

/// <summary><c>POST /service_pool/purge_done</c>: services that older versions left in DONE. Those that the caller may not delete stay.</summary>
internal static class ServicePurge
{
    private const int Done = (int)ServiceState.Done;

    public static async Task<Answer> PurgeAsync(FlowRequest request)
    {
        List<int> done = [];
        await foreach (Document service in request.Cloud.Documents.ListAsync(DocumentType.Service, cancellationToken: request.Gone).ConfigureAwait(false))
        {
            if (IsDone(service)) done.Add(service.Id);
        }

        foreach (int id in done) await DeleteAsync(request, id).ConfigureAwait(false);
        return EmptyAnswer.Done;
    }

    private static bool IsDone(Document service) => DocumentJson.BodyOf(service) is { ValueKind: JsonValueKind.Object } body
        && body.TryGetProperty("state"u8, out JsonElement state) && state.ValueKind == JsonValueKind.Number && state.TryGetInt32(out int number)
            && number == Done;

    private static async Task DeleteAsync(FlowRequest request, int id)
    {
        try
        {
            await request.Cloud.Documents.DeleteAsync(id, request.Gone).ConfigureAwait(false);
        }
        catch (OpenNebulaCallException error) when (error.Kind is OpenNebulaErrorKind.Authorization or OpenNebulaErrorKind.NoExists)
        {
            // Not the caller's, or gone already.
        }
    }
}
