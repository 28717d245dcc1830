using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Time.Testing;

namespace OneEdge.OpenNebula.Tests.Embedded;

public sealed class ServerSessionTests : IAsyncLifetime
{
    private const string Secret = "secret of the server";

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
    private readonly EmbeddedCloud _cloud;
    private readonly OpenNebulaServerCredentials _server = new("flow", Secret);
    private int _user;

    public ServerSessionTests() => _cloud = new EmbeddedCloud(new EmbeddedCloudOptions { TimeProvider = _time });

    private DateTimeOffset InAnHour => _time.GetUtcNow().AddHours(1);

    public async ValueTask InitializeAsync()
    {
        await _cloud.Rpc.CallAsync("one.user.allocate", "flow", Stored(Secret), "server_cipher", RpcValue.Array());
        _user = await _cloud.Rpc.IdAsync("one.user.allocate", "ada", "adapass", "core", RpcValue.Array());
    }

    public ValueTask DisposeAsync()
    {
        _cloud.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Server_acts_for_a_user()
    {
        IOpenNebulaRpc rpc = _cloud.Connect(_server.As("ada", InAnHour));
        Assert.Equal(_user, (await rpc.XmlAsync("one.user.info", -1)).Number("ID"));
        int vm = await rpc.IdAsync("one.vm.allocate", "CPU=1\nMEMORY=64", true);
        Assert.Equal(_user, (await _cloud.Rpc.XmlAsync("one.vm.info", vm)).Number("UID"));
        Assert.Equal(512, (await rpc.RefusedAsync("one.host.allocate", "h", "dummy", "dummy", -1)).ServerCode);
    }

    [Fact]
    public async Task Session_ends_when_it_says()
    {
        IOpenNebulaRpc rpc = _cloud.Connect(_server.As("ada", InAnHour));
        _time.Advance(TimeSpan.FromHours(1) - TimeSpan.FromSeconds(1));
        await rpc.CallAsync("one.user.info", -1);
        _time.Advance(TimeSpan.FromSeconds(1));
        await RefusedAsync(rpc);
    }

    [Fact]
    public async Task Session_of_another_secret_server_or_user_is_refused()
    {
        await RefusedAsync(_cloud.Connect(new OpenNebulaServerCredentials("flow", "another").As("ada", InAnHour)));
        await RefusedAsync(_cloud.Connect(_server.As("nobody", InAnHour)));
        await RefusedAsync(_cloud.Connect(new OpenNebulaServerCredentials("ada", Secret).As("flow", InAnHour)));
        await _cloud.Rpc.CallAsync("one.user.allocate", "other", Stored(Secret), "server_cipher", RpcValue.Array());
        string token = _server.As("ada", InAnHour).Session.Split(':')[2];
        await RefusedAsync(_cloud.Connect(OpenNebulaCredentials.FromSession($"other:ada:{token}")));
    }

    [Theory]
    [InlineData("flow:ada")]
    [InlineData("flow:ada:")]
    [InlineData("flow:ada:not base64")]
    [InlineData("flow:ada:AAAA")]
    [InlineData("flow:ada:AAAAAAAAAAAAAAAAAAAAAA==")]
    [InlineData("flow:secret of the server")]
    public async Task Session_that_is_none_is_refused(string session) => await RefusedAsync(_cloud.Connect(OpenNebulaCredentials.FromSession(session)));

    [Fact]
    public async Task Session_of_a_group_is_in_this_group_only()
    {
        int group = await _cloud.Rpc.IdAsync("one.group.allocate", "g");
        await _cloud.Rpc.CallAsync("one.user.addgroup", _user, group);
        string token = _server.As("ada", InAnHour).Session.Split(':')[2];
        IOpenNebulaRpc rpc = _cloud.Connect(OpenNebulaCredentials.FromSession($"flow:ada:{group}:{token}"));
        await _cloud.Rpc.CallAsync("one.acl.addrule", $"{0x200000000 | (uint)group:x}", $"{0x400000000000 | 0x400000000:x}", "8", "400000000");
        int document = await rpc.IdAsync("one.document.allocate", "NAME=d", 100);
        Assert.Equal((_user, group), Owner(await _cloud.Rpc.XmlAsync("one.document.info", document)));
        await RefusedAsync(_cloud.Connect(OpenNebulaCredentials.FromSession($"flow:ada:x:{token}")));
    }

    [Fact]
    public async Task Server_that_is_disabled_or_has_another_secret_acts_for_nobody()
    {
        IOpenNebulaRpc rpc = _cloud.Connect(_server.As("ada", InAnHour));
        int id = (await _cloud.Rpc.XmlAsync("one.userpool.info")).Elements("USER").Single(u => u.Value("NAME") == "flow").Number("ID");
        await _cloud.Rpc.CallAsync("one.user.enable", id, false);
        await RefusedAsync(rpc);
        await _cloud.Rpc.CallAsync("one.user.enable", id, true);
        await rpc.CallAsync("one.user.info", -1);
        await _cloud.Rpc.CallAsync("one.user.passwd", id, Stored("another"));
        await RefusedAsync(rpc);
    }

    [Fact]
    public async Task Serveradmin_acts_for_users_once_its_password_is_known()
    {
        await _cloud.Rpc.CallAsync("one.user.passwd", 1, Stored(Secret));
        IOpenNebulaRpc rpc = _cloud.Connect(new OpenNebulaServerCredentials("serveradmin", Secret).As("oneadmin", InAnHour));
        Assert.Equal(0, (await rpc.XmlAsync("one.user.info", -1)).Number("ID"));
    }

    private static (int Uid, int Gid) Owner(System.Xml.Linq.XElement item) => (item.Number("UID"), item.Number("GID"));

    private static string Stored(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    private static Task RefusedAsync(IOpenNebulaRpc rpc) =>
        rpc.AssertRefusedAsync(256, "User couldn't be authenticated, aborting call.", "one.user.info", -1);
}
