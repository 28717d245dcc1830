using System.Text;
using System.Xml.Linq;

namespace OneEdge.OpenNebula.Tests.Embedded.Objects;

/// <summary>Security groups, hooks, VDCs, groups of machines, virtual routers and backup jobs.</summary>
public sealed class SmallObjectTests : IDisposable
{
    private readonly EmbeddedCloud _cloud = new();

    public void Dispose() => _cloud.Dispose();

    [Theory]
    [InlineData("PROTOCOL=ZZZ,RULE_TYPE=INBOUND", "Wrong PROTOCOL in rule. Valid options: TCP, UDP, ICMP, ICMPV6, IPSEC, ALL.")]
    [InlineData("PROTOCOL=ALL,RULE_TYPE=INBOUND,RANGE=1", "RANGE is supported only for TCP and UDP protocols.")]
    [InlineData("PROTOCOL=TCP,RULE_TYPE=INBOUND,RANGE=\"1,,2\"", "Invalid RANGE specification.")]
    [InlineData("PROTOCOL=TCP,RULE_TYPE=INBOUND,RANGE=\"1:2:3\"", "Invalid RANGE specification.")]
    [InlineData("PROTOCOL=TCP,RULE_TYPE=INBOUND,RANGE=\"9:99999999999999999999\"", "RANGE out of bounds 0-65536.")]
    [InlineData("PROTOCOL=TCP,RULE_TYPE=INBOUND,RANGE=\"9:1\"", "RANGE BEGIN value is greater than RANGE END value")]
    [InlineData("PROTOCOL=TCP,RULE_TYPE=INBOUND,RANGE=\"1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16\"", "Not more than 15 ports can be specified in a RULE")]
    [InlineData("PROTOCOL=TCP,RULE_TYPE=INBOUND,ICMP_TYPE=1", "ICMP_TYPE is supported only for ICMP protocol.")]
    [InlineData("PROTOCOL=ALL,RULE_TYPE=ZZZ", "Wrong RULE_TYPE in rule. Valid options: INBOUND, OUTBOUND.")]
    [InlineData("PROTOCOL=ALL,RULE_TYPE=INBOUND,IP=10.0.0.1", "Wrong or empty SIZE.")]
    [InlineData("PROTOCOL=ALL,RULE_TYPE=INBOUND,IP=nope,SIZE=1", "Wrong format for IP value.")]
    public async Task Rule_that_cannot_be_is_refused(string rule, string message)
    {
        await _cloud.Rpc.AssertRefusedAsync(8192, message, "one.secgroup.allocate", $"NAME=g\nRULE=[{rule}]");
        Assert.Equal(100, await _cloud.Rpc.IdAsync("one.secgroup.allocate", "NAME=g"));
        await _cloud.Rpc.AssertRefusedAsync(8192, $"Cannot update template. {message}", "one.secgroup.update", 100, $"RULE=[{rule}]", 0);
        Assert.Empty((await _cloud.Rpc.XmlAsync("one.secgroup.info", 100)).Element("TEMPLATE")!.Elements());
    }

    [Fact]
    public async Task Security_group_is_everybodys_copied_and_not_deleted_when_it_is_the_default()
    {
        IOpenNebulaRpc alice = await _cloud.UserAsync("alice");
        Assert.Equal(2, (await alice.XmlAsync("one.secgroup.info", 0)).Element("TEMPLATE")!.Elements("RULE").Count());
        int id = await alice.IdAsync("one.secgroup.clone", 0, "mine");
        await alice.AssertRefusedAsync(
            16384, $"Error allocating a new security group. NAME is already taken by SecurityGroup {id}.", "one.secgroup.clone", 0, "mine");
        await alice.CallAsync("one.secgroup.update", id, "RULE=[PROTOCOL=ALL,RULE_TYPE=INBOUND]\nRULE=[PROTOCOL=ALL,RULE_TYPE=INBOUND]", 0);
        Assert.Single((await alice.XmlAsync("one.secgroup.info", id)).Element("TEMPLATE")!.Elements("RULE"));
        await _cloud.Rpc.AssertRefusedAsync(
            2048, "Cannot delete security group. The default security group (ID 0) cannot be deleted.", "one.secgroup.delete", 0);
    }

