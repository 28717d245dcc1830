using System.Xml.Linq;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using OneEdge.OpenNebula.Embedded;

namespace OneEdge.OpenNebula.Tests.Embedded.Objects;

public sealed class NetworkTests : IDisposable
{
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(10);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
    private readonly EmbeddedCloud _cloud;

    public NetworkTests() => _cloud = new EmbeddedCloud(new EmbeddedCloudOptions { TimeProvider = _time, Delays = new EmbeddedCloudDelays { Image = Delay } });

    public void Dispose() => _cloud.Dispose();

    [Fact]
    public async Task Network_is_created_and_deleted_in_two_steps_that_are_published_in_the_recorded_order()
    {
        List<string> seen = [];
        using IDisposable subscription = _cloud.Listen(m => seen.Add(m.Topic));
        int id = await _cloud.Rpc.IdAsync("one.vn.allocate", "NAME=n\nVN_MAD=dummy\nBRIDGE=b\nAR=[TYPE=IP4,IP=10.1.1.1,SIZE=2]", 0);
        Assert.Equal(("2", "0"), await StateAsync(id));
        await _cloud.Rpc.AssertRefusedAsync(
            2048, "Cannot delete virtual network. Can not remove a Virtual Network, wrong state LOCK_CREATE", "one.vn.delete", id);
        await _cloud.Rpc.AssertRefusedAsync(
            2048, "Could not execute one.vn.holdVirtual Network is in wrong state: LOCK_CREATE", "one.vn.hold", id, "LEASES=[IP=10.1.1.1]");
        _time.Advance(Delay);
        Assert.Equal(("1", "1"), await StateAsync(id));
        await _cloud.Rpc.CallAsync("one.vn.delete", id);
        Assert.Equal(("3", "3"), await StateAsync(id));
        _time.Advance(Delay);
        await _cloud.Rpc.AssertRefusedAsync(1024, $"Error getting virtual network [{id}].", "one.vn.info", id);
        Assert.Equal(
            [
                "EVENT API one.vn.allocate 1", "EVENT API one.vn.delete 0", "EVENT API one.vn.hold 0", "EVENT NET 0/READY/ ", "EVENT STATE NET/READY//0 ",
                "EVENT NET 0/LOCK_DELETE/ ", "EVENT STATE NET/LOCK_DELETE//0 ", "EVENT API one.vn.delete 1", "EVENT NET 0/DONE/ ", "EVENT STATE NET/DONE//0 ",
            ],
            seen);
    }

    [Fact]
    public async Task Reservation_has_its_addresses_of_its_parent_and_gives_them_back()
    {
        int id = await ReadyAsync("AR=[TYPE=IP4,IP=10.0.0.1,SIZE=10]");
        int reservation = await _cloud.Rpc.IdAsync("one.vn.reserve", id, "SIZE=3\nNAME=r");
        _time.Advance(Delay);
        await _cloud.Rpc.CallAsync("one.vn.reserve", id, $"SIZE=2\nNETWORK_ID={reservation}\nAR_ID=0\nIP=10.0.0.9");
        XElement parent = await InfoAsync(id);
        Assert.Equal("5", parent.Value("USED_LEASES"));
        Assert.Equal(["10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.9", "10.0.0.10"], parent.Descendants("LEASE").Select(l => l.Value("IP")));
        XElement own = await InfoAsync(reservation);
        Assert.Equal($"{id}", own.Value("PARENT_NETWORK_ID"));
        Assert.Equal(["02:00:0a:00:00:01", "02:00:0a:00:00:09"], own.Descendants("AR").Select(a => a.Value("MAC")));
        await _cloud.Rpc.AssertRefusedAsync(8192, "The SIZE of a reservation cannot be changed.", "one.vn.update_ar", reservation, "AR=[AR_ID=0,SIZE=5]");
        await _cloud.Rpc.AssertRefusedAsync(2048, "Cannot reserve addresses from a reserved VNET", "one.vn.reserve", reservation, "SIZE=1\nNAME=x");
        await _cloud.Rpc.CallAsync("one.vn.rm_ar", reservation, 1);
        Assert.Equal("3", (await InfoAsync(id)).Value("USED_LEASES"));
        await _cloud.Rpc.CallAsync("one.vn.delete", reservation);
        _time.Advance(Delay);
        Assert.Equal("0", (await InfoAsync(id)).Value("USED_LEASES"));
        await _cloud.Rpc.CallAsync("one.vn.delete", id);
    }

