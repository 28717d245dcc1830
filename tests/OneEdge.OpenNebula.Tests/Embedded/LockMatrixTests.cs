using System.Globalization;
using System.Text.Json;
using OneEdge.Testing;

namespace OneEdge.OpenNebula.Tests.Embedded;

/// <summary>What locks of each level refuse, to the owner and to oneadmin, as it was measured.</summary>
public sealed class LockMatrixTests
{
    public static TheoryData<string, string, string> Cells()
    {
        var data = new TheoryData<string, string, string>();
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(ConformanceData.Area("opennebula"), "lock_matrix.json")));
        foreach (JsonProperty level in document.RootElement.EnumerateObject())
        {
            foreach (JsonProperty cell in level.Value.EnumerateObject()) data.Add(level.Name, cell.Name, cell.Value.GetString()!);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task Lock_refuses_what_it_refused(string level, string cell, string expected)
    {
        using var cloud = new EmbeddedCloud();
        IOpenNebulaRpc carol = null!;
        foreach (string name in (string[])["u2", "u3", "u4", "u5", "carol"]) carol = await cloud.UserAsync(name);
        int id = await carol.IdAsync("one.document.allocate", "NAME=d\nBODY=\"{}\"", 103);
        try
        {
            await carol.CallAsync("one.document.lock", id, int.Parse(level.AsSpan(0, 1), CultureInfo.InvariantCulture), false);
        }
        catch (OpenNebulaCallException e) when (e.ServerCode == 2048 && level[0] is '0' or '5')
        {
            Assert.Equal("[one.document.lock] Wrong lock level specified", e.ServerMessage);
        }

        IOpenNebulaRpc caller = cell.StartsWith("owner:", StringComparison.Ordinal) ? carol : cloud.Rpc;
        string operation = cell[(cell.IndexOf(':', StringComparison.Ordinal) + 1)..];
        Assert.Equal(WithId(expected, id), await OutcomeAsync(caller, operation, id));
    }

    private static string WithId(string expected, int id)
    {
        int bracket = expected.LastIndexOf('[');
        return expected == "ok" || bracket < 0 ? expected : string.Create(CultureInfo.InvariantCulture, $"{expected[..bracket]}[{id}].");
    }

    private static async Task<string> OutcomeAsync(IOpenNebulaRpc caller, string operation, int id)
    {
        RpcValue[] parameters = operation switch
        {
            "update" => [id, "A=1", 1],
            "rename" => [id, "renamed"],
            "chmod" => [id, 1, 1, 0, 1, 0, 0, 0, 0, 0],
            "chown" => [id, -1, -1],
            "clone" => [id, "copy"],
            _ => [id],
        };
        try
        {
            await caller.CallAsync($"one.document.{operation}", parameters);
            return "ok";
        }
        catch (OpenNebulaCallException e)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{e.ServerCode}: {e.ServerMessage}");
        }
    }
}
