using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using OneEdge.OpenNebula.Tests.Rpc;

namespace OneEdge.OpenNebula.Tests.Clients;

public sealed class ClientSetupTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Registered_client_calls_the_server_of_the_options()
    {
        await using var server = LoopbackServer.Start(_ => Answers.Done("<string>6.10.5</string>"));
        var services = new ServiceCollection();
        services.AddOneEdgeOpenNebula(options =>
        {
            options.Credentials = OpenNebulaCredentials.ForUser("alice", "secret");
            options.Connection.Endpoint = server.Endpoint;
        });
        await using ServiceProvider provider = services.BuildServiceProvider();
        Assert.Equal("6.10.5", await provider.GetRequiredService<IOpenNebulaClient>().System.GetVersionAsync(Token));
        Assert.Contains("alice:secret", Assert.Single(server.Requests).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Registered_client_goes_to_the_leader_among_several_front_ends()
    {
        await using var follower = LoopbackServer.Start(_ => Answers.Done("<string>&lt;RAFT&gt;&lt;STATE&gt;2&lt;/STATE&gt;&lt;/RAFT&gt;</string>"));
        await using var leader = LoopbackServer.Start(r => Answers.Done(r.Body.Contains("raft", StringComparison.Ordinal)
            ? "<string>&lt;RAFT&gt;&lt;STATE&gt;3&lt;/STATE&gt;&lt;/RAFT&gt;</string>" : "<string>6.10.5</string>"));
        var services = new ServiceCollection();
        services.AddOneEdgeOpenNebula(options =>
        {
            options.Credentials = OpenNebulaCredentials.ForUser("alice", "secret");
            options.FrontEnds.Add(follower.Endpoint);
            options.FrontEnds.Add(leader.Endpoint);
        });
        await using ServiceProvider provider = services.BuildServiceProvider();
        Assert.Equal("6.10.5", await provider.GetRequiredService<IOpenNebulaClient>().System.GetVersionAsync(Token));
    }

    [Fact]
    public async Task Stand_in_that_is_registered_is_used_and_missing_credentials_are_a_clear_error()
    {
        var services = new ServiceCollection();
        services.AddSingleton<IOpenNebulaRpc>(new AnsweringRpc(_ => "embedded"));
        services.AddOneEdgeOpenNebula();
        await using ServiceProvider provider = services.BuildServiceProvider();
        Assert.Equal("embedded", await provider.GetRequiredService<IOpenNebulaClient>().System.GetVersionAsync(Token));
        await using ServiceProvider empty = new ServiceCollection().AddOneEdgeOpenNebula().BuildServiceProvider();
        OpenNebulaException error = Assert.Throws<OpenNebulaException>(empty.GetRequiredService<IOpenNebulaClient>);
        Assert.Equal(OpenNebulaErrorCodes.CredentialsInvalid, error.Code);
    }

    [Fact]
    public async Task Connection_of_the_environment_has_its_address_and_credentials()
    {
        await using var server = LoopbackServer.Start(_ => Answers.Done("<string>6.10.5</string>"));
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, "bob:secret\n", Token);
            using OpenNebulaConnection connection = await OpenNebulaConnection.FromVariablesAsync(
                name => name switch { "ONE_AUTH" => file, "ONE_XMLRPC" => server.Endpoint.Uri.ToString(), _ => null }, cancellationToken: Token);
            Assert.Equal("6.10.5", await new OpenNebulaClient(connection).System.GetVersionAsync(Token));
            Assert.Contains("bob:secret", Assert.Single(server.Requests).Body, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Server_acts_for_a_user_with_a_token_that_its_driver_reads()
    {
        var server = OpenNebulaServerCredentials.FromAuthText("serveradmin:a password\n");
        OpenNebulaCredentials credentials = server.As("alice", DateTimeOffset.FromUnixTimeSeconds(1_800_000_000));
        string[] parts = credentials.Session.Split(':');
        Assert.Equal(["serveradmin", "alice"], parts[..2]);
        // As the driver does it: the server keeps the SHA-256 of the password.
        string stored = Convert.ToHexStringLower(SHA256.HashData("a password"u8));
        using var aes = Aes.Create();
        aes.Key = Encoding.ASCII.GetBytes(stored[..32]);
        byte[] token = aes.DecryptCbc(Convert.FromBase64String(parts[2]), Encoding.ASCII.GetBytes(stored[..16]));
        Assert.Equal("serveradmin:alice:1800000000", Encoding.UTF8.GetString(token));
        Assert.DoesNotContain("password", $"{server} {credentials}", StringComparison.Ordinal);
        Assert.Throws<OpenNebulaException>(() => server.As("a:b", DateTimeOffset.UnixEpoch));
        Assert.Throws<OpenNebulaException>(() => new OpenNebulaServerCredentials("a:b", "x"));
    }

    [Fact]
    public void Permissions_read_and_write_as_octal_digits()
    {
        Assert.Equal("640", Permissions.FromOctal("640").ToString());
        Assert.True(Permissions.FromOctal("421") is { OwnerUse: true, OwnerManage: false, GroupManage: true, OtherAdmin: true, OtherUse: false });
        foreach (string wrong in new[] { "", "64", "6400", "68x", "8aa", "٦٤٠" }) Assert.Throws<FormatException>(() => Permissions.FromOctal(wrong));
        var change = new PermissionChange
        {
            OwnerUse = true,
            OwnerManage = true,
            OwnerAdmin = false,
            GroupUse = true,
            GroupManage = false,
            GroupAdmin = false,
            OtherUse = false,
            OtherManage = false,
            OtherAdmin = false,
        };
        Assert.Equal(change, PermissionChange.ToOctal("640"));
    }

    [Fact]
    public async Task Times_that_the_server_cannot_count_are_the_first_or_the_last_that_it_can()
    {
        var rpc = new AnsweringRpc(_ => "<HISTORY_RECORDS/>");
        await new OpenNebulaClient(rpc).VirtualMachines.ListAccountingAsync(
            start: DateTimeOffset.MinValue, end: DateTimeOffset.MaxValue, cancellationToken: Token);
        Assert.Equal([0, int.MaxValue], Assert.Single(rpc.Calls).Parameters.Skip(1).Select(p => p.AsInt32()));
    }

    [Fact]
    public async Task Token_is_good_for_a_second_at_least_and_for_no_longer_than_the_server_can_count()
    {
        var rpc = new AnsweringRpc(_ => "token");
        UserClient users = new OpenNebulaClient(rpc).Users;
        foreach (TimeSpan wrong in new[] { TimeSpan.Zero, TimeSpan.FromSeconds(-1), TimeSpan.FromMilliseconds(999), TimeSpan.MaxValue, TimeSpan.MinValue })
            await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => users.CreateTokenAsync("alice", wrong, cancellationToken: Token));
        await users.CreateTokenAsync("alice", TimeSpan.FromSeconds(1.9), cancellationToken: Token);
        await users.CreateTokenAsync("alice", cancellationToken: Token);
        Assert.Equal([1, -1], rpc.Calls.Select(c => c.Parameters[2].AsInt32()));
    }

    [Fact]
    public async Task Resource_of_no_kind_is_misuse()
    {
        var rpc = new AnsweringRpc(_ => 0);
        VirtualDataCenterClient vdcs = new OpenNebulaClient(rpc).VirtualDataCenters;
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => vdcs.AddResourceAsync(1, new VdcResource((VdcResourceKind)9, 0, 1), Token));
        await Assert.ThrowsAsync<ArgumentNullException>(() => vdcs.RemoveResourceAsync(1, null!, Token));
        Assert.Empty(rpc.Calls);
        await vdcs.RemoveResourceAsync(1, new VdcResource(VdcResourceKind.Network, VdcResource.All, 7), Token);
        OpenNebulaCall call = Assert.Single(rpc.Calls);
        Assert.Equal("one.vdc.delvnet", call.Method);
        Assert.Equal([1, -10, 7], call.Parameters.Select(p => p.AsInt32()));
    }

    [Fact]
    public void Resources_of_a_virtual_data_center_are_read_by_their_kinds()
    {
        VirtualDataCenter vdc = VirtualDataCenter.ParseXml(
            "<VDC><ID>1</ID><NAME>x</NAME><GROUPS/><CLUSTERS><CLUSTER><ZONE_ID>0</ZONE_ID><CLUSTER_ID>-10</CLUSTER_ID></CLUSTER></CLUSTERS>"
            + "<HOSTS><HOST><ZONE_ID>0</ZONE_ID><HOST_ID>3</HOST_ID></HOST></HOSTS><DATASTORES><OTHER/></DATASTORES>"
            + "<VNETS><VNET><ZONE_ID>2</ZONE_ID><VNET_ID>5</VNET_ID></VNET></VNETS><TEMPLATE><A>1</A></TEMPLATE></VDC>");
        Assert.Equal([new VdcResource(VdcResourceKind.Cluster, 0, VdcResource.All)], vdc.Clusters);
        Assert.Equal([new VdcResource(VdcResourceKind.Host, 0, 3)], vdc.Hosts);
        Assert.Empty(vdc.Datastores);
        Assert.Equal([new VdcResource(VdcResourceKind.Network, 2, 5)], vdc.Networks);
        Assert.Equal("1", vdc.Template.Get("A"));
    }

    [Fact]
    public void Texts_of_templates_do_not_show_themselves()
    {
        TemplateText text = "PASSWORD=hush";
        Assert.Equal("PASSWORD=hush", text.Text);
        Assert.DoesNotContain("hush", text.ToString(), StringComparison.Ordinal);
        Assert.Equal("", TemplateText.Empty.Text);
        TemplateText stored = StoredTemplate.ParseXml("<T><A>1</A></T>");
        Assert.Equal("<TEMPLATE><A><![CDATA[1]]></A></TEMPLATE>", stored.Text);
        TemplateText template = OpenNebulaTemplate.Parse("A=1 ");
        Assert.Equal("A=1 ", template.Text);
    }
}