    [Theory]
    [InlineData("SIZE=11\nNAME=r", "Not enough free addresses in an address range")]
    [InlineData("SIZE=2147483647\nNAME=r", "Not enough free addresses in an address range")]
    [InlineData("SIZE=3\nNAME=r\nAR_ID=0\nIP=10.0.0.9", "Not enough free addresses in address range 0, or it does not exist")]
    [InlineData("SIZE=1\nNAME=r\nAR_ID=7", "Not enough free addresses in address range 7, or it does not exist")]
    [InlineData("SIZE=1\nNAME=r\nIP=10.0.0.1", "AR_ID must be specified for IP/MAC based reservations")]
    [InlineData("SIZE=1\nNETWORK_ID=0", "Cannot add a reservation from the same network")]
    [InlineData("SIZE=1\nNETWORK_ID=-1", "NETWORK_ID must be equal or greater than 0")]
    [InlineData("SIZE=-1\nNAME=r", "Reservation SIZE must be a greater than 0")]
    public async Task Reservation_that_cannot_be_takes_nothing(string text, string message)
    {
        int id = await ReadyAsync("AR=[TYPE=IP4,IP=10.0.0.1,SIZE=10]");
        await _cloud.Rpc.AssertRefusedAsync(2048, message, "one.vn.reserve", id, text);
        Assert.Equal("0", (await InfoAsync(id)).Value("USED_LEASES"));
        Assert.Single((await _cloud.Rpc.XmlAsync("one.vnpool.info", -2, -1, -1)).Elements());
        Assert.Single((await _cloud.Rpc.XmlAsync("one.cluster.info", 0)).Element("VNETS")!.Elements());
    }

    [Fact]
    public async Task Parent_that_is_not_there_is_missed_in_the_words_of_the_core() =>
        await _cloud.Rpc.AssertRefusedAsync(1024, "Error getting virtual network Pool.", "one.vn.reserve", 4242, "SIZE=1\nNAME=r");

    [Theory]
    [InlineData("AR=[TYPE=ZZZ,SIZE=1]", "Unknown or missing address range TYPE.")]
    [InlineData("AR=[TYPE=IP4,SIZE=1]", "Wrong or empty IP attribute")]
    [InlineData("AR=[TYPE=IP4,IP=10.0.0.256,SIZE=1]", "Wrong or empty IP attribute")]
    [InlineData("AR=[TYPE=IP4,IP=10.0.0.1]", "Wrong SIZE for address range")]
    [InlineData("AR=[TYPE=ETHER,MAC=zz,SIZE=1]", "Wrong format for MAC attribute")]
    [InlineData("AR=[TYPE=IP6,GLOBAL_PREFIX=nope,SIZE=1]", "Wrong format for IP6 global address prefix")]
    [InlineData("AR=[TYPE=IP6_STATIC,IP6=\"2001:db8::1\",SIZE=1]", "Wrong or empty PREFIX_LENGTH")]
    [InlineData("SIZE=1", "Wrong AR definition. AR vector attribute is missing.")]
    public async Task Range_that_cannot_be_is_refused(string text, string message)
    {
        int id = await ReadyAsync("");
        await _cloud.Rpc.AssertRefusedAsync(8192, message, "one.vn.add_ar", id, text);
        Assert.Empty((await InfoAsync(id)).Element("AR_POOL")!.Elements());
    }

    [Fact]
    public async Task Network_whose_ranges_cannot_be_is_in_error_and_is_recovered()
    {
        int id = await ReadyAsync("AR=[TYPE=IP4,SIZE=1]");
        XElement network = await InfoAsync(id);
        Assert.Equal(("5", "Fri Jan  2 03:04:15 2026 : Wrong or empty IP attribute"), (network.Value("STATE"), network.Value("TEMPLATE/ERROR")));
        await _cloud.Rpc.AssertRefusedAsync(8192, $"Could not perform 'recover failure' on VN {id}, wrong state ERROR.", "one.vn.recover", id, 0);
        await _cloud.Rpc.AssertRefusedAsync(2048, "Wrong recovery operation code", "one.vn.recover", id, 4);
        await _cloud.Rpc.CallAsync("one.vn.recover", id, 1);
        Assert.Equal("1", (await InfoAsync(id)).Value("STATE"));
    }

