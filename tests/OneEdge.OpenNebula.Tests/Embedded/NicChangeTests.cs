using System.Xml.Linq;

namespace OneEdge.OpenNebula.Tests.Embedded;

public sealed class NicChangeTests : IDisposable
{
    private readonly EmbeddedCloud _cloud = new(new EmbeddedCloudOptions());

    public void Dispose() => _cloud.Dispose();

    [Fact]
    public async Task Security_group_comes_and_goes_with_its_rules()
    {
        int vm = await CreateAsync();
        int group = await _cloud.Rpc.IdAsync("one.secgroup.allocate", "NAME=web\nRULE=[PROTOCOL=TCP,RULE_TYPE=inbound,RANGE=80]");
        await _cloud.Rpc.CallAsync("one.vm.attachsg", vm, 0, group);
        Assert.Equal($"0,{group}", (await VmAsync(vm)).Value("TEMPLATE/NIC/SECURITY_GROUPS"));
        Assert.Equal(["80"], await RangesAsync(vm));
        Assert.Equal($"{vm}", (await _cloud.Rpc.XmlAsync("one.secgroup.info", group)).Value("UPDATED_VMS/ID"));
        await _cloud.Rpc.AssertRefusedAsync(2048, $"VM {vm} SG {group} already in NIC 0", "one.vm.attachsg", vm, 0, group);

        await _cloud.Rpc.CallAsync("one.secgroup.update", group, "RULE=[PROTOCOL=TCP,RULE_TYPE=inbound,RANGE=443]", 0);
        Assert.Equal(["443"], await RangesAsync(vm));

        await _cloud.Rpc.CallAsync("one.vm.detachsg", vm, 0, group);
        Assert.Empty(await RangesAsync(vm));
        Assert.Equal("", (await _cloud.Rpc.XmlAsync("one.secgroup.info", group)).Value("UPDATED_VMS"));
        await _cloud.Rpc.AssertRefusedAsync(2048, $"VM {vm} NIC 0 doesn't contain SG {group}", "one.vm.detachsg", vm, 0, group);
    }

    [Fact]
    public async Task Security_group_that_cannot_be_attached_changes_nothing()
    {
        int vm = await CreateAsync();
        string before = (await VmAsync(vm)).ToString();
        await _cloud.Rpc.AssertRefusedAsync(8192, $"VM {vm} doesn't have NIC id 9", "one.vm.attachsg", vm, 9, 0);
        await _cloud.Rpc.AssertRefusedAsync(2048, "Could not attach SG 77 to VM, SG does not exist", "one.vm.attachsg", vm, 0, 77);
        await _cloud.Rpc.AssertRefusedAsync(2048, $"VM {vm} doesn't have NIC id 9", "one.vm.detachsg", vm, 9, 0);
        IOpenNebulaRpc user = await _cloud.UserAsync("u");
        Assert.Equal(512, (await user.RefusedAsync("one.vm.attachsg", vm, 0, 0)).ServerCode);
        Assert.Equal(before, (await VmAsync(vm)).ToString());
    }

    [Fact]
    public async Task Bandwidth_of_a_nic_is_replaced_or_added_to_and_nothing_else_is()
    {
        int vm = await CreateAsync();
        await _cloud.Rpc.CallAsync("one.vm.updatenic", vm, 0, "NIC=[INBOUND_AVG_BW=10,OUTBOUND_AVG_BW=20,BRIDGE=evil]", 0);
        Assert.Equal(("10", "20", "b"), await NicAsync(vm));
        await _cloud.Rpc.CallAsync("one.vm.updatenic", vm, 0, "NIC=[INBOUND_AVG_BW=11]", 1);
        Assert.Equal(("11", "20", "b"), await NicAsync(vm));
        using (_cloud.Script.Fail(EmbeddedWork.Hotplug)) await _cloud.Rpc.CallAsync("one.vm.updatenic", vm, 0, "NIC=[INBOUND_AVG_BW=99]", 1);
        Assert.Equal(("11", "20", "b"), await NicAsync(vm));
        await _cloud.Rpc.CallAsync("one.vm.updatenic", vm, 0, "NIC=[INBOUND_AVG_BW=12]", 0);
        Assert.Equal(("12", null, "b"), await NicAsync(vm));
        await _cloud.Rpc.AssertRefusedAsync(2048, $"VM {vm}: NIC 7 does not exists", "one.vm.updatenic", vm, 7, "NIC=[]", 0);
        await _cloud.Rpc.AssertRefusedAsync(
            2048, $"Error updating NIC (0) for VM {vm}: Wrong NIC definition, attribute is missing", "one.vm.updatenic", vm, 0, "X=1", 0);
        Assert.Contains((await VmAsync(vm)).Element("HISTORY_RECORDS")!.Elements("HISTORY"), h => h.Value("ACTION") == "51");
    }

    private async Task<(string? In, string? Out, string? Bridge)> NicAsync(int vm)
    {
        XElement nic = (await VmAsync(vm)).Element("TEMPLATE")!.Element("NIC")!;
        return (nic.Element("INBOUND_AVG_BW")?.Value, nic.Element("OUTBOUND_AVG_BW")?.Value, nic.Element("BRIDGE")?.Value);
    }

    private async Task<string[]> RangesAsync(int vm) =>
        [.. (await VmAsync(vm)).Element("TEMPLATE")!.Elements("SECURITY_GROUP_RULE").Select(r => r.Element("RANGE")?.Value).OfType<string>()];

    private async Task<int> CreateAsync()
    {
        await _cloud.Rpc.CallAsync("one.vn.allocate", "NAME=net\nVN_MAD=dummy\nBRIDGE=b\nAR=[TYPE=IP4,IP=10.0.0.1,SIZE=9]", -1);
        return await _cloud.Rpc.IdAsync("one.vm.allocate", "CPU=1\nMEMORY=64\nNIC=[NETWORK=net]", false);
    }

    private Task<XElement> VmAsync(int id) => _cloud.Rpc.XmlAsync("one.vm.info", id);
}
