using System.Xml.Linq;

namespace OneEdge.OpenNebula.Tests.Embedded;

public sealed class TemplateTests : IDisposable
{
    private readonly EmbeddedCloud _cloud = new();

    public void Dispose() => _cloud.Dispose();

    [Fact]
    public async Task Machine_has_what_it_works_with_in_its_template_and_the_rest_is_its_owners()
    {
        int template = await _cloud.Rpc.IdAsync(
            "one.template.allocate", "NAME=web\nCPU=0.1\nVCPU=2\nMEMORY=64\nLOGO=a\nFEATURES=[ACPI=yes]\nGRAPHICS=[TYPE=VNC]");
        int id = await _cloud.Rpc.IdAsync("one.template.instantiate", template, "", false, "CPU=0.2\nREADY=NO\nSERVICE_ID=77", false);
        XElement vm = await _cloud.Rpc.XmlAsync("one.vm.info", id);
        Assert.Equal($"web-{id}", vm.Value("NAME"));
        Assert.Equal(["LOGO", "READY", "SERVICE_ID"], vm.Element("USER_TEMPLATE")!.Elements().Select(e => e.Name.LocalName));
        Assert.Equal(
            [
                "AUTOMATIC_REQUIREMENTS", "CPU", "CREATED_BY", "FEATURES", "GRAPHICS", "MEMORY", "OS", "TEMPLATE_ID", "TM_MAD_SYSTEM", "VCPU", "VMID",
            ],
            vm.Element("TEMPLATE")!.Elements().Select(e => e.Name.LocalName));
        Assert.Equal(("0.2", "2", "64"), (vm.Value("TEMPLATE/CPU"), vm.Value("TEMPLATE/VCPU"), vm.Value("TEMPLATE/MEMORY")));
        int named = await _cloud.Rpc.IdAsync("one.template.instantiate", template, "named", false, "", false);
        Assert.Equal("named", (await _cloud.Rpc.XmlAsync("one.vm.info", named)).Value("NAME"));
    }

    [Theory]
    [InlineData("CPU=1", "MEMORY attribute must be a positive integer value.")]
    [InlineData("CPU=0\nMEMORY=1", "CPU attribute must be a positive float or integer value.")]
    [InlineData("CPU=1e300\nMEMORY=1", "CPU attribute must be a positive float or integer value.")]
    [InlineData("CPU=1e-300\nMEMORY=1", "CPU attribute must be a positive float or integer value.")]
    [InlineData("CPU=NaN\nMEMORY=1", "CPU attribute must be a positive float or integer value.")]
    [InlineData("CPU=1\nMEMORY=1\nVCPU=-2", "VCPU attribute must be a positive integer value.")]
    public async Task Machine_that_cannot_be_uses_its_id_up_and_leaves_nothing(string template, string problem)
    {
        await _cloud.Rpc.AssertRefusedAsync(8192, problem, "one.vm.allocate", template, false);
        int of = await _cloud.Rpc.IdAsync("one.template.allocate", $"NAME=t\n{template}");
        await _cloud.Rpc.AssertRefusedAsync(
            16384, $"Error allocating a new virtual machine template. {problem}", "one.template.instantiate", of, "", false, "", false);
        Assert.Empty((await _cloud.Rpc.XmlAsync("one.vmpool.info", -2, -1, -1, -2, "")).Elements());
        Assert.Equal(2, await _cloud.Rpc.IdAsync("one.vm.allocate", "CPU=1\nMEMORY=1", false));
    }

    [Fact]
    public async Task Token_needs_an_endpoint()
    {
        using var cloud = new EmbeddedCloud(new EmbeddedCloudOptions { OneGateEndpoint = null });
        int template = await cloud.Rpc.IdAsync("one.template.allocate", "NAME=t\nCPU=1\nMEMORY=1\nCONTEXT=[TOKEN=YES]");
        await cloud.Rpc.AssertRefusedAsync(
            16384, "Error allocating a new virtual machine template. TOKEN set, but onegate endpoint was not defined in oned.conf.",
            "one.template.instantiate", template, "", false, "", false);
    }

    [Fact]
    public async Task Names_of_an_owner_are_taken_once_and_clones_need_one()
    {
        int id = await _cloud.Rpc.IdAsync("one.template.allocate", "NAME=t\nCPU=1\nMEMORY=1");
        await _cloud.Rpc.AssertRefusedAsync(8192, $"NAME is already taken by TEMPLATE {id}.", "one.template.allocate", "NAME=t");
        await _cloud.Rpc.AssertRefusedAsync(8192, "Invalid NAME, it cannot be empty", "one.template.allocate", "CPU=1");
        await _cloud.Rpc.AssertRefusedAsync(
            16384, $"Error allocating a new virtual machine template. NAME is already taken by TEMPLATE {id}.", "one.template.clone", id, "t", false);
        int copy = await _cloud.Rpc.IdAsync("one.template.clone", id, "copy", false);
        await _cloud.Rpc.AssertRefusedAsync(
            2048, $"virtual machine template cannot be renamed to t because it collides with virtual machine template {id}", "one.template.rename", copy, "t");
        IOpenNebulaRpc alice = await _cloud.UserAsync("alice");
        await alice.CallAsync("one.template.allocate", "NAME=t");
        await _cloud.Rpc.AssertRefusedAsync(8192, $"user [2] already owns virtual machine template [2] with NAME t", "one.template.chown", id, 2, -1);
    }