    [Fact]
    public async Task Ipv6_range_gives_addresses_of_its_prefixes_and_the_macs()
    {
        int id = await ReadyAsync("AR=[TYPE=IP4_6,IP=10.0.0.1,SIZE=4,GLOBAL_PREFIX=\"2001:db8:1:2::\",ULA_PREFIX=\"fd00:1::\"]");
        await _cloud.Rpc.CallAsync("one.vn.hold", id, "LEASES=[IP=10.0.0.2]");
        XElement range = (await InfoAsync(id)).Descendants("AR").Single();
        Assert.Equal(("2001:db8:1:2:0:aff:fe00:1", "2001:db8:1:2:0:aff:fe00:4"), (range.Value("IP6_GLOBAL"), range.Value("IP6_GLOBAL_END")));
        XElement lease = range.Descendants("LEASE").Single();
        Assert.Equal(
            ("10.0.0.2", "2001:db8:1:2:0:aff:fe00:2", "fe80::aff:fe00:2", "fd00:1::aff:fe00:2", "-1"),
            (lease.Value("IP"), lease.Value("IP6_GLOBAL"), lease.Value("IP6_LINK"), lease.Value("IP6_ULA"), lease.Value("VM")));
    }

    [Fact]
    public async Task Static_ipv6_range_without_a_size_goes_to_the_end_of_its_prefix()
    {
        int id = await ReadyAsync("AR=[TYPE=IP6_STATIC,IP6=\"2001:db8::10\",PREFIX_LENGTH=120]");
        XElement range = (await InfoAsync(id)).Descendants("AR").Single();
        Assert.Equal(("240", "2001:db8::ff"), (range.Value("SIZE"), range.Value("IP6_END")));
        await _cloud.Rpc.CallAsync("one.vn.hold", id, "LEASES=[IP6=\"2001:db8::11\"]");
        await _cloud.Rpc.AssertRefusedAsync(
            8192, "Address is not part of the address range or in use.", "one.vn.hold", id, "LEASES=[IP6=\"2001:db8::11\"]");
    }

    [Fact]
    public async Task Lease_on_hold_is_released_and_one_of_a_machine_is_not()
    {
        int id = await ReadyAsync("AR=[TYPE=IP4,IP=10.0.0.1,SIZE=2]\nDNS=1.1.1.1\nGATEWAY=10.0.0.254");
        int vm = await _cloud.Rpc.IdAsync("one.vm.allocate", $"NAME=v\nCPU=1\nMEMORY=64\nNIC=[NETWORK_ID={id}]", true);
        XElement nic = (await _cloud.Rpc.XmlAsync("one.vm.info", vm)).Element("TEMPLATE")!.Element("NIC")!;
        Assert.Equal(("10.0.0.1", "1.1.1.1", "10.0.0.254", "0"), (nic.Value("IP"), nic.Value("DNS"), nic.Value("GATEWAY"), nic.Value("SECURITY_GROUPS")));
        await _cloud.Rpc.CallAsync("one.vn.hold", id, "LEASES=[IP=10.0.0.2]");
        OpenNebulaCallException error = await _cloud.Rpc.RefusedAsync("one.vm.allocate", $"NAME=w\nCPU=1\nMEMORY=64\nNIC=[NETWORK_ID={id}]", true);
        Assert.Contains($"Cannot get IP/MAC lease from virtual network {id}.", error.ServerMessage, StringComparison.Ordinal);
        await _cloud.Rpc.CallAsync("one.vn.release", id, "LEASES=[IP=10.0.0.1]");
        await _cloud.Rpc.CallAsync("one.vn.release", id, "LEASES=[IP=10.0.0.2]");
        XElement lease = (await InfoAsync(id)).Descendants("LEASE").Single();
        Assert.Equal(("10.0.0.1", $"{vm}"), (lease.Value("IP"), lease.Value("VM")));
        Assert.Equal($"{vm}", (await InfoAsync(id)).Value("UPDATED_VMS/ID"));
        await _cloud.Rpc.CallAsync("one.vm.action", "terminate-hard", vm);
        XElement free = await InfoAsync(id);
        Assert.Equal(("0", ""), (free.Value("USED_LEASES"), free.Value("UPDATED_VMS")));
    }

    [Theory]
    [InlineData("NAME=x\nVN_MAD=dummy", "BRIDGE is mandatory for driver dummy")]
    [InlineData("NAME=x\nVN_MAD=802.1Q", "PHYDEV is mandatory for driver 802.1Q")]
    [InlineData("NAME=x\nVN_MAD=vxlan\nPHYDEV=eth0", "VLAN_ID (or AUTOMATIC_VLAN_ID) is mandatory for driver vxlan")]
    [InlineData("NAME=x\nVN_MAD=zzz\nBRIDGE=b", "VN_MAD named \"zzz\" is not defined in oned.conf")]
    [InlineData("VN_MAD=dummy\nBRIDGE=b", "No NAME in template for Virtual Network.")]
    public async Task Network_that_cannot_be_is_refused_and_uses_up_no_id(string text, string message)
    {
        await _cloud.Rpc.AssertRefusedAsync(8192, message, "one.vn.allocate", text, -1);
        Assert.Equal(0, await ReadyAsync(""));
    }

