namespace OneEdge.OpenNebula.Tests.Embedded;

public sealed class QuotaNetworkTests : IAsyncLifetime
{
    private QuotaCloud _it = null!;
    private int _network;

    public async ValueTask InitializeAsync()
    {
        _it = await QuotaCloud.CreateAsync();
        _network = await _it.Admin.IdAsync("one.vn.allocate", "NAME=n\nVN_MAD=dummy\nBRIDGE=b\nAR=[TYPE=IP4,IP=10.0.0.1,SIZE=20]", -1);
        await _it.Admin.CallAsync("one.vn.chmod", _network, 1, 1, 0, 0, 0, 0, 1, 0, 0);
    }

    public ValueTask DisposeAsync()
    {
        _it.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Leases_of_machines_are_counted_and_limited()
    {
        string problem = $"User [{_it.User}] : user [{_it.User}] limit of 2 reached for LEASES quota in NETWORK with ID: {_network}.";
        await _it.LimitUserAsync($"NETWORK=[ID={_network},LEASES=2]");
        string nic = $"NIC=[NETWORK_ID={_network}]";
        await _it.Own.AssertRefusedAsync(
            512, problem, "one.vm.allocate", $"CPU=1\nMEMORY=64\n{nic}\n{nic}\nNIC=[NETWORK=n,NETWORK_UNAME=oneadmin]", true);
        Assert.Equal("0", (await _it.Admin.XmlAsync("one.vn.info", _network)).Value("USED_LEASES"));
        int vm = await _it.MachineAsync(nic);
        await _it.DeployAsync(vm);
        await _it.Own.CallAsync("one.vm.attachnic", vm, "NIC=[NETWORK=n,NETWORK_UNAME=oneadmin]");
        Assert.Equal("2", await LeasesAsync());
        await _it.Own.AssertRefusedAsync(512, problem, "one.vm.attachnic", vm, nic);
        await _it.Own.CallAsync("one.vm.detachnic", vm, 0);
        Assert.Equal("1", await LeasesAsync());
        using (_it.Cloud.Script.Fail(EmbeddedWork.Hotplug)) await _it.Own.CallAsync("one.vm.attachnic", vm, nic);
        Assert.Equal("1", await LeasesAsync());
        await _it.Own.CallAsync("one.vm.action", "terminate-hard", vm);
        Assert.Equal("0", QuotaCloud.Used(await _it.Admin.XmlAsync("one.user.info", _it.User), "NETWORK", _network, "LEASES"));
    }

    [Fact]
    public async Task Reservations_use_addresses_of_their_parent_and_move_with_their_owner()
    {
        int reservation = await _it.Admin.IdAsync("one.vn.reserve", _network, "NAME=r\nSIZE=3");
        await _it.LimitGroupAsync($"NETWORK=[ID={_network},LEASES=2]");
        string problem = $"group [{_it.Group}] limit of 2 reached for LEASES quota in NETWORK with ID: {_network}.";
        await _it.Admin.AssertRefusedAsync(512, $"User [0] : {problem}", "one.vn.chown", reservation, _it.User, _it.Group);
        await _it.LimitGroupAsync($"NETWORK=[ID={_network},LEASES=5]");
        await _it.Admin.CallAsync("one.vn.chown", reservation, _it.User, _it.Group);
        Assert.Equal("3", await LeasesAsync());

        await _it.Admin.CallAsync("one.vn.reserve", _network, $"NETWORK_ID={reservation}\nSIZE=2");
        Assert.Equal("5", await LeasesAsync());
        await _it.Admin.AssertRefusedAsync(
            512,
            $"User [{_it.User}] : group [{_it.Group}] limit of 5 reached for LEASES quota in NETWORK with ID: {_network}.",
            "one.vn.reserve",
            _network,
            $"NETWORK_ID={reservation}\nSIZE=1");
        await _it.Admin.CallAsync("one.vn.rm_ar", reservation, 0, false);
        Assert.Equal("2", await LeasesAsync());
        await _it.Admin.CallAsync("one.vn.delete", reservation);
        Assert.Equal("", QuotaCloud.Used(await _it.Admin.XmlAsync("one.user.info", _it.User), "NETWORK", _network, "LEASES"));
    }

    [Fact]
    public async Task Reservation_that_is_refused_leaves_nothing()
    {
        await _it.LimitUserAsync($"NETWORK=[ID={_network},LEASES=2]");
        await _it.Admin.CallAsync("one.acl.addrule", $"{0x100000000 | (uint)_it.User:x}", $"{0x4000000000 | 0x400000000:x}", "8", "400000000");
        Assert.Equal(512, (await _it.Own.RefusedAsync("one.vn.reserve", _network, "NAME=r\nSIZE=3")).ServerCode);
        Assert.Equal("0", (await _it.Admin.XmlAsync("one.vn.info", _network)).Value("USED_LEASES"));
        Assert.Single((await _it.Admin.XmlAsync("one.vnpool.info", -2, -1, -1)).Elements("VNET"));
        await _it.Own.CallAsync("one.vn.reserve", _network, "NAME=r\nSIZE=2");
        Assert.Equal("2", await LeasesAsync());
    }

    [Fact]
    public async Task Floating_addresses_of_virtual_routers_are_counted_and_limited()
    {
        int router = await _it.Admin.IdAsync("one.vrouter.allocate", $"NAME=r\nNIC=[NETWORK_ID={_network},FLOATING_IP=YES]\nNIC=[NETWORK_ID={_network}]");
        await _it.Admin.CallAsync("one.vrouter.chown", router, _it.User, _it.Group);
        Assert.Equal("1", await LeasesAsync());
        await _it.LimitUserAsync($"NETWORK=[ID={_network},LEASES=1]");
        await _it.Admin.AssertRefusedAsync(
            512,
            $"User [{_it.User}] : user [{_it.User}] limit of 1 reached for LEASES quota in NETWORK with ID: {_network}.",
            "one.vrouter.attachnic",
            router,
            $"NIC=[NETWORK_ID={_network},FLOATING_IP=YES]");
        await _it.Admin.CallAsync("one.vrouter.attachnic", router, $"NIC=[NETWORK_ID={_network}]");
        await _it.Admin.CallAsync("one.vrouter.detachnic", router, 0);
        Assert.Equal("0", QuotaCloud.Used(await _it.Admin.XmlAsync("one.user.info", _it.User), "NETWORK", _network, "LEASES"));
        await _it.Admin.CallAsync("one.vrouter.delete", router);
    }

    [Fact]
    public async Task Address_on_hold_counts_for_nobody()
    {
        await _it.Admin.CallAsync("one.vn.chown", _network, _it.User, _it.Group);
        await _it.Admin.CallAsync("one.vn.hold", _network, "LEASES=[IP=10.0.0.5]");
        Assert.Equal("", await LeasesAsync());
    }

    private Task<string> LeasesAsync() => _it.UsedAsync("NETWORK", _network, "LEASES");
}