    [Fact]
    public async Task Execution_of_a_hook_is_kept_shown_and_repeated_as_a_message()
    {
        int id = await _cloud.Rpc.IdAsync("one.hook.allocate", "NAME=h\nTYPE=api\nCALL=one.document.rename\nCOMMAND=/bin/false\nARGUMENTS=\"a b\"");
        await _cloud.Rpc.AssertRefusedAsync(8192, "Invalid HookLog body. Arguments not found.", "one.hook.retry", id, 0);
        for (int i = 0; i < 25; i++) _cloud.Run(() => _cloud.State.Hooks.Pool.Get(id).Record(_cloud.State.Time, "a b", "", "/bin/false a b", "", "", i % 2));
        XElement[] log = [.. (await _cloud.Rpc.XmlAsync("one.hook.info", id)).Element("HOOKLOG")!.Elements()];
        Assert.Equal((20, "5", "24"), (log.Length, log[0].Value("EXECUTION_ID"), log[^1].Value("EXECUTION_ID")));
        Assert.Equal(10, (await _cloud.Rpc.XmlAsync("one.hooklog.info", -1, -1, id, -1)).Elements().Count());
        Assert.Empty((await _cloud.Rpc.XmlAsync("one.hooklog.info", -1, 1, -1, 0)).Elements());
        List<string> seen = [];
        using (_cloud.Listen(m => seen.Add($"{m.Topic}|{Encoding.UTF8.GetString(m.Payload.Span)}"))) await _cloud.Rpc.CallAsync("one.hook.retry", id, 24);
        Assert.Equal($"RETRY|<HOOK_MESSAGE><ARGUMENTS>YSBi</ARGUMENTS><HOOK_ID>{id}</HOOK_ID></HOOK_MESSAGE>", seen[0]);
    }

    [Theory]
    [InlineData("TYPE=state\nCOMMAND=x", "RESOURCE attribute is required for STATE hooks.")]
    [InlineData("TYPE=zzz\nCOMMAND=x", "No TYPE or invalid one in template for Hook.")]
    [InlineData("TYPE=state\nRESOURCE=HOST\nSTATE=ZZZ\nCOMMAND=x", "Invalid STATE: ZZZ")]
    [InlineData("TYPE=state\nRESOURCE=NET\nSTATE=INIT\nCOMMAND=x", "Invalid STATE: INIT")]
    [InlineData("TYPE=state\nRESOURCE=IMAGE\nSTATE=ZZZ\nCOMMAND=x", "Invalid or unkown STATE condition: ZZZ")]
    [InlineData("TYPE=state\nRESOURCE=VM\nON=CUSTOM\nSTATE=ACTIVE\nLCM_STATE=ZZZ\nCOMMAND=x", "Wrong LCM_STATE: ZZZ")]
    [InlineData("TYPE=api\nCALL=one.no.such\nCOMMAND=x", "API call does not exist or is not supported: one.no.such")]
    public async Task Hook_that_cannot_be_is_refused(string text, string message)
    {
        await _cloud.Rpc.AssertRefusedAsync(8192, message, "one.hook.allocate", $"NAME=h\n{text}");
        await _cloud.Rpc.AssertRefusedAsync(8192, "Invalid name.", "one.hook.allocate", text);
        Assert.Empty((await _cloud.Rpc.XmlAsync("one.hookpool.info", -2, -1, -1)).Elements());
    }