    [Fact]
    public async Task Plain_user_writes_no_restricted_attribute()
    {
        IOpenNebulaRpc alice = await _cloud.UserAsync("alice");
        await alice.AssertRefusedAsync(
            512, "User [2] : VM Template includes a restricted attribute NIC/MAC.",
            "one.template.allocate", "NAME=t\nCPU=1\nMEMORY=1\nNIC=[NETWORK=n,MAC=02:00:00:00:00:01]");
        int id = await alice.IdAsync("one.template.allocate", "NAME=t\nCPU=1\nMEMORY=1");
        await alice.AssertRefusedAsync(
            512, "User [2] : User Template includes a restricted attribute RAW/DATA.", "one.template.instantiate", id, "", false, "RAW=[DATA=x]", false);
        await alice.CallAsync("one.template.instantiate", id, "", false, "A=1", false);
        await alice.AssertRefusedAsync(512, "User [2] : Not authorized to perform ADMIN VM [0].", "one.vm.recover", 0, 3);
    }

    [Fact]
    public async Task Call_with_a_parameter_of_a_wrong_type_changes_nothing()
    {
        int id = await _cloud.Rpc.IdAsync("one.template.allocate", "NAME=t\nCPU=1\nMEMORY=1");
        string before = (await _cloud.Rpc.XmlAsync("one.template.info", id)).ToString();
        Assert.Equal(-501, (await _cloud.Rpc.RefusedAsync("one.template.chmod", id, 1, 1, 1, 1, 1, 1, 1, 1, 1, "yes")).ServerCode);
        Assert.Equal(-501, (await _cloud.Rpc.RefusedAsync("one.template.delete", id, "yes")).ServerCode);
        Assert.Equal(before, (await _cloud.Rpc.XmlAsync("one.template.info", id)).ToString());
    }

    [Fact]
    public async Task Machine_of_a_template_that_plans_what_cannot_be_stays_and_plans_nothing()
    {
        int id = await _cloud.Rpc.IdAsync(
            "one.template.allocate",
            "NAME=t\nCPU=1\nMEMORY=1\nSCHED_ACTION=[ACTION=poweroff,TIME=\"+60\"]\nSCHED_ACTION=[ACTION=nonsense,TIME=1]");
        await _cloud.Rpc.AssertRefusedAsync(8192, "nonsense is not supported.", "one.template.instantiate", id, "", false, "", false);
        XElement vm = await _cloud.Rpc.XmlAsync("one.vm.info", 0);
        Assert.Equal("3", vm.Value("LCM_STATE"));
        Assert.Empty(vm.Element("SCHED_ACTIONS")!.Elements());
    }

    [Fact]
    public async Task Copy_with_images_that_cannot_all_be_copied_leaves_none()
    {
        foreach (string name in (string[])["a", "b"]) await _cloud.Rpc.CallAsync("one.image.allocate", $"NAME={name}\nTYPE=DATABLOCK\nSIZE=1", 1, false);
        int id = await _cloud.Rpc.IdAsync("one.template.allocate", "NAME=t\nCPU=1\nMEMORY=1\nDISK=[IMAGE_ID=0]\nDISK=[IMAGE_ID=1]");
        await _cloud.Rpc.CallAsync("one.image.enable", 1, false);
        await _cloud.Rpc.AssertRefusedAsync(
            2048,
            "Failed to clone images: Error allocating a new image. Cannot clone image in state: DISABLED",
            "one.template.clone", id, "copy", true);
        Assert.Equal(["1", "0"], (await _cloud.Rpc.XmlAsync("one.imagepool.info", -2, -1, -1)).Elements().Select(i => i.Value("ID")));
        Assert.Equal(("1", "0"), await ImageAsync(0));
        Assert.Single((await _cloud.Rpc.XmlAsync("one.templatepool.info", -2, -1, -1)).Elements());
    }

    private async Task<(string State, string Clones)> ImageAsync(int id)
    {
        XElement image = await _cloud.Rpc.XmlAsync("one.image.info", id);
        return (image.Value("STATE"), image.Value("CLONING_OPS"));
    }

    [Fact]
    public async Task Volatile_disk_that_says_it_is_being_copied_keeps_no_machine_waiting()
    {
        int id = await _cloud.Rpc.IdAsync("one.vm.allocate", "CPU=1\nMEMORY=1\nDISK=[TYPE=fs,SIZE=1,CLONING=YES]", false);
        Assert.Equal("3", (await _cloud.Rpc.XmlAsync("one.vm.info", id)).Value("LCM_STATE"));
    }
}
