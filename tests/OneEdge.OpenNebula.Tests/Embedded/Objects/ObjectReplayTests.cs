using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Time.Testing;
using OneEdge.OpenNebula.Embedded;
using OneEdge.OpenNebula.Tests.Rpc;

namespace OneEdge.OpenNebula.Tests.Embedded.Objects;

/// <summary>The recorded calls about storage, networks, marketplaces and the smaller objects, made again in their order.</summary>
public sealed partial class ObjectReplayTests(ITestOutputHelper output)
{
    private const string Oneadmin = "oneadmin:opennebula";

    private static readonly string[] Compared =
    [
        "cluster", "datastore", "datastorepool", "hook", "hooklog", "hookpool", "image", "imagepool", "market", "marketapp", "marketapppool", "marketpool", "secgroup",
        "vdc", "vmgroup", "vn", "vnpool", "vntemplate", "vrouter", "vrouterpool",
    ];

    private static readonly string[] Made = ["user", "group", "host", "zone"];

    /// <summary>Calls that were made but are not in the record, by the number of the recorded call that comes after them.</summary>
    private static readonly (int Before, string Method, RpcValue[] Parameters)[] Missing =
    [
        (45, "one.user.login", ["alice", "572e682168e483f233c4c09e195e83680d02c4d5231bc889086ef5c2b5a81f53", 0, -1]),
        (53, "one.group.allocate", ["edgegrp"]),
        (61, "one.user.chgrp", [2, 100]),
        (81, "one.cluster.update", [100, "ONEFORM=yes\nPROVISION=[ID=7]", 1]),
        (105, "one.datastore.allocate", ["NAME=edge-ds\nDS_MAD=dummy\nTM_MAD=dummy\nTYPE=IMAGE_DS", 100]),
        (130, "one.vn.release", [1, "LEASES=[IP=192.168.150.12]"]),
        (133, "one.vn.reserve", [1, "SIZE=1\nNAME=r-ip\nAR_ID=0\nIP=192.168.150.30"]),
        (141, "one.vn.rename", [1, "edge-net-renamed"]),
        (153, "one.vntemplate.allocate", ["NAME=edge-vnt\nVN_MAD=dummy\nBRIDGE=br9\nAR=[TYPE=IP4,IP=10.9.0.1,SIZE=10]"]),
        (165, "one.secgroup.allocate", ["NAME=edge-sg\nRULE=[PROTOCOL=TCP,RULE_TYPE=inbound,RANGE=\"22,80:90\"]"]),
        .. Enumerable.Range(1, 4).Select(i => (201, "one.image.allocate", (RpcValue[])[$"NAME=i{i}\nTYPE=DATABLOCK\nSIZE=1", 1, false])),
        (207, "one.image.allocate", ["NAME=edge-data\nTYPE=DATABLOCK\nSIZE=100", 1, false]),
        (215, "one.image.persistent", [7, true]),
        (224, "one.image.lock", [5, 1, false]),
        (502, "one.marketapp.chmod", [0, 1, 1, 0, 1, 0, 0, 1, 0, 0]),
        (512, "one.hook.allocate", ["NAME=host-hook\nTYPE=state\nRESOURCE=HOST\nSTATE=ERROR\nCOMMAND=/bin/true"]),
        (532, "one.hook.unlock", [0]),
        (536, "one.hook.delete", [1]),
        (540, "one.vmgroup.allocate", ["NAME=g1\nROLE=[NAME=a,POLICY=ANTI_AFFINED]\nROLE=[NAME=b]"]),
        // In the place of the reservations whose deletion had not ended yet.
        (561, "one.vn.hold", [1, "LEASES=[IP=192.168.150.11]"]),
        .. Enumerable.Range(8, 3).Select(i => (619, "one.image.allocate", (RpcValue[])[$"NAME=i{i}\nTYPE=DATABLOCK\nSIZE=1", 1, false])),
    ];

    /// <summary>What differs, and why.</summary>
    private static readonly Dictionary<string, string> Known = new()
    {
        ["480-market.info-monitored-market"] = "a marketplace is measured when its applications change, not from time to time",
    };

    /// <summary>What is not compared, each with its reason.</summary>
    private static readonly (string Reason, Regex What, string Instead)[] Rules =
    [
        ("times are those of the day", Time(), "TIME"),
        ("so are those in texts", TextTime(), "TIME"),
        ("chance", Hash(), "HASH"),
        ("calls are numbered by whoever else calls", RequestId(), "REQUEST"),
        ("where the server is installed", Location(), "BASE/"),
        ("how large its disk is", Disk(), "DISK"),
        ("what a hook got is the XML of its event", Base64(), "BASE64"),
    ];

