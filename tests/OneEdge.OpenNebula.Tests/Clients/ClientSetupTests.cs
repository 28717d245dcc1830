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
        Assert.Equal("serveradmin:alice:1800000000", Encoding.UTF8.GetString(aes.DecryptCbc(Convert.FromBase64String(parts[2]), Encoding.ASCII.GetBytes(stored[..16]))));
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
        Assert.Equal(new PermissionChange { OwnerUse = true, OwnerManage = true, OwnerAdmin = false, GroupUse = true, GroupManage = false, GroupAdmin = false, OtherUse = false, OtherManage = false, OtherAdmin = false }, PermissionChange.ToOctal("640"));
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
