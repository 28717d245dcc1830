using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using OneEdge.OpenNebula;

namespace OneEdge.Docs.Tests.Snippets;

/// <summary>The code of the document about the embedded cloud.</summary>
public sealed class EmbeddedCloudSnippets
{
    [Fact]
    public async Task Machine_runs_without_a_server()
    {
        CancellationToken ct = TestContext.Current.CancellationToken;

        // <snippet embedded-first>
        using var cloud = new EmbeddedCloud(new EmbeddedCloudOptions { Hosts = 3 });
        IOpenNebulaRpc rpc = cloud.Rpc;                                             // oneadmin; cloud.Connect(user, password) is anybody
        RpcValue id = await rpc.CallAsync(new OpenNebulaCall("one.vm.allocate", "NAME=web\nCPU=0.5\nMEMORY=256", false), ct);
        RpcValue xml = await rpc.CallAsync(new OpenNebulaCall("one.vm.info", id), ct);
        Console.WriteLine(xml.AsString());                                          // <VM>... STATE 3, LCM_STATE 3: it runs
        // </snippet>

        Assert.Contains("<STATE>3</STATE><LCM_STATE>3</LCM_STATE>", xml.AsString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failures_and_time_are_in_the_hands_of_the_test()
    {
        CancellationToken ct = TestContext.Current.CancellationToken;

        // <snippet embedded-script>
        var time = new FakeTimeProvider();
        using var cloud = new EmbeddedCloud(new EmbeddedCloudOptions
        {
            TimeProvider = time,
            Delays = new EmbeddedCloudDelays { Storage = TimeSpan.FromMinutes(2) },
        });
        cloud.Script.Fail(EmbeddedWork.Deploy, every: 10);                          // each tenth start ends in BOOT_FAILURE
        cloud.Script.Slow(EmbeddedWork.Prolog, TimeSpan.FromHours(1), id: 0);       // the disks of VM 0 take an hour more
        await cloud.Rpc.CallAsync(new OpenNebulaCall("one.vm.allocate", "CPU=1\nMEMORY=64", false), ct);
        time.Advance(TimeSpan.FromMinutes(62));                                     // now it runs
        cloud.Script.SetMonitoring(0, ("LOAD", "80"));                              // what it reports
        cloud.Script.StopHost(0);                                                   // and now it is UNKNOWN
        // </snippet>

        RpcValue xml = await cloud.Rpc.CallAsync(new OpenNebulaCall("one.vm.info", 0), ct);
        Assert.Contains("<LCM_STATE>16</LCM_STATE>", xml.AsString(), StringComparison.Ordinal);
        Assert.Contains("<LOAD><![CDATA[80]]></LOAD>", xml.AsString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_acts_for_a_user()
    {
        CancellationToken ct = TestContext.Current.CancellationToken;
        using var cloud = new EmbeddedCloud();
        const string secret = "secret";

        // <snippet embedded-server>
        string kept = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
        await new OpenNebulaClient(cloud.Rpc).Users.ChangePasswordAsync(1, kept, ct);
        OpenNebulaCredentials credentials = new OpenNebulaServerCredentials("serveradmin", secret).As("oneadmin", DateTimeOffset.UtcNow.AddHours(1));
        IOpenNebulaRpc rpc = cloud.Connect(credentials);                            // calls as that user
        // </snippet>

        Assert.Equal(0, (await new OpenNebulaClient(rpc).Users.GetSelfAsync(ct)).Id);
    }
}