    [Fact]
    public async Task Vlans_are_given_by_number_and_given_back()
    {
        const string text = "VN_MAD=802.1Q\nPHYDEV=eth0\nAUTOMATIC_VLAN_ID=YES";
        XElement first = await InfoAsync(await _cloud.Rpc.IdAsync("one.vn.allocate", $"NAME=a\n{text}", -1));
        Assert.Equal(("2", "1", "onebr0"), (first.Value("VLAN_ID"), first.Value("VLAN_ID_AUTOMATIC"), first.Value("BRIDGE")));
        string vxlan = text.Replace("802.1Q", "vxlan", StringComparison.Ordinal);
        XElement second = await InfoAsync(await _cloud.Rpc.IdAsync("one.vn.allocate", $"NAME=b\n{vxlan}", -1));
        Assert.Equal("3", second.Value("VLAN_ID"));
        XElement own = await InfoAsync(await _cloud.Rpc.IdAsync("one.vn.allocate", "NAME=c\nVN_MAD=802.1Q\nPHYDEV=eth0\nVLAN_ID=9", -1));
        Assert.Equal(("9", "0", "onebr.9"), (own.Value("VLAN_ID"), own.Value("VLAN_ID_AUTOMATIC"), own.Value("BRIDGE")));
    }

    [Fact]
    public async Task Users_use_networks_but_not_reservations_of_others()
    {
        IOpenNebulaRpc alice = await _cloud.UserAsync("alice");
        int id = await ReadyAsync("AR=[TYPE=IP4,IP=10.0.0.1,SIZE=10]");
        int other = await _cloud.Rpc.IdAsync("one.vn.reserve", id, "SIZE=3\nNAME=r");
        _time.Advance(Delay);
        Assert.Equal([$"{id}"], (await alice.XmlAsync("one.vnpool.info", -2, -1, -1)).Elements().Select(e => e.Value("ID")));
        await alice.AssertRefusedAsync(512, $"User [2] : Not authorized to perform USE NET [{other}].", "one.vn.info", other);
        int own = await alice.IdAsync("one.vn.reserve", id, "SIZE=2\nNAME=mine");
        Assert.Equal([$"{own}", $"{own}"], (await alice.XmlAsync("one.vn.info", id)).Descendants("LEASE").Select(l => l.Value("VNET")));
        _time.Advance(Delay);
        await alice.AssertRefusedAsync(
            8192, "Cannot update template. User Template includes a restricted attribute BRIDGE", "one.vn.update", own, "BRIDGE=zzz", 1);
        await alice.CallAsync("one.vn.update", own, "DNS=9.9.9.9", 0);
        XElement changed = await alice.XmlAsync("one.vn.info", own);
        Assert.Equal(("b", "9.9.9.9"), (changed.Value("TEMPLATE/BRIDGE"), changed.Value("TEMPLATE/DNS")));
    }

    [Fact]
    public async Task Instance_of_a_template_is_named_and_placed_by_it()
    {
        await _cloud.Rpc.CallAsync("one.cluster.allocate", "c");
        int template = await _cloud.Rpc.IdAsync("one.vntemplate.allocate", "NAME=t\nVN_MAD=dummy\nBRIDGE=b\nCLUSTER_IDS=\"100,4242\"");
        int id = await _cloud.Rpc.IdAsync("one.vntemplate.instantiate", template, "", "AR=[TYPE=IP4,IP=10.0.0.1,SIZE=1]");
        _time.Advance(Delay);
        XElement network = await InfoAsync(id);
        Assert.Equal(("t-0", "100", $"{template}"), (network.Value("NAME"), network.Value("CLUSTERS/ID"), network.Value("TEMPLATE/TEMPLATE_ID")));
        Assert.Single(network.Element("AR_POOL")!.Elements());
        Assert.Equal($"{id}", (await _cloud.Rpc.XmlAsync("one.cluster.info", 100)).Value("VNETS/ID"));
        await _cloud.Rpc.AssertRefusedAsync(8192, "Error inserting Template in DB. VN_MAD is mandatory", "one.vntemplate.allocate", "NAME=u");
        await _cloud.Rpc.AssertRefusedAsync(8192, "NAME is already taken by VN TEMPLATE 0.", "one.vntemplate.allocate", "NAME=t\nVN_MAD=dummy\nBRIDGE=b");
    }

