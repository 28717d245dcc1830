using OneEdge.OpenNebula.Embedded;

namespace OneEdge.OpenNebula.Tests.Embedded;

/// <summary>What the lab had and did with storage, networks, marketplaces and the smaller objects besides the recorded calls.</summary>
internal static class ObjectReplay
{
    /// <summary>The recorded call before which hooks had run.</summary>
    public const int HooksRan = 522;

    private const string Oneadmin = "oneadmin:opennebula";

    /// <summary>Calls that were made but are not in the record, by the number of the recorded call that comes after them.</summary>
    public static readonly (int Before, string Session, string Method, RpcValue[] Parameters)[] Missing =
    [
        (105, Oneadmin, "one.datastore.allocate", ["NAME=edge-ds\nDS_MAD=dummy\nTM_MAD=dummy\nTYPE=IMAGE_DS", 100]),
        (130, Oneadmin, "one.vn.release", [1, "LEASES=[IP=192.168.150.12]"]),
        (133, Oneadmin, "one.vn.reserve", [1, "SIZE=1\nNAME=r-ip\nAR_ID=0\nIP=192.168.150.30"]),
        (141, Oneadmin, "one.vn.rename", [1, "edge-net-renamed"]),
        (153, Oneadmin, "one.vntemplate.allocate", ["NAME=edge-vnt\nVN_MAD=dummy\nBRIDGE=br9\nAR=[TYPE=IP4,IP=10.9.0.1,SIZE=10]"]),
        (165, Oneadmin, "one.secgroup.allocate", ["NAME=edge-sg\nRULE=[PROTOCOL=TCP,RULE_TYPE=inbound,RANGE=\"22,80:90\"]"]),
        .. Enumerable.Range(1, 4).Select(i => (201, Oneadmin, "one.image.allocate", (RpcValue[])[$"NAME=i{i}\nTYPE=DATABLOCK\nSIZE=1", 1, false])),
        (207, Oneadmin, "one.image.allocate", ["NAME=edge-data\nTYPE=DATABLOCK\nSIZE=100", 1, false]),
        (215, Oneadmin, "one.image.persistent", [7, true]),
        (224, Oneadmin, "one.image.lock", [5, 1, false]),
        (502, Oneadmin, "one.marketapp.chmod", [0, 1, 1, 0, 1, 0, 0, 1, 0, 0]),
        (512, Oneadmin, "one.hook.allocate", ["NAME=host-hook\nTYPE=state\nRESOURCE=HOST\nSTATE=ERROR\nCOMMAND=/bin/true"]),
        (532, Oneadmin, "one.hook.unlock", [0]),
        (536, Oneadmin, "one.hook.delete", [1]),
        (540, Oneadmin, "one.vmgroup.allocate", ["NAME=g1\nROLE=[NAME=a,POLICY=ANTI_AFFINED]\nROLE=[NAME=b]"]),
        // In the place of the reservations whose deletion had not ended yet.
        (561, Oneadmin, "one.vn.hold", [1, "LEASES=[IP=192.168.150.11]"]),
        (619, Oneadmin, "one.image.allocate", ["NAME=i10\nTYPE=DATABLOCK\nSIZE=1", 1, false]),
    ];

    public static void Prepare(EmbeddedCloudOptions options) => options.Files["$LAB/run/src.img"] = 1_000_000;

    // The first application was still being made when the lab was done with it.
    public static void Prepare(EmbeddedCloud cloud) =>
        cloud.State.Faults.Add(new WorkFault(EmbeddedWork.AppImport, 0, null, 0, 0, TimeSpan.FromDays(1_000)));

    /// <summary>The image and the network that the lab had from the beginning.</summary>
    public static void Prepare(Replay replay)
    {
        replay.Supply(Oneadmin, "one.image.allocate", "NAME=img0\nTYPE=OS\nPATH=/dev/null", 1, false);
        replay.Supply(Oneadmin, "one.vn.allocate", "NAME=net0\nVN_MAD=dummy\nBRIDGE=br0\nAR=[TYPE=IP4,IP=10.0.0.1,SIZE=200]", -1);
    }

    public static void RecordHooks(EmbeddedCloud cloud)
    {
        string arguments = Convert.ToBase64String(new byte[300]);
        long time = cloud.State.Time;
        cloud.State.Hooks.Pool.Get(0).Record(time, arguments, "", "/bin/true", "", "", 0);
        cloud.State.Hooks.Pool.Get(1).Record(time, arguments, "", $"/bin/false {arguments}", "", "", 1);
    }
}
