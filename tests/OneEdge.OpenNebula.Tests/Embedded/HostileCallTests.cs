using CsCheck;

namespace OneEdge.OpenNebula.Tests.Embedded;

/// <summary>Whatever is sent to whatever method: a value, a refusal or a fault of the core and a cloud that goes on.</summary>
public sealed class HostileCallTests
{
    private static readonly RpcValue[] Texts =
    [
        "", "0", "NAME=x", "A=[", "<a>", "<a/>", "NAME=\"a\"\nCPU=1\nMEMORY=1", "CPU=1e308\nMEMORY=9223372036854775807", "terminate", "DISK=[IMAGE_ID=1]",
        "NIC=[NETWORK=x]", "SCHED_ACTION=[ACTION=poweroff,TIME=99999999999999999999]", "SCHED_ACTION=[ACTION=poweroff,TIME=+9223372036854775807]",
        "VM=[VMS=1]", "TYPE=x", "SIZE=1", new string('x', 300), "é\ud83d\ude00", RpcValue.Array(), RpcValue.Array(1, 2), RpcValue.Array("x"),
        RpcValue.Struct(new KeyValuePair<string, RpcValue>("a", 1)),
    ];

    private static readonly Gen<RpcValue> Value = Gen.OneOf(
        Gen.Int.Select(i => (RpcValue)i),
        Gen.Int[-5, 5].Select(i => (RpcValue)i),
        Gen.Bool.Select(b => (RpcValue)b),
        Gen.Long.Select(l => (RpcValue)l),
        Gen.Int[0, Texts.Length - 1].Select(i => Texts[i]));

    [Fact]
    public void No_call_gets_anything_but_an_answer_of_the_core() =>
        Gen.Select(Gen.Int[0, 10_000], Value.Array[0, 8]).Array[1, 60].Sample(
            calls =>
            {
                using var cloud = new EmbeddedCloud();
                string[] methods = [.. cloud.State.Methods.Names];
                cloud.Answer("one.vm.allocate", ["oneadmin:opennebula", "CPU=1\nMEMORY=1", false]);
                foreach ((int index, RpcValue[] parameters) in calls)
                {
                    string method = methods[index % methods.Length];
                    bool isOfServer = method.StartsWith("system.", StringComparison.Ordinal);
                    AssertAnswer(method, isOfServer, cloud.Answer(method, isOfServer ? parameters : ["oneadmin:opennebula", .. parameters]));
                }

                AssertAnswer("one.vmpool.infoextended", false, cloud.Answer("one.vmpool.infoextended", ["oneadmin:opennebula", -2, -1, -1, -2, ""]));
            },
            iter: 200);

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
            RpcFault? few = cloud.Answer(name, ["oneadmin:opennebula"]).Fault;
            Assert.Equal((-501, "Not enough parameters"), (few?.Code, few?.Text));
            RpcValue wrong = method.Signature[0] == 's' ? 5 : "5";
            RpcFault? type = cloud.Answer(name, ["oneadmin:opennebula", wrong, wrong, wrong, wrong, wrong, wrong]).Fault;
            Assert.Equal(-501, type?.Code);
            Assert.StartsWith("Parameter that is supposed to be ", type?.Text, StringComparison.Ordinal);
        });
        Assert.True(seen > 80);
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
            if (parts[1].Kind == RpcValueKind.String && parts[1].AsString().StartsWith('<')) System.Xml.Linq.XElement.Parse(parts[1].AsString());
            return;
        }

        Assert.Equal(5, parts.Count);
        Assert.StartsWith($"[{method}] ", parts[1].AsString(), StringComparison.Ordinal);
        Assert.Contains(parts[2].AsInt32(), (int[])[256, 512, 1024, 2048, 4096, 8192, 16384]);
    }
}