    [Fact]
    public async Task Group_of_a_vdc_may_use_what_the_vdc_has_and_not_what_it_had()
    {
        int gid = await _cloud.Rpc.IdAsync("one.group.allocate", "g");
        await _cloud.Rpc.CallAsync("one.user.allocate", "bob", "bobpass", "core", RpcValue.Array(gid));
        IOpenNebulaRpc bob = _cloud.Connect("bob", "bobpass");
        int datastore = await _cloud.Rpc.IdAsync("one.datastore.allocate", "NAME=d\nDS_MAD=dummy\nTM_MAD=dummy", -1);
        await bob.CallAsync("one.datastore.info", datastore);
        Assert.Equal([$"1", $"{gid}"], (await _cloud.Rpc.XmlAsync("one.vdc.info", 0)).Element("GROUPS")!.Elements().Select(e => e.Value));
        await _cloud.Rpc.CallAsync("one.vdc.delgroup", 0, gid);
        await bob.AssertRefusedAsync(512, $"User [2] : Not authorized to perform USE DATASTORE [{datastore}].", "one.datastore.info", datastore);
        int vdc = await _cloud.Rpc.IdAsync("one.vdc.allocate", "NAME=v");
        await _cloud.Rpc.CallAsync("one.vdc.addgroup", vdc, gid);
        await _cloud.Rpc.AssertRefusedAsync(8192, $"Group {gid} is already assigned to the VDC {vdc}", "one.vdc.addgroup", vdc, gid);
        await _cloud.Rpc.CallAsync("one.vdc.adddatastore", vdc, 0, datastore);
        await bob.CallAsync("one.datastore.info", datastore);
        Assert.Equal(
            "<DATASTORES><DATASTORE><ZONE_ID>0</ZONE_ID><DATASTORE_ID>100</DATASTORE_ID></DATASTORE></DATASTORES>",
            (await _cloud.Rpc.XmlAsync("one.vdc.info", vdc)).Element("DATASTORES")!.ToString(SaveOptions.DisableFormatting));
        await _cloud.Rpc.AssertRefusedAsync(8192, "DATASTORE 100 from Zone 0 is already assigned to the VDC", "one.vdc.adddatastore", vdc, 0, datastore);
        await _cloud.Rpc.AssertRefusedAsync(1024, "Error getting zone [7].", "one.vdc.adddatastore", vdc, 7, datastore);
        await _cloud.Rpc.AssertRefusedAsync(1024, "Error getting cluster [4242].", "one.vdc.addcluster", vdc, 0, 4242);
        await _cloud.Rpc.CallAsync("one.datastore.delete", datastore);
        Assert.Empty((await _cloud.Rpc.XmlAsync("one.vdc.info", vdc)).Element("DATASTORES")!.Elements());
        await _cloud.Rpc.CallAsync("one.vdc.addcluster", vdc, 0, -10);
        await bob.CallAsync("one.datastore.info", 1);
        await _cloud.Rpc.CallAsync("one.vdc.delete", vdc);
        await bob.RefusedAsync("one.datastore.info", 1);
        await _cloud.Rpc.AssertRefusedAsync(2048, "Cannot delete VDC. System VDCs (ID < 100) cannot be deleted.", "one.vdc.delete", 0);
    }

    [Fact]
    public async Task Roles_of_a_group_of_machines_are_changed_when_its_rules_hold()
    {
        int id = await _cloud.Rpc.IdAsync("one.vmgroup.allocate", "NAME=g\nROLE=[NAME=a]\nROLE=[NAME=b]\nAFFINED=\"a,b\"");
        string before = (await _cloud.Rpc.CallAsync("one.vmgroup.info", id)).AsString();
        await _cloud.Rpc.AssertRefusedAsync(2048, "Role already exists", "one.vmgroup.roleadd", id, "ROLE=[NAME=a]");
        await _cloud.Rpc.AssertRefusedAsync(2048, "Some roles used in AFFINED attribute (a,b) are not defined", "one.vmgroup.roledelete", id, 1);
        await _cloud.Rpc.AssertRefusedAsync(2048, "Unable to delete role 7, the role doesn't exists", "one.vmgroup.roledelete", id, 7);
        await _cloud.Rpc.AssertRefusedAsync(
            2048, "Role a is in an AFFINED rule but the role policy is ANTI_AFFINED", "one.vmgroup.roleupdate", id, 0, "ROLE=[POLICY=ANTI_AFFINED]");
        await _cloud.Rpc.AssertRefusedAsync(
            8192, "Cannot update template. Roles defined in AFFINED and ANTI_AFFINED rules: a b", "one.vmgroup.update", id, "ANTI_AFFINED=\"b,a\"", 1);
        await _cloud.Rpc.AssertRefusedAsync(
            8192, "Cannot update template. Duplicated AFFINED rule (b,a) detected.", "one.vmgroup.update", id, "AFFINED=\"a,b\"\nAFFINED=\"b,a\"", 0);
        Assert.Equal(before, (await _cloud.Rpc.CallAsync("one.vmgroup.info", id)).AsString());
        await _cloud.Rpc.CallAsync("one.vmgroup.roleadd", id, "ROLE=[NAME=c,POLICY=ANTI_AFFINED]");
        await _cloud.Rpc.CallAsync("one.vmgroup.roleupdate", id, 2, "ROLE=[NAME=d]");
        Assert.Equal(["a", "b", "d"], (await _cloud.Rpc.XmlAsync("one.vmgroup.info", id)).Descendants("NAME").Skip(1).Select(e => e.Value));
    }

