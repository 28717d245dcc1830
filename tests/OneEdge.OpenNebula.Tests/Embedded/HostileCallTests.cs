using System.Globalization;
using System.Text;
using System.Xml.Linq;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using OneEdge.OpenNebula.Embedded;

namespace OneEdge.OpenNebula.Tests.Embedded;

/// <summary>Whatever is sent to whatever method: a value, a refusal or a fault of the core and a cloud that goes on.</summary>
public sealed class HostileCallTests
{
    private const string Oneadmin = "oneadmin:opennebula";

    private static readonly RpcValue[] Values =
    [
        .. HostileTexts.All.Select(RpcValue.From), new string('x', 300), "é\ud83d\ude00", RpcValue.Array(), RpcValue.Array(1, 2), RpcValue.Array("x"),
        RpcValue.Struct(new KeyValuePair<string, RpcValue>("a", 1)),
    ];

    private static readonly Gen<string> Text = Gen.Int[0, HostileTexts.All.Count - 1].Select(i => HostileTexts.All[i]);

    private static readonly Gen<int> Number = Gen.Frequency(
        (8, Gen.Int[-2, 4]), (2, Gen.Int[99, 102]), (1, Gen.Int), (1, Gen.Bool.Select(b => b ? int.MinValue : int.MaxValue)));

    private static readonly Gen<RpcValue> AnyValue = Gen.OneOf(
        Gen.Int.Select(i => (RpcValue)i),
        Gen.Int[-5, 5].Select(i => (RpcValue)i),
        Gen.Bool.Select(b => (RpcValue)b),
        Gen.Long.Select(l => (RpcValue)l),
        Gen.Int[0, Values.Length - 1].Select(i => Values[i]));

    private static readonly Gen<(int Method, RpcValue[] Parameters)> AnyCall = Gen.Select(Gen.Int[0, 10_000], AnyValue.Array[0, 8]);

    /// <summary>What a call of the right types is made of: numbers and texts enough for any method.</summary>
    private static readonly Gen<(int Method, int[] Numbers, string[] Texts, bool Flag, int Minutes)> TypedCall =
        Gen.Select(Gen.Int[0, 10_000], Number.Array[12], Text.Array[4], Gen.Bool, Gen.Int[-30, 10]);

    [Fact]
    public void No_call_gets_anything_but_an_answer_of_the_core() => AnyCall.Array[1, 60].Sample(
        calls =>
        {
            using var cloud = new EmbeddedCloud();
            string[] methods = [.. cloud.State.Methods.Names];
            cloud.Answer("one.vm.allocate", [Oneadmin, "CPU=1\nMEMORY=1", false]);
            foreach ((int index, RpcValue[] parameters) in calls)
            {
                string method = methods[index % methods.Length];
                if (LocksOut(method, parameters)) continue;
                bool isOfServer = method.StartsWith("system.", StringComparison.Ordinal);
                AssertAnswer(method, isOfServer, cloud.Answer(method, isOfServer ? parameters : [Oneadmin, .. parameters]));
            }

            AssertPools(cloud);
        },
        iter: 200);

    [Fact]
    public void Calls_of_the_right_types_on_a_full_cloud_leave_pools_and_messages_that_can_be_read() => TypedCall.Array[1, 80].Sample(
        calls =>
        {
            var time = new FakeTimeProvider(new DateTimeOffset(2024, 2, 29, 12, 0, 0, TimeSpan.Zero));
            using var cloud = new EmbeddedCloud(new EmbeddedCloudOptions
            {
                Hosts = 2,
                TimeProvider = time,
                Delays = EmbeddedCloudDelays.Each(TimeSpan.FromMinutes(1)),
            });
            List<HookMessage> messages = [];
            using IDisposable listening = cloud.Listen(messages.Add);
            Fill(cloud, time);
            string[] methods = [.. cloud.State.Methods.Names.Where(n => n.StartsWith("one.", StringComparison.Ordinal))];
            foreach ((int index, int[] numbers, string[] texts, bool flag, int minutes) in calls)
            {
                string method = methods[index % methods.Length];
                RpcValue[] parameters = [.. Parameters(cloud.State.Methods.Get(method), numbers, texts, flag)];
                if (LocksOut(method, parameters)) continue;
                AssertAnswer(method, isOfServer: false, cloud.Answer(method, [numbers[^1] == 1 ? "user:userpass" : Oneadmin, .. parameters]));
                if (minutes > 0) time.Advance(TimeSpan.FromMinutes(minutes));
            }

            time.Advance(TimeSpan.FromDays(1));
            AssertPools(cloud);
            AssertSums(cloud.State);
            Assert.All(messages.Where(m => m.Topic.StartsWith("EVENT STATE", StringComparison.Ordinal)), m =>
                Assert.Equal("HOOK_MESSAGE", XElement.Parse(Encoding.UTF8.GetString(m.Payload.Span)).Name));
        },
        iter: 150);

