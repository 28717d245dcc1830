using System.Xml.Linq;

namespace OneEdge.OpenNebula.Tests.Embedded;

/// <summary>Calls of one multicall: what they begin happens after all of them, so that a later one meets what an earlier one did.</summary>
public sealed class MeetingCallTests : IDisposable
{
    private readonly EmbeddedCloud _cloud = new(new EmbeddedCloudOptions { Hosts = 2 });

    public void Dispose() => _cloud.Dispose();

    [Fact]
    public async Task Machine_that_one_call_ended_is_not_removed_again_by_another()
    {
        int image = await _cloud.Rpc.IdAsync("one.image.allocate", "NAME=i\nTYPE=DATABLOCK\nSIZE=1\nPERSISTENT=YES", 1, false);
        int vm = await CreateAsync($"DISK=[IMAGE_ID={image}]");
        List<string> seen = [];
        using IDisposable listening = _cloud.Listen(m => seen.Add(m.Topic), t => t.StartsWith("EVENT VM ", StringComparison.Ordinal));
        await TogetherAsync(("one.vm.recover", [vm, 3]), ("one.vm.recover", [vm, 5]));
        Assert.Equal([$"EVENT VM {vm}/DONE/LCM_INIT "], seen);
        Assert.Equal("6", (await _cloud.Rpc.XmlAsync("one.vm.info", vm)).Value("STATE"));
    }

    [Fact]
    public async Task Machine_that_one_call_ended_takes_no_room_on_the_host_that_another_moves_it_to()
    {
        int vm = await CreateAsync("");
        int from = (await _cloud.Rpc.XmlAsync("one.vm.info", vm)).Number("HISTORY_RECORDS/HISTORY/HID");
        await TogetherAsync(("one.vm.migrate", [vm, 1 - from, true, false, -1, 0]), ("one.vm.recover", [vm, 5]));
        Assert.Equal("6", (await _cloud.Rpc.XmlAsync("one.vm.info", vm)).Value("STATE"));
        foreach (int host in (int[])[0, 1])
        {
            XElement share = (await _cloud.Rpc.XmlAsync("one.host.info", host)).Element("HOST_SHARE")!;
            Assert.Equal(("0", "0", "0"), (share.Value("MEM_USAGE"), share.Value("CPU_USAGE"), share.Value("RUNNING_VMS")));
        }
    }

    [Fact]
    public async Task First_of_two_actions_is_the_one_that_is_done()
    {
        int vm = await CreateAsync("");
        await TogetherAsync(("one.vm.action", ["poweroff", vm]), ("one.vm.action", ["terminate", vm]));
        Assert.Equal("8", (await _cloud.Rpc.XmlAsync("one.vm.info", vm)).Value("STATE"));
    }

    private async Task TogetherAsync(params (string Method, RpcValue[] Parameters)[] calls)
    {
        RpcValue[] all =
        [
            .. calls.Select(c => RpcValue.Struct(
                new KeyValuePair<string, RpcValue>("methodName", c.Method),
                new KeyValuePair<string, RpcValue>("params", RpcValue.Array(["oneadmin:opennebula", .. c.Parameters])))),
        ];
        RpcValue answer = await _cloud.Rpc.CallAsync("system.multicall", RpcValue.Array(all));
        Assert.All(answer.AsArray(), a => Assert.True(a.AsArray()[0].AsArray()[0].AsBoolean()));
    }

    private Task<int> CreateAsync(string more) => _cloud.Rpc.IdAsync("one.vm.allocate", $"CPU=1\nMEMORY=64\n{more}", false);
}