    [Fact]
    public async Task Virtual_router_has_a_floating_address_and_machines()
    {
        int net = await _cloud.Rpc.IdAsync("one.vn.allocate", "NAME=n\nVN_MAD=dummy\nBRIDGE=b\nAR=[TYPE=IP4,IP=10.0.0.1,SIZE=9]", -1);
        int template = await _cloud.Rpc.IdAsync("one.template.allocate", "NAME=t\nCPU=1\nMEMORY=64\nVROUTER=YES");
        int id = await _cloud.Rpc.IdAsync("one.vrouter.allocate", $"NAME=r\nNIC=[NETWORK=n,FLOATING_IP=YES]\nKEEPALIVED_ID=9");
        XElement nic = (await RouterAsync(id)).Element("TEMPLATE")!.Element("NIC")!;
        Assert.Equal(("10.0.0.1", "02:00:0a:00:00:01", "0"), (nic.Value("VROUTER_IP"), nic.Value("VROUTER_MAC"), nic.Value("NIC_ID")));
        Assert.Equal($"{id}", (await _cloud.Rpc.XmlAsync("one.vn.info", net)).Descendants("LEASE").Single().Value("VROUTER"));
        await _cloud.Rpc.CallAsync("one.vrouter.instantiate", id, 2, template, "", false, "");
        XElement router = await RouterAsync(id);
        int[] vms = [.. router.Element("VMS")!.Elements().Select(e => int.Parse(e.Value, System.Globalization.CultureInfo.InvariantCulture))];
        Assert.Equal(2, vms.Length);
        XElement vm = await _cloud.Rpc.XmlAsync("one.vm.info", vms[1]);
        Assert.Equal(("vr-r-1", $"{id}", "9", "10.0.0.3"),
            (vm.Value("NAME"), vm.Value("TEMPLATE/VROUTER_ID"), vm.Value("TEMPLATE/VROUTER_KEEPALIVED_ID"), vm.Value("TEMPLATE/NIC/IP")));
        await _cloud.Rpc.CallAsync("one.vrouter.attachnic", id, "NIC=[NETWORK=n]");
        Assert.Equal(["0", "1"], (await RouterAsync(id)).Element("TEMPLATE")!.Elements("NIC").Select(n => n.Value("NIC_ID")));
        Assert.Equal(2, (await _cloud.Rpc.XmlAsync("one.vm.info", vms[0])).Element("TEMPLATE")!.Elements("NIC").Count());
        await _cloud.Rpc.AssertRefusedAsync(2048, "NIC with NIC_ID 7 does not exist.", "one.vrouter.detachnic", id, 7);
        await _cloud.Rpc.CallAsync("one.vrouter.detachnic", id, 0);
        Assert.DoesNotContain((await _cloud.Rpc.XmlAsync("one.vn.info", net)).Descendants("VROUTER"), e => e.Parent!.Name == "LEASE");
        await _cloud.Rpc.CallAsync("one.vrouter.delete", id);
        Assert.Empty((await _cloud.Rpc.XmlAsync("one.vmpool.info", -2, -1, -1, -1, "")).Elements());
        Assert.Equal("0", (await _cloud.Rpc.XmlAsync("one.vn.info", net)).Value("USED_LEASES"));
    }

    [Fact]
    public async Task Virtual_router_that_cannot_be_takes_no_lease()
    {
        int net = await _cloud.Rpc.IdAsync("one.vn.allocate", "NAME=n\nVN_MAD=dummy\nBRIDGE=b\nAR=[TYPE=IP4,IP=10.0.0.1,SIZE=9]", -1);
        await _cloud.Rpc.AssertRefusedAsync(
            8192, "Virtual network with ID: 4242 does not exist", "one.vrouter.allocate", "NAME=r\nNIC=[NETWORK=n,FLOATING_IP=YES]\nNIC=[NETWORK_ID=4242]");
        XElement network = await _cloud.Rpc.XmlAsync("one.vn.info", net);
        Assert.Equal(("0", ""), (network.Value("USED_LEASES"), network.Value("VROUTERS")));
        int id = await _cloud.Rpc.IdAsync("one.vrouter.allocate", "NAME=r");
        int template = await _cloud.Rpc.IdAsync("one.template.allocate", "NAME=t\nCPU=1\nMEMORY=64");
        await _cloud.Rpc.AssertRefusedAsync(2048, "Only virtual router templates are allowed", "one.vrouter.instantiate", id, 1, template, "", false, "");
        await _cloud.Rpc.AssertRefusedAsync(
            2048, "A template ID was not provided, and the virtual router does not have a default one", "one.vrouter.instantiate", id, 1, -1, "", false, "");
    }