    [Fact]
    public async Task A_connection_to_the_cloud_throws_nothing_but_exceptions_of_the_library() => await Gen.Select(AnyCall, Gen.Bool).Array[1, 30].SampleAsync(
        async calls =>
        {
            using var cloud = new EmbeddedCloud();
            string[] methods = [.. cloud.State.Methods.Names, "system.multicall", "one.no.such"];
            foreach (((int index, RpcValue[] parameters), bool isLone) in calls)
            {
                if (LocksOut(methods[index % methods.Length], parameters)) continue;
                RpcValue[] sent = isLone ? [.. parameters, "half \ud83d of a pair"] : parameters;
                try
                {
                    await cloud.Rpc.CallAsync(new OpenNebulaCall(methods[index % methods.Length], sent), TestContext.Current.CancellationToken);
                }
                catch (OpenNebulaException)
                {
                    // The documented one.
                }
            }

            AssertPools(cloud);
        },
        iter: 100);

    [Fact]
    public void Each_method_with_parameters_refuses_too_few_and_wrong_ones()
    {
        using var cloud = new EmbeddedCloud();
        int seen = 0;
        Assert.All(cloud.State.Methods.Names.Where(n => n.StartsWith("one.", StringComparison.Ordinal)), name =>
        {
            Assert.True(cloud.State.Methods.TryGet(name, out var method));
            Assert.Equal(-501, cloud.Answer(name, []).Fault?.Code);
            Assert.Equal(-501, cloud.Answer(name, [5]).Fault?.Code);
            if (method.Signature.Length == 0) return;
            seen++;
            // It is refused before anything is read.
            if (name == "one.zone.allocate") return;
            RpcFault? few = cloud.Answer(name, [Oneadmin]).Fault;
            Assert.Equal((-501, "Not enough parameters"), (few?.Code, few?.Text));
            RpcValue wrong = method.Signature[0] == 's' ? 5 : "5";
            RpcFault? type = cloud.Answer(name, [Oneadmin, wrong, wrong, wrong, wrong, wrong, wrong]).Fault;
            Assert.Equal(-501, type?.Code);
            Assert.StartsWith("Parameter that is supposed to be ", type?.Text, StringComparison.Ordinal);
        });
        Assert.True(seen > 80);
    }

    // oneadmin is still needed afterwards.
    private static bool LocksOut(string method, RpcValue[] parameters) =>
        method.StartsWith("one.user.", StringComparison.Ordinal) && parameters is [{ Kind: RpcValueKind.Int32 } id, ..] && id.AsInt32() <= 0;

    // One of everything, so that calls have something to meet.
    private static void Fill(EmbeddedCloud cloud, FakeTimeProvider time)
    {
        foreach ((string method, RpcValue[] parameters) in ((string, RpcValue[])[])
        [
            ("one.user.allocate", ["user", "userpass", "core", RpcValue.Array()]),
            ("one.datastore.allocate", ["NAME=backups\nTYPE=BACKUP_DS\nDS_MAD=rsync\nRSYNC_HOST=h\nRSYNC_USER=u", -1]),
            ("one.market.allocate", ["NAME=market\nMARKET_MAD=http\nBASE_URL=\"http://m\"\nPUBLIC_DIR=\"/m\"", ]),
            ("one.image.allocate", ["NAME=disk\nTYPE=DATABLOCK\nSIZE=10", 1, false]),
            ("one.image.allocate", ["NAME=kept\nTYPE=DATABLOCK\nSIZE=10\nPERSISTENT=YES", 1, false]),
            (
                "one.vn.allocate",
                ["NAME=net\nVN_MAD=dummy\nBRIDGE=b\nAR=[TYPE=IP4,IP=10.0.0.1,SIZE=20]\nAR=[TYPE=IP6_STATIC,IP6=\"2001::1\",PREFIX_LENGTH=64]", -1]),
            ("one.secgroup.allocate", ["NAME=sg\nRULE=[PROTOCOL=TCP,RULE_TYPE=INBOUND,NETWORK_ID=0]"]),
            ("one.vmgroup.allocate", ["NAME=vg\nROLE=[NAME=a,POLICY=AFFINED]\nROLE=[NAME=b]\nANTI_AFFINED=\"a,b\""]),
            ("one.template.allocate", ["NAME=t\nCPU=1\nMEMORY=64\nDISK=[IMAGE_ID=0]\nNIC=[NETWORK_ID=0]\nCONTEXT=[NETWORK=YES]"]),
            ("one.template.allocate", ["NAME=vr\nCPU=1\nMEMORY=64\nVROUTER=YES"]),
            ("one.vntemplate.allocate", ["NAME=vt\nVN_MAD=dummy\nBRIDGE=b"]),
            ("one.vrouter.allocate", ["NAME=r\nNIC=[NETWORK_ID=0,FLOATING_IP=YES]"]),
            ("one.document.allocate", ["NAME=d\nBODY=\"{}\"", 100]),
            ("one.backupjob.allocate", ["NAME=j\nBACKUP_VMS=\"0,1\"\nDATASTORE_ID=100"]),
        ])
        {
            Assert.Null(cloud.Answer(method, [Oneadmin, .. parameters]).Fault);
            time.Advance(TimeSpan.FromMinutes(2));
        }

        for (int i = 0; i < 3; i++) cloud.Answer("one.template.instantiate", [Oneadmin, 0, "", false, "", false]);
        time.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal(3, cloud.State.Vms.Pool.Ordered.Count(v => v.IsRunning));
    }

