using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using OneEdge.Testing;

namespace OneEdge.OpenNebula.Tests.Documents;

/// <summary>The stand-in says what was recorded.</summary>
public sealed class FakePoolTests
{
    private const int Carol = 6;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lock_matrix_is_the_recorded_one()
    {
        using var matrix = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(ConformanceData.Area("opennebula"), "lock_matrix.json")));
        int compared = 0;
        foreach (JsonProperty level in matrix.RootElement.EnumerateObject())
        {
            foreach (JsonProperty operation in level.Value.EnumerateObject().Where(o => o.Name.Contains(':', StringComparison.Ordinal)))
            {
                string expected = operation.Value.GetString()!;
                string actual = await TryAsync(level.Name[0] - '0', operation.Name, IdIn(expected));
                Assert.Equal((level.Name, operation.Name, expected), (level.Name, operation.Name, actual));
                compared++;
            }
        }

        Assert.True(compared >= 70);
    }

    [Fact]
    public async Task Lock_calls_answer_as_recorded()
    {
        var time = new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1795392927));
        var pool = new FakePool(time);
        IOpenNebulaRpc oneadmin = pool.User(0, isAdmin: true);
        IOpenNebulaRpc alice = pool.User(2);
        pool.SkipIds(3);
        Assert.Equal(3, (await alice.CallAsync("one.document.allocate", ["<TEMPLATE><NAME>x</NAME></TEMPLATE>", 103], Token)).AsInt32());
        Assert.Equal(3, (await oneadmin.CallAsync("one.document.lock", [3, 4, false], Token)).AsInt32());
        await RefusedAsync(oneadmin, new("one.document.lock", 3, 1, true), 2048, "[one.document.lock] 1795392927");
        await RefusedAsync(oneadmin, new("one.document.delete", 3), 512, "[one.document.delete] User [0] : DOCUMENT is locked. [3].");
        await RefusedAsync(alice, new("one.document.unlock", 3), 2048, "[one.document.unlock] Cannot unlock: Lock is owned by another user");
        Assert.Equal(3, (await oneadmin.CallAsync("one.document.unlock", [3], Token)).AsInt32());
        await RefusedAsync(oneadmin, new("one.document.lock", 3, 5, false), 2048, "[one.document.lock] Wrong lock level specified");
        await RefusedAsync(oneadmin, new("one.document.info", 4242, false), 1024, "[one.document.info] Error getting document [4242].");
        await RefusedAsync(
            alice, new("one.document.allocate", "<TEMPLATE><NAME>x</NAME>", 100), 8192, "[one.document.allocate] Parse error: XML Template malformed.");
        await RefusedAsync(
            alice, new("one.document.update", 3, "<TEMPLATE><BODY>", 0), 8192,
            "[one.document.update] Cannot update template. Parse error: XML Template malformed.");
    }

    private static async Task RefusedAsync(IOpenNebulaRpc rpc, OpenNebulaCall call, int code, string message)
    {
        var refused = await Assert.ThrowsAsync<OpenNebulaCallException>(() => rpc.CallAsync(call, Token));
        Assert.Equal((code, message), (refused.ServerCode, refused.ServerMessage));
    }

    // The ids of the recording stand in its messages.
    private static int IdIn(string message)
    {
        int at = message.LastIndexOf('[');
        return at > 0 ? int.Parse(message[(at + 1)..message.LastIndexOf(']')], System.Globalization.CultureInfo.InvariantCulture) : 100;
    }

    private static async Task<string> TryAsync(int level, string operation, int id)
    {
        var pool = new FakePool(TimeProvider.System);
        pool.SkipIds(id);
        IOpenNebulaRpc carol = pool.User(Carol);
        await carol.CallAsync("one.document.allocate", ["<TEMPLATE><NAME>lock</NAME><PLAIN><![CDATA[{}]]></PLAIN></TEMPLATE>", 103], Token);
        if (level is > 0 and < 5) await carol.CallAsync("one.document.lock", [id, level, false], Token);
        string[] parts = operation.Split(':');
        IOpenNebulaRpc user = parts[0] == "owner" ? carol : pool.User(0, isAdmin: true);
        var call = new OpenNebulaCall($"one.document.{parts[1]}", parts[1] switch
        {
            "update" => [id, "<TEMPLATE/>", 1],
            "rename" or "clone" => [id, "name"],
            _ => [id],
        });
        try
        {
            await user.CallAsync(call, Token);
            return "ok";
        }
        catch (OpenNebulaCallException e)
        {
            return $"{e.ServerCode}: {e.ServerMessage}";
        }
    }
}