    [Fact]
    public async Task Backup_job_completes_its_template_and_waits_for_its_machines()
    {
        foreach (int _ in new int[3]) await _cloud.Rpc.IdAsync("one.vm.allocate", "CPU=1\nMEMORY=1", true);
        int id = await _cloud.Rpc.IdAsync("one.backupjob.allocate", "NAME=j\nBACKUP_VMS=\"1,2,x\"\nPRIORITY=7\nMODE=increment");
        XElement job = await JobAsync(id);
        Assert.Equal("7", job.Value("PRIORITY"));
        Assert.Equal(
            "BACKUP_VMS=1,2 BACKUP_VOLATILE=NO EXECUTION=SEQUENTIAL FS_FREEZE=NONE INCREMENT_MODE=CBT KEEP_LAST=0 MODE=INCREMENT",
            string.Join(' ', job.Element("TEMPLATE")!.Elements().Select(e => $"{e.Name}={e.Value}")));
        await _cloud.Rpc.CallAsync("one.backupjob.backup", id);
        Assert.Equal(["1", "2"], (await JobAsync(id)).Element("OUTDATED_VMS")!.Elements().Select(e => e.Value));
        await _cloud.Rpc.AssertRefusedAsync(2048, "Unable to execute Backup Job, pending backups in progress", "one.backupjob.backup", id);
        await _cloud.Rpc.CallAsync("one.backupjob.cancel", id);
        await _cloud.Rpc.AssertRefusedAsync(2048, "Wrong priority value", "one.backupjob.priority", id, 100);
        int action = await _cloud.Rpc.IdAsync("one.backupjob.schedadd", id, "SCHED_ACTION=[TIME=\"4102444800\",REPEAT=0,DAYS=\"1,3\"]");
        await _cloud.Rpc.AssertRefusedAsync(
            2048, "Days in a week have to be in [0,6] range", "one.backupjob.schedadd", id, "SCHED_ACTION=[TIME=\"4102444800\",REPEAT=0,DAYS=\"7\"]");
        await _cloud.Rpc.AssertRefusedAsync(
            2048, "Unable to parse the time value or value is empty: +60", "one.backupjob.schedadd", id, "SCHED_ACTION=[TIME=\"+60\"]");
        await _cloud.Rpc.CallAsync("one.backupjob.schedupdate", id, action, "SCHED_ACTION=[TIME=\"4102444801\"]");
        XElement scheduled = (await JobAsync(id)).Element("TEMPLATE")!.Element("SCHED_ACTION")!;
        Assert.Equal(
            ("4102444801", "0", "BACKUPJOB", "backup"),
            (scheduled.Value("TIME"), scheduled.Value("REPEAT"), scheduled.Value("TYPE"), scheduled.Value("ACTION")));
        await _cloud.Rpc.CallAsync("one.backupjob.scheddelete", id, action);
        await _cloud.Rpc.AssertRefusedAsync(1024, $"Error getting scheduled action [{action}].", "one.backupjob.scheddelete", id, action);
    }

    private Task<XElement> RouterAsync(int id) => _cloud.Rpc.XmlAsync("one.vrouter.info", id);

    private Task<XElement> JobAsync(int id) => _cloud.Rpc.XmlAsync("one.backupjob.info", id);

    [Fact]
    public async Task Security_group_of_a_nic_without_a_network_is_free_when_its_machine_ended()
    {
        int group = await _cloud.Rpc.IdAsync("one.secgroup.allocate", "NAME=g");
        string nic = $"NIC=[SECURITY_GROUPS={group}]";
        int vm = await _cloud.Rpc.IdAsync("one.vm.allocate", $"CPU=1\nMEMORY=1\n{nic}", false);
        await _cloud.Rpc.AssertRefusedAsync(2048, "Cannot delete security group. The security group has VMs using it", "one.secgroup.delete", group);
        await _cloud.Rpc.CallAsync("one.vm.action", "terminate-hard", vm);
        Assert.Equal(8192, (await _cloud.Rpc.RefusedAsync("one.vm.allocate", $"CPU=1\nMEMORY=1\n{nic}\nDISK=[IMAGE_ID=77]", false)).ServerCode);
        await _cloud.Rpc.CallAsync("one.secgroup.delete", group);
    }