    [Fact]
    public void Recorded_calls_are_answered_as_they_were()
    {
        using EmbeddedCloud cloud = NewCloud();
        Prepare(cloud);
        List<string> differing = [];
        int same = 0;
        foreach (RecordedExchange exchange in RecordedExchange.All())
        {
            if (exchange.Status != 200 || !exchange.HasAnswer || exchange.Request() is not var (method, parameters)) continue;
            int number = int.Parse(exchange.Name.AsSpan(0, 3), CultureInfo.InvariantCulture);
            foreach ((_, string missing, RpcValue[] sent) in Missing.Where(m => m.Before == number)) Supply(cloud, missing, sent);
            if (number == 522) RecordHooks(cloud);
            string area = method.Split('.')[1];
            if (!Compared.Contains(area) && !Made.Contains(area)) continue;
            string actual = Text(cloud.Answer(method, parameters));
            if (!Compared.Contains(area) || Known.ContainsKey(exchange.Name)) continue;
            byte[] body = System.Text.Encoding.UTF8.GetBytes(exchange.ResponseBody);
            string expected = Text(RpcAnswerReader.Read(body, body.Length));
            if (expected == actual) same++;
            else differing.Add(Difference(exchange.Name, expected, actual));
        }

        output.WriteLine($"{same} the same\n{string.Join('\n', differing)}");
        Assert.Empty(differing);
        Assert.True(same > 130, $"{same}");
    }

    private static EmbeddedCloud NewCloud()
    {
        var options = new EmbeddedCloudOptions
        {
            Hosts = 3,
            TimeProvider = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 0, 8, 22, TimeSpan.Zero)),
            Delays = new EmbeddedCloudDelays { Scheduling = TimeSpan.FromDays(1_000) },
        };
        options.Files["$LAB/run/src.img"] = 1_000_000;
        var cloud = new EmbeddedCloud(options);
        // The first application was still being made when the lab was done with it.
        cloud.State.Faults.Add(new WorkFault(EmbeddedWork.AppImport, 0, null, 0, 0, TimeSpan.FromDays(1_000)));
        return cloud;
    }

    private static void Prepare(EmbeddedCloud cloud)
    {
        Supply(cloud, "one.image.allocate", "NAME=img0\nTYPE=OS\nPATH=/dev/null", 1, false);
        Supply(cloud, "one.vn.allocate", "NAME=net0\nVN_MAD=dummy\nBRIDGE=br0\nAR=[TYPE=IP4,IP=10.0.0.1,SIZE=200]", -1);
        Supply(cloud, "one.vm.allocate", "NAME=none\nCPU=0.1\nMEMORY=64", true);
        Supply(cloud, "one.vm.allocate", "NAME=first\nCPU=0.1\nMEMORY=64\nNIC=[NETWORK_ID=0]", true);
    }

    private static void RecordHooks(EmbeddedCloud cloud)
    {
        string arguments = Convert.ToBase64String(new byte[300]);
        long time = cloud.State.Time;
        cloud.State.Hooks.Pool.Get(0).Record(time, arguments, "", "/bin/true", "", "", 0);
        cloud.State.Hooks.Pool.Get(1).Record(time, arguments, "", $"/bin/false {arguments}", "", "", 1);
    }

    private static void Supply(EmbeddedCloud cloud, string method, params RpcValue[] parameters)
    {
        RpcAnswer answer = cloud.Answer(method, [Oneadmin, .. parameters]);
        Assert.Null(answer.Fault);
    }

    private static string Difference(string name, string expected, string actual)
    {
        int at = Enumerable.Range(0, Math.Min(expected.Length, actual.Length)).TakeWhile(i => expected[i] == actual[i]).Count();
        return $"{name}\n  recorded {Around(expected, at)}\n  embedded {Around(actual, at)}";
    }

    private static string Around(string text, int at) => text[Math.Max(0, at - 100)..Math.Min(text.Length, at + 200)];

    private static string Text(RpcAnswer answer)
    {
        string text = answer.Fault is { } fault ? string.Create(CultureInfo.InvariantCulture, $"fault {fault.Code} {fault.Text}") : Text(answer.Value);
        return Rules.Aggregate(text, (t, rule) => rule.What.Replace(t, rule.Instead));
    }

    private static string Text(RpcValue value) => value.Kind switch
    {
        RpcValueKind.String => value.AsString(),
        RpcValueKind.Array => $"[{string.Join(", ", value.AsArray().Select(Text))}]",
        _ => value.ToString(),
    };

    [GeneratedRegex(@"\b1[78]\d{8}\b", RegexOptions.None, 1_000)]
    private static partial Regex Time();

    [GeneratedRegex(@"\w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d 2026", RegexOptions.None, 1_000)]
    private static partial Regex TextTime();

    [GeneratedRegex(@"\b[0-9a-f]{32}\b", RegexOptions.None, 1_000)]
    private static partial Regex Hash();

    [GeneratedRegex(@"(?<=<REQ_ID>)\d+", RegexOptions.None, 1_000)]
    private static partial Regex RequestId();

    [GeneratedRegex(@"\$LAB/one/var//datastores/|/var/lib/one//datastores/", RegexOptions.None, 1_000)]
    private static partial Regex Location();

    [GeneratedRegex(@"<TOTAL_MB>(258020|102400)</TOTAL_MB><FREE_MB>\d+</FREE_MB><USED_MB>\d+</USED_MB>", RegexOptions.None, 1_000)]
    private static partial Regex Disk();

    [GeneratedRegex(@"[A-Za-z0-9+/]{200,}={0,2}", RegexOptions.None, 1_000)]
    private static partial Regex Base64();
}
