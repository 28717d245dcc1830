using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace OneEdge.Comparison.Flow;

/// <summary>The API of OneFlow over HTTP, whoever serves it.</summary>
internal sealed class OneFlowApi : IFlow, IDisposable
{
    private readonly HttpClient _http;
    private readonly List<int> _templates = [];

    public OneFlowApi(Uri address, string credentials)
    {
        _http = new HttpClient { BaseAddress = new Uri(address.AbsoluteUri.TrimEnd('/') + "/"), Timeout = TimeSpan.FromMinutes(2) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)));
    }

    public long? Calls => null;

    public async Task<int> StartAsync(string template, CancellationToken cancellationToken)
    {
        int id = IdOf(await SendAsync(HttpMethod.Post, "service_template", template, cancellationToken));
        lock (_templates) _templates.Add(id);
        string action = """{"action":{"perform":"instantiate","params":{"merge_template":{}}}}""";
        return IdOf(await SendAsync(HttpMethod.Post, Path($"service_template/{id}/action"), action, cancellationToken));
    }

    public async Task<IReadOnlyDictionary<int, int>> StatesAsync(CancellationToken cancellationToken)
    {
        JsonElement pool = (await SendAsync(HttpMethod.Get, "service", null, cancellationToken)).GetProperty("DOCUMENT_POOL");
        var states = new Dictionary<int, int>();
        if (!pool.TryGetProperty("DOCUMENT", out JsonElement documents)) return states;
        foreach (JsonElement document in documents.EnumerateArray())
            states[IdOf(document, isBare: true)] = Body(document).GetProperty("state").GetInt32();
        return states;
    }

    public async Task<FlowRole> RoleAsync(int service, CancellationToken cancellationToken)
    {
        JsonElement answer = await SendAsync(HttpMethod.Get, Path($"service/{service}"), null, cancellationToken);
        JsonElement role = Body(answer.GetProperty("DOCUMENT")).GetProperty("roles")[0];
        int[] machines = role.TryGetProperty("nodes", out JsonElement nodes)
            ? [.. nodes.EnumerateArray().Select(n => n.GetProperty("deploy_id").GetInt32())] : [];
        return new FlowRole(role.GetProperty("state").GetInt32(), machines);
    }

    public Task ScaleAsync(int service, string role, int cardinality, CancellationToken cancellationToken) => SendAsync(
        HttpMethod.Post, Path($"service/{service}/scale"), Path($$"""{"role_name":"{{role}}","cardinality":{{cardinality}},"force":false}"""), cancellationToken);

    public Task UndeployAsync(int service, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Delete, Path($"service/{service}"), null, cancellationToken);

    public async Task CleanAsync(CancellationToken cancellationToken)
    {
        int[] made;
        lock (_templates) made = [.. _templates];
        foreach (int id in made) await SendAsync(HttpMethod.Delete, Path($"service_template/{id}"), "{}", cancellationToken);
        lock (_templates) _templates.Clear();
    }

    public void Dispose() => _http.Dispose();

    private static string Path(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static JsonElement Body(JsonElement document)
    {
        JsonElement body = document.GetProperty("TEMPLATE").GetProperty("BODY");
        return body.ValueKind == JsonValueKind.String ? JsonElement.Parse(body.GetString()!) : body;
    }

    private static int IdOf(JsonElement answer, bool isBare = false)
    {
        JsonElement id = (isBare ? answer : answer.GetProperty("DOCUMENT")).GetProperty("ID");
        return id.ValueKind == JsonValueKind.Number ? id.GetInt32() : int.Parse(id.GetString()!, CultureInfo.InvariantCulture);
    }

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, string? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await _http.SendAsync(request, cancellationToken);
        string text = await answer.Content.ReadAsStringAsync(cancellationToken);
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{method} {path}: {(int)answer.StatusCode} {text}");
        return answer.StatusCode == HttpStatusCode.NoContent || text.Length == 0 ? default : JsonElement.Parse(text);
    }
}