    private static IEnumerable<RpcValue> Parameters(CloudMethod method, int[] numbers, string[] texts, bool flag) =>
        method.Signature.Select((type, i) => type switch
    {
        's' => RpcValue.From(texts[i % texts.Length]),
        'i' => numbers[i],
        'b' => flag,
        _ => RpcValue.Array([.. numbers.Take(2).Select(n => (RpcValue)n)]),
    });

    private static void AssertPools(EmbeddedCloud cloud)
    {
        foreach (string method in cloud.State.Methods.Names.Where(n => n.EndsWith("pool.info", StringComparison.Ordinal) || n == "one.acl.info"))
        {
            RpcValue[] filter = method switch
            {
                "one.documentpool.info" => [-2, -1, -1, 100],
                "one.vmpool.info" => [-2, -1, -1, -2, ""],
                _ => [-2, -1, -1],
            };
            RpcAnswer answer = cloud.Answer(method, [Oneadmin, .. filter]);
            AssertAnswer(method, isOfServer: false, answer);
            Assert.True(answer.Value.AsArray()[0].AsBoolean(), method);
        }

        AssertAnswer("one.vmpool.infoextended", false, cloud.Answer("one.vmpool.infoextended", [Oneadmin, -2, -1, -1, -2, ""]));
        AssertAnswer("one.vmpool.accounting", false, cloud.Answer("one.vmpool.accounting", [Oneadmin, -2, -1, -1]));
    }

    // What hosts, networks and images say of machines is what machines say of themselves.
    private static void AssertSums(CloudState state)
    {
        ILookup<int, CloudVm> onHosts = state.Vms.Pool.Ordered.Where(v => v.HoldsCapacity).ToLookup(v => v.Stay!.Host.Id);
        Assert.All(state.Hosts.Pool.Ordered, host =>
        {
            CloudVm[] leaving = [.. state.Vms.Pool.Ordered.Where(v => v.Leaving == host)];
            Assert.Equal(onHosts[host.Id].Concat(leaving).Select(v => v.Id).Order(), host.Vms);
            Assert.Equal(
                (onHosts[host.Id].Concat(leaving).Sum(v => v.Memory), onHosts[host.Id].Concat(leaving).Sum(v => v.Cpu)), (host.UsedMemory, host.UsedCpu));
        });
        Assert.All(state.Vms.Pool.Ordered.Where(v => v.State == VmState.Done), vm =>
        {
            Assert.DoesNotContain(state.Images.Pool.Ordered, i => i.Type != ImageType.Backup && i.Vms.Contains(vm.Id));
            Assert.DoesNotContain(state.Networks.Pool.Ordered, n => n.Vms.Contains(vm.Id));
            Assert.DoesNotContain(state.SecurityGroups.Pool.Ordered, g => g.Vms.Contains(vm.Id));
            string lease = string.Create(CultureInfo.InvariantCulture, $"<VM><![CDATA[{vm.Id}]]></VM>");
            Assert.DoesNotContain(state.Networks.Pool.Ordered, n => XmlText.Of(x => n.WriteExtended(x, state.SealedView, _ => true)).Contains(lease));
        });
    }

    private static void AssertAnswer(string method, bool isOfServer, RpcAnswer answer)
    {
        if (answer.Fault is { } fault)
        {
            Assert.True(fault.Code is -501 or -506, $"{method}: {fault.Code}");
            return;
        }

        if (isOfServer) return;
        IReadOnlyList<RpcValue> parts = answer.Value.AsArray();
        if (parts[0].AsBoolean())
        {
            Assert.Equal(3, parts.Count);
            if (parts[1].Kind == RpcValueKind.String && parts[1].AsString().StartsWith('<')) XElement.Parse(parts[1].AsString());
            return;
        }

        Assert.Equal(5, parts.Count);
        Assert.StartsWith($"[{method}] ", parts[1].AsString(), StringComparison.Ordinal);
        Assert.Contains(parts[2].AsInt32(), (int[])[256, 512, 1024, 2048, 4096, 8192, 16384]);
    }
}