    [Fact]
    public void Leases_are_never_given_twice_and_the_lowest_free_one_comes_first() =>
        Gen.Select(Gen.Int[1, 40], Gen.Int[0, 60].List[0, 80]).Sample((size, steps) =>
        {
            var range = CloudAddressRange.Create(0, Vectors.Of("AR", ("TYPE", "IP4"), ("IP", "10.0.0.0"), ("SIZE", $"{size}")), new Random(1));
            SortedDictionary<int, LeaseHolder> model = [];
            foreach (int step in steps)
            {
                var holder = new LeaseHolder(ObjectKind.Vm, step);
                if (step % 3 == 0 && model.Count > 0)
                {
                    (int index, LeaseHolder held) = model.First();
                    Assert.False(range.Free("IP", $"10.0.0.{index}", LeaseHolder.Hold));
                    Assert.True(range.Free("IP", $"10.0.0.{index}", held));
                    model.Remove(index);
                    continue;
                }

                int free = Enumerable.Range(0, size).FirstOrDefault(i => !model.ContainsKey(i), -1);
                Assert.Equal(free < 0 ? null : $"10.0.0.{free}", range.Take(holder)?["IP"]);
                if (free >= 0) model.Add(free, holder);
            }

            Assert.Equal(model.Count, range.UsedCount);
        });

    private async Task<int> ReadyAsync(string more)
    {
        int id = await _cloud.Rpc.IdAsync("one.vn.allocate", $"NAME=net\nVN_MAD=dummy\nBRIDGE=b\n{more}", -1);
        _time.Advance(Delay);
        return id;
    }

    private Task<XElement> InfoAsync(int id) => _cloud.Rpc.XmlAsync("one.vn.info", id);

    private async Task<(string State, string Previous)> StateAsync(int id)
    {
        XElement network = await InfoAsync(id);
        return (network.Value("STATE"), network.Value("PREV_STATE"));
    }

    [Fact]
    public async Task Network_without_a_vlan_to_have_is_refused_and_leaves_nothing()
    {
        const string template = "VN_MAD=802.1Q\nPHYDEV=e\nAUTOMATIC_VLAN_ID=YES";
        for (int i = 0; i < 4093; i++) await _cloud.Rpc.CallAsync("one.vn.allocate", $"NAME=n{i}\n{template}", -1);
        await _cloud.Rpc.AssertRefusedAsync(8192, "Cannot automatically assign VLAN_ID to network.", "one.vn.allocate", $"NAME=last\n{template}", -1);
        Assert.Equal(4093, _cloud.State.Networks.Pool.Count);
        _time.Advance(Delay);
        // What it had is free though it has another driver in the end.
        await _cloud.Rpc.CallAsync("one.vn.update", 5, "VN_MAD=bridge", 0);
        await _cloud.Rpc.CallAsync("one.vn.delete", 5);
        _time.Advance(Delay);
        int id = await _cloud.Rpc.IdAsync("one.vn.allocate", $"NAME=last\n{template}", -1);
        Assert.Equal("7", (await InfoAsync(id)).Value("VLAN_ID"));
    }

    [Fact]
    public async Task Reservation_of_a_range_whose_prefix_has_blanks_takes_what_it_says()
    {
        int id = await ReadyAsync("AR=[TYPE=IP6_STATIC,IP6=\"2001::1\",PREFIX_LENGTH=64,SIZE=10]");
        await _cloud.Rpc.CallAsync("one.vn.update_ar", id, "AR=[AR_ID=0,PREFIX_LENGTH=\" 64 \"]");
        await _cloud.Rpc.CallAsync("one.vn.reserve", id, "SIZE=3\nNAME=r");
        Assert.Equal("3", (await InfoAsync(id)).Value("USED_LEASES"));
    }

    [Fact]
    public async Task Reservation_ends_where_the_numbers_of_addresses_end()
    {
        int id = await ReadyAsync("AR=[TYPE=IP6_STATIC,IP6=\"2001::\",PREFIX_LENGTH=64]");
        await _cloud.Rpc.AssertRefusedAsync(
            2048,
            "Not enough free addresses in address range 0, or it does not exist",
            "one.vn.reserve", id, "SIZE=2\nNAME=r\nAR_ID=0\nIP6=\"2001::ffff:ffff\"");
        Assert.Equal("0", (await InfoAsync(id)).Value("USED_LEASES"));
        await _cloud.Rpc.CallAsync("one.vn.reserve", id, "SIZE=1\nNAME=r\nAR_ID=0\nIP6=\"2001::ffff:ffff\"");
    }
}
