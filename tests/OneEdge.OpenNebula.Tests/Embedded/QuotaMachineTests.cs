namespace OneEdge.OpenNebula.Tests.Embedded;

public sealed class QuotaMachineTests : IAsyncLifetime
{
    private QuotaCloud _it = null!;

    public async ValueTask InitializeAsync() => _it = await QuotaCloud.CreateAsync();

    public ValueTask DisposeAsync()
    {
        _it.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Machine_counts_until_it_is_done()
    {
        Assert.Equal("", await _it.MachinesAsync());
        int vm = await _it.MachineAsync();
        Assert.Equal("1 0.25 64 1 0.25 64", await _it.MachinesAsync());
        int other = await _it.MachineAsync();
        Assert.Equal("2 0.50 128 2 0.50 128", await _it.MachinesAsync());
        await _it.Own.CallAsync("one.vm.action", "terminate", vm);
        await _it.Own.CallAsync("one.vm.action", "terminate", other);
        Assert.Equal("", await _it.MachinesAsync());
    }

    [Theory]
    [InlineData("poweroff")]
    [InlineData("suspend")]
    [InlineData("stop")]
    [InlineData("undeploy")]
    public async Task Machine_that_is_off_does_not_count_as_running_until_it_is_resumed(string action)
    {
        int vm = await _it.MachineAsync();
        await _it.DeployAsync(vm);
        await _it.Own.CallAsync("one.vm.action", action, vm);
        Assert.Equal("1 0.25 64 0 0 0", await _it.MachinesAsync());
        await _it.LimitUserAsync("VM=[RUNNING_VMS=0]");
        await _it.Own.AssertRefusedAsync(2048, $"user [{_it.User}] limit of 0 reached for RUNNING_VMS quota in VM", "one.vm.action", "resume", vm);
        Assert.Equal("1 0.25 64 0 0 0", await _it.MachinesAsync());
        await _it.LimitUserAsync("VM=[RUNNING_VMS=1]");
        await _it.Own.CallAsync("one.vm.action", "resume", vm);
        Assert.Equal("1 0.25 64 1 0.25 64", await _it.MachinesAsync());
        await _it.LimitUserAsync("VM=[RUNNING_VMS=-1]");
        await _it.Own.CallAsync("one.vm.action", "terminate-hard", vm);
        Assert.Equal("", await _it.MachinesAsync());
    }

    [Theory]
    [InlineData("VMS", "VMS=0")]
    [InlineData("CPU", "CPU=0.2")]
    [InlineData("MEMORY", "MEMORY=63")]
    [InlineData("RUNNING_VMS", "RUNNING_VMS=0")]
    [InlineData("RUNNING_CPU", "RUNNING_CPU=0.2")]
    [InlineData("RUNNING_MEMORY", "RUNNING_MEMORY=63")]
    [InlineData("SYSTEM_DISK_SIZE", "SYSTEM_DISK_SIZE=9")]
    public async Task Limit_of_a_user_or_a_group_refuses_a_machine(string metric, string limit)
    {
        string number = limit.Split('=')[1];
        const string machine = "CPU=0.25\nMEMORY=64\nDISK=[TYPE=fs,SIZE=10]";
        await _it.LimitUserAsync($"VM=[{limit}]");
        await _it.Own.AssertRefusedAsync(
            512, $"User [{_it.User}] : user [{_it.User}] limit of {number} reached for {metric} quota in VM.", "one.vm.allocate", machine, true);
        await _it.LimitUserAsync("VM=[VMS=5]");
        await _it.LimitGroupAsync($"VM=[{limit}]");
        await _it.Own.AssertRefusedAsync(
            512, $"User [{_it.User}] : group [{_it.Group}] limit of {number} reached for {metric} quota in VM.", "one.vm.allocate", machine, true);
        Assert.Equal("0", QuotaCloud.Used(await _it.Admin.XmlAsync("one.user.info", _it.User), "VM", null, metric));
        await _it.LimitGroupAsync("VM=[VMS=1]");
        Assert.Equal(0, await _it.Own.IdAsync("one.vm.allocate", machine, true));
    }

    [Fact]
    public async Task Machine_of_oneadmin_and_its_group_counts_for_nobody()
    {
        await _it.Admin.CallAsync("one.userquota.update", "VM=[VMS=0]");
        await _it.Admin.CallAsync("one.groupquota.update", "VM=[VMS=0]");
        await _it.Admin.CallAsync("one.vm.allocate", "CPU=1\nMEMORY=64", false);
        Assert.Equal("", QuotaCloud.Used(await _it.Admin.XmlAsync("one.user.info", 0), "VM", null, "VMS"));
        Assert.Equal("", QuotaCloud.Used(await _it.Admin.XmlAsync("one.group.info", 0), "VM", null, "VMS"));
    }

    [Fact]
    public async Task User_of_the_group_oneadmin_has_quotas_and_the_group_has_none()
    {
        int operatorId = await _it.Admin.IdAsync("one.user.allocate", "operator", "secret", "core", RpcValue.Array(0));
        IOpenNebulaRpc own = _it.Cloud.Connect("operator", "secret");
        await _it.Admin.CallAsync("one.user.quota", operatorId, "VM=[VMS=1]");
        await own.CallAsync("one.vm.allocate", "CPU=1\nMEMORY=64", true);
        await own.AssertRefusedAsync(
            512, $"User [{operatorId}] : user [{operatorId}] limit of 1 reached for VMS quota in VM.", "one.vm.allocate", "CPU=1\nMEMORY=64", true);
        Assert.Equal("", QuotaCloud.Used(await _it.Admin.XmlAsync("one.group.info", 0), "VM", null, "VMS"));
    }

    [Fact]
    public async Task Resize_counts_the_difference_and_is_refused_over_a_limit()
    {
        int vm = await _it.MachineAsync();
        await _it.LimitUserAsync("VM=[MEMORY=128,RUNNING_CPU=0.5]");
        await _it.Own.CallAsync("one.vm.resize", vm, "MEMORY=128", false);
        Assert.Equal("1 0.25 128 1 0.25 128", await _it.MachinesAsync());
        await _it.Own.AssertRefusedAsync(
            512, $"User [{_it.User}] : user [{_it.User}] limit of 128 reached for MEMORY quota in VM.", "one.vm.resize", vm, "MEMORY=129", false);
        await _it.Own.AssertRefusedAsync(
            512, $"User [{_it.User}] : user [{_it.User}] limit of 0.5 reached for RUNNING_CPU quota in VM.", "one.vm.resize", vm, "CPU=0.51", false);
        await _it.DeployAsync(vm);
        await _it.Own.CallAsync("one.vm.resize", vm, "CPU=0.5\nMEMORY=32", false);
        Assert.Equal("1 0.50 32 1 0.50 32", await _it.MachinesAsync());
    }

    [Fact]
    public async Task Resize_that_fails_counts_nothing()
    {
        int vm = await _it.MachineAsync();
        await _it.DeployAsync(vm);
        using (_it.Cloud.Script.Fail(EmbeddedWork.Hotplug)) await _it.Own.CallAsync("one.vm.resize", vm, "MEMORY=1024", false);
        Assert.Equal("1 0.25 64 1 0.25 64", await _it.MachinesAsync());
    }

    [Fact]
    public async Task Machine_that_cannot_be_made_counts_nothing()
    {
        Assert.Equal(8192, (await _it.Own.RefusedAsync("one.vm.allocate", "CPU=1\nMEMORY=64\nDISK=[IMAGE_ID=77]", false)).ServerCode);
        Assert.Equal("", await _it.MachinesAsync());
    }

    [Fact]
    public async Task Machine_that_failed_counts_until_it_is_deleted_and_when_it_is_made_again()
    {
        using (_it.Cloud.Script.Fail(EmbeddedWork.Deploy))
        {
            int vm = await _it.MachineAsync();
            await _it.DeployAsync(vm);
            Assert.Equal("1 0.25 64 1 0.25 64", await _it.MachinesAsync());
            await _it.Admin.CallAsync("one.vm.recover", vm, 4);
            Assert.Equal("1 0.25 64 1 0.25 64", await _it.MachinesAsync());
            await _it.Admin.CallAsync("one.vm.recover", vm, 3);
        }

        Assert.Equal("", await _it.MachinesAsync());
    }

    [Fact]
    public async Task Owner_change_moves_what_is_used()
    {
        int vm = await _it.MachineAsync();
        int other = await _it.Admin.IdAsync("one.user.allocate", "other", "secret", "core", RpcValue.Array(1));
        await _it.Admin.CallAsync("one.user.quota", other, "VM=[MEMORY=63]");
        await _it.Admin.AssertRefusedAsync(512, $"User [0] : user [{other}] limit of 63 reached for MEMORY quota in VM.", "one.vm.chown", vm, other, -1);
        Assert.Equal("1 0.25 64 1 0.25 64", await _it.MachinesAsync());

        await _it.Admin.CallAsync("one.user.quota", other, "VM=[MEMORY=64]");
        await _it.Admin.CallAsync("one.vm.chown", vm, other, -1);
        Assert.Equal("", QuotaCloud.Used(await _it.Admin.XmlAsync("one.user.info", _it.User), "VM", null, "VMS"));
        Assert.Equal("1 64", QuotaCloud.Used(await _it.Admin.XmlAsync("one.user.info", other), "VM", null, "VMS", "MEMORY"));
        Assert.Equal("1", QuotaCloud.Used(await _it.Admin.XmlAsync("one.group.info", _it.Group), "VM", null, "VMS"));

        await _it.Admin.CallAsync("one.vm.chown", vm, -1, 1);
        Assert.Equal("", QuotaCloud.Used(await _it.Admin.XmlAsync("one.group.info", _it.Group), "VM", null, "VMS"));
        Assert.Equal("1", QuotaCloud.Used(await _it.Admin.XmlAsync("one.group.info", 1), "VM", null, "VMS"));
        await _it.Admin.CallAsync("one.vm.chown", vm, 0, 0);
        Assert.Equal("", QuotaCloud.Used(await _it.Admin.XmlAsync("one.group.info", 1), "VM", null, "VMS"));
    }

    [Fact]
    public async Task Template_is_not_instantiated_over_a_limit()
    {
        int template = await _it.Own.IdAsync("one.template.allocate", "NAME=t\nCPU=0.25\nMEMORY=64");
        await _it.LimitUserAsync("VM=[VMS=1]");
        Assert.Equal(0, await _it.Own.IdAsync("one.template.instantiate", template, "a", true, "", false));
        await _it.Own.AssertRefusedAsync(
            512, $"User [{_it.User}] : user [{_it.User}] limit of 1 reached for VMS quota in VM.", "one.template.instantiate", template, "b", true, "", false);
        Assert.Single((await _it.Own.XmlAsync("one.vmpool.info", -2, -1, -1, -1)).Elements("VM"));
    }

    [Fact]
    public async Task Snapshot_counts_the_memory_that_it_saves()
    {
        int vm = await _it.MachineAsync();
        await _it.DeployAsync(vm);
        await _it.LimitUserAsync("VM=[SYSTEM_DISK_SIZE=100]");
        int snapshot = await _it.Own.IdAsync("one.vm.snapshotcreate", vm, "s");
        Assert.Equal("64", await _it.UsedAsync("VM", null, "SYSTEM_DISK_SIZE"));
        await _it.Own.AssertRefusedAsync(
            512, $"User [{_it.User}] : user [{_it.User}] limit of 100 reached for SYSTEM_DISK_SIZE quota in VM.", "one.vm.snapshotcreate", vm, "t");
        await _it.Own.CallAsync("one.vm.snapshotdelete", vm, snapshot);
        Assert.Equal("0", await _it.UsedAsync("VM", null, "SYSTEM_DISK_SIZE"));
    }
}
