using System.Xml.Linq;

namespace OneEdge.OpenNebula.Tests.Embedded;

public sealed class QuotaLimitTests : IAsyncLifetime
{
    private QuotaCloud _it = null!;

    public async ValueTask InitializeAsync() => _it = await QuotaCloud.CreateAsync();

    public ValueTask DisposeAsync()
    {
        _it.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Limits_are_shown_with_those_that_are_not_set()
    {
        await _it.LimitUserAsync("VM=[VMS=7,CPU=1.5]\nDATASTORE=[ID=1,SIZE=100]");
        XElement user = await _it.Admin.XmlAsync("one.user.info", _it.User);
        Assert.Equal(
            "<VM_QUOTA><VM><CPU><![CDATA[1.50]]></CPU>"
            + "<CPU_USED><![CDATA[0]]></CPU_USED><MEMORY><![CDATA[-1]]></MEMORY>"
            + "<MEMORY_USED><![CDATA[0]]></MEMORY_USED><RUNNING_CPU><![CDATA[-1]]></RUNNING_CPU>"
            + "<RUNNING_CPU_USED><![CDATA[0]]></RUNNING_CPU_USED><RUNNING_MEMORY><![CDATA[-1]]></RUNNING_MEMORY>"
            + "<RUNNING_MEMORY_USED><![CDATA[0]]></RUNNING_MEMORY_USED><RUNNING_VMS><![CDATA[-1]]></RUNNING_VMS>"
            + "<RUNNING_VMS_USED><![CDATA[0]]></RUNNING_VMS_USED>"
            + "<SYSTEM_DISK_SIZE><![CDATA[-1]]></SYSTEM_DISK_SIZE><SYSTEM_DISK_SIZE_USED><![CDATA[0]]></SYSTEM_DISK_SIZE_USED><VMS><![CDATA[7]]></VMS>"
            + "<VMS_USED><![CDATA[0]]></VMS_USED></VM></VM_QUOTA>",
            user.Element("VM_QUOTA")!.ToString(SaveOptions.DisableFormatting));
        Assert.Equal(
            "<DATASTORE_QUOTA><DATASTORE><ID><![CDATA[1]]></ID><IMAGES><![CDATA[-1]]></IMAGES><IMAGES_USED><![CDATA[0]]></IMAGES_USED>"
            + "<SIZE><![CDATA[100]]></SIZE><SIZE_USED><![CDATA[0]]></SIZE_USED></DATASTORE></DATASTORE_QUOTA>",
            user.Element("DATASTORE_QUOTA")!.ToString(SaveOptions.DisableFormatting));
        XElement pool = (await _it.Admin.XmlAsync("one.userpool.info")).Elements("QUOTAS").Single(q => q.Number("ID") == _it.User);
        Assert.Equal("7", pool.Value("VM_QUOTA/VM/VMS"));
    }

    [Fact]
    public async Task Limit_of_everybody_binds_where_there_is_no_own_one()
    {
        XElement answer = XElement.Parse((await _it.Admin.CallAsync("one.userquota.update", "VM=[VMS=0]")).AsString());
        Assert.Equal(("DEFAULT_USER_QUOTAS", "0", "-2"), (answer.Name.LocalName, answer.Value("VM_QUOTA/VM/VMS"), answer.Value("VM_QUOTA/VM/CPU")));
        string problem = $"User [{_it.User}] : user [{_it.User}] limit of 0 reached for VMS quota in VM.";
        await _it.Own.AssertRefusedAsync(512, problem, "one.vm.allocate", "CPU=1\nMEMORY=64", true);
        await _it.LimitUserAsync("VM=[CPU=10]");
        await _it.Own.AssertRefusedAsync(512, problem, "one.vm.allocate", "CPU=1\nMEMORY=64", true);
        await _it.LimitUserAsync("VM=[VMS=-2]");
        await _it.MachineAsync();
        await _it.LimitUserAsync("VM=[VMS=-1]");
        await _it.Own.AssertRefusedAsync(512, problem, "one.vm.allocate", "CPU=1\nMEMORY=64", true);
        await _it.Admin.CallAsync("one.userquota.update", "VM=[VMS=-2]");
        await _it.MachineAsync();
        Assert.Equal("", (await _it.Admin.XmlAsync("one.userquota.info")).Value("VM_QUOTA"));
    }

    [Fact]
    public async Task Limits_of_all_groups_are_shown_with_groups_and_bind_them()
    {
        await _it.Admin.CallAsync("one.groupquota.update", "VM=[MEMORY=32]");
        Assert.Equal("32", (await _it.Admin.XmlAsync("one.group.info", _it.Group)).Value("DEFAULT_GROUP_QUOTAS/VM_QUOTA/VM/MEMORY"));
        Assert.Equal("32", (await _it.Admin.XmlAsync("one.grouppool.info")).Value("DEFAULT_GROUP_QUOTAS/VM_QUOTA/VM/MEMORY"));
        Assert.Equal("32", (await _it.Admin.XmlAsync("one.groupquota.info")).Value("VM_QUOTA/VM/MEMORY"));
        await _it.Own.AssertRefusedAsync(
            512, $"User [{_it.User}] : group [{_it.Group}] limit of 32 reached for MEMORY quota in VM.", "one.vm.allocate", "CPU=1\nMEMORY=64", true);
    }

    [Fact]
    public async Task Only_the_group_oneadmin_sets_the_limits_of_everybody()
    {
        await _it.Own.AssertRefusedAsync(
            512, $"User [{_it.User}] : The default quotas can only be updated by users in the oneadmin group.", "one.userquota.update", "VM=[VMS=5]");
        Assert.Equal("", (await _it.Own.XmlAsync("one.userquota.info")).Value("VM_QUOTA"));
    }

    [Theory]
    [InlineData("VM=[VMS=-3]", "Negative limits or bad format in quota VM = [ VMS=-3 ]")]
    [InlineData("DATASTORE=[SIZE=5]", "Negative limits or bad format in quota DATASTORE = [ SIZE=5 ]")]
    [InlineData("NETWORK=[LEASES=5,ID=x]", "Negative limits or bad format in quota NETWORK = [ ID=x,LEASES=5 ]")]
    public async Task Wrong_limits_are_refused(string limits, string problem)
    {
        await _it.Admin.AssertRefusedAsync(2048, problem, "one.user.quota", _it.User, limits);
        await _it.Admin.AssertRefusedAsync(2048, problem, "one.group.quota", _it.Group, limits);
        await _it.Admin.AssertRefusedAsync(2048, problem, "one.groupquota.update", limits);
        Assert.Equal("", (await _it.Admin.XmlAsync("one.user.info", _it.User)).Value("VM_QUOTA"));
    }

    [Fact]
    public async Task Limit_of_everybody_cannot_be_by_default() =>
        await _it.Admin.AssertRefusedAsync(2048, "Negative limits or bad format in quota VM = [ VMS=-1 ]", "one.userquota.update", "VM=[VMS=-1]");

    [Fact]
    public async Task Limits_before_a_wrong_one_are_taken_over()
    {
        await _it.Admin.RefusedAsync("one.user.quota", _it.User, "DATASTORE=[ID=1,SIZE=5]\nVM=[VMS=-5]");
        Assert.Equal("5", (await _it.Admin.XmlAsync("one.user.info", _it.User)).Value("DATASTORE_QUOTA/DATASTORE/SIZE"));
        Assert.Equal(512, (await _it.Own.RefusedAsync("one.image.allocate", "NAME=a\nTYPE=DATABLOCK\nSIZE=6", 1, false)).ServerCode);
    }

    [Fact]
    public async Task Oneadmin_has_no_limits()
    {
        await _it.Admin.AssertRefusedAsync(2048, "Cannot set quotas for oneadmin user", "one.user.quota", 0, "VM=[VMS=5]");
        await _it.Admin.AssertRefusedAsync(2048, "Cannot set quotas for oneadmin group", "one.group.quota", 0, "VM=[VMS=5]");
        Assert.Equal(512, (await _it.Own.RefusedAsync("one.user.quota", 0, "VM=[VMS=5]")).ServerCode);
        await _it.Own.AssertRefusedAsync(2048, "Cannot set quotas for oneadmin group", "one.group.quota", 0, "VM=[VMS=5]");
    }

    [Fact]
    public async Task Large_limit_is_told_as_the_core_tells_floats()
    {
        await _it.LimitUserAsync("VM=[MEMORY=10485760]");
        await _it.Own.AssertRefusedAsync(
            512, $"User [{_it.User}] : user [{_it.User}] limit of 1.04858e+07 reached for MEMORY quota in VM.",
            "one.vm.allocate", "CPU=1\nMEMORY=10485761", true);
    }

    [Fact]
    public async Task What_is_used_already_does_not_go_when_a_limit_comes()
    {
        await _it.MachineAsync();
        await _it.MachineAsync();
        await _it.LimitUserAsync("VM=[VMS=1]");
        Assert.Equal("2", await _it.UsedAsync("VM", null, "VMS"));
        Assert.Equal(512, (await _it.Own.RefusedAsync("one.vm.allocate", "CPU=1\nMEMORY=64", true)).ServerCode);
    }

    [Fact]
    public async Task Objects_of_a_deleted_user_count_for_the_group_still()
    {
        int vm = await _it.MachineAsync();
        await _it.Admin.CallAsync("one.user.delete", _it.User);
        Assert.Equal("1", QuotaCloud.Used(await _it.Admin.XmlAsync("one.group.info", _it.Group), "VM", null, "VMS"));
        await _it.Admin.CallAsync("one.vm.recover", vm, 3);
        Assert.Equal("", QuotaCloud.Used(await _it.Admin.XmlAsync("one.group.info", _it.Group), "VM", null, "VMS"));
    }
}