    [Fact]
    public async Task Access_rules_for_an_object_alone_and_for_what_is_in_a_cluster_go_with_them()
    {
        int document = await _cloud.Rpc.IdAsync("one.document.allocate", "NAME=d", 100);
        int cluster = await _cloud.Rpc.IdAsync("one.cluster.allocate", "c");
        int vdc = await _cloud.Rpc.IdAsync("one.vdc.allocate", "NAME=v");
        await _cloud.Rpc.CallAsync("one.vdc.addcluster", vdc, 0, cluster);
        await _cloud.Rpc.CallAsync("one.vdc.addhost", vdc, 0, 0);
        int before = await RulesAsync();
        foreach (string resource in (string[])["400" + $"1{document:x8}", "408" + $"1{document:x8}", "10" + $"8{cluster:x8}"])
            await _cloud.Rpc.CallAsync("one.acl.addrule", "200000001", resource, "1", "400000000");
        Assert.Equal(before + 3, await RulesAsync());
        await _cloud.Rpc.CallAsync("one.document.delete", document);
        await _cloud.Rpc.CallAsync("one.cluster.delete", cluster);
        await _cloud.Rpc.CallAsync("one.host.delete", 0);
        // The rule for documents and images names more than the document.
        Assert.Equal(before + 1, await RulesAsync());
        XElement left = await _cloud.Rpc.XmlAsync("one.vdc.info", vdc);
        Assert.Empty(left.Element("CLUSTERS")!.Elements().Concat(left.Element("HOSTS")!.Elements()));

        async Task<int> RulesAsync() => (await _cloud.Rpc.XmlAsync("one.acl.info")).Elements().Count();
    }

    [Fact]
    public async Task Router_is_in_a_network_as_long_as_a_nic_of_it_is()
    {
        int network = await _cloud.Rpc.IdAsync("one.vn.allocate", "NAME=n\nVN_MAD=dummy\nBRIDGE=b\nAR=[TYPE=IP4,IP=10.0.0.1,SIZE=4]", -1);
        string nic = $"NIC=[NETWORK_ID={network},FLOATING_IP=YES]";
        int router = await _cloud.Rpc.IdAsync("one.vrouter.allocate", $"NAME=r\n{nic}\n{nic}");
        await _cloud.Rpc.CallAsync("one.vrouter.detachnic", router, 0);
        XElement used = await _cloud.Rpc.XmlAsync("one.vn.info", network);
        Assert.Equal(("1", $"{router}"), (used.Value("USED_LEASES"), used.Value("VROUTERS/ID")));
        await _cloud.Rpc.CallAsync("one.vrouter.delete", router);
        XElement free = await _cloud.Rpc.XmlAsync("one.vn.info", network);
        Assert.Equal("0", free.Value("USED_LEASES"));
        Assert.Empty(free.Element("VROUTERS")!.Elements());
    }

    [Fact]
    public async Task Router_goes_without_a_machine_that_cannot_be_ended()
    {
        int template = await _cloud.Rpc.IdAsync("one.template.allocate", "NAME=t\nCPU=1\nMEMORY=1\nVROUTER=YES");
        int router = await _cloud.Rpc.IdAsync("one.vrouter.allocate", "NAME=r");
        await _cloud.Rpc.CallAsync("one.vrouter.instantiate", router, 2, template, "", false, "");
        await _cloud.Rpc.CallAsync("one.vm.lock", 0, 4, false);
        await _cloud.Rpc.CallAsync("one.vrouter.delete", router);
        Assert.Equal("3", (await _cloud.Rpc.XmlAsync("one.vm.info", 0)).Value("LCM_STATE"));
        Assert.Equal("6", (await _cloud.Rpc.XmlAsync("one.vm.info", 1)).Value("STATE"));
    }

    [Fact]
    public async Task Backup_job_whose_update_is_refused_keeps_its_priority()
    {
        int vm = await _cloud.Rpc.IdAsync("one.vm.allocate", "CPU=1\nMEMORY=1", false);
        await _cloud.Rpc.CallAsync("one.backupjob.allocate", $"NAME=a\nBACKUP_VMS={vm}");
        int job = await _cloud.Rpc.IdAsync("one.backupjob.allocate", "NAME=b\nPRIORITY=7");
        await _cloud.Rpc.RefusedAsync("one.backupjob.update", job, $"BACKUP_VMS={vm}\nPRIORITY=9", 0);
        Assert.Equal("7", (await _cloud.Rpc.XmlAsync("one.backupjob.info", job)).Value("PRIORITY"));
    }
}
