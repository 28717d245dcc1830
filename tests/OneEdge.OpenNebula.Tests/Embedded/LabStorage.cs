using System.Globalization;
using OneEdge.OpenNebula.Embedded;

namespace OneEdge.OpenNebula.Tests.Embedded;

/// <summary>The images and the network that the records were made with, as far as machines see them.</summary>
internal sealed class LabStorage : IVmDisks, IVmNics
{
    private const string Image =
        "ALLOW_ORPHANS=NO,CLONE=YES,CLONE_TARGET=SYSTEM,CLUSTER_ID=0,DATASTORE=default,DATASTORE_ID=1,"
        + "DISK_SNAPSHOT_TOTAL_SIZE=0,DISK_TYPE=FILE,DRIVER=dummy_format,"
        + "FORMAT=dummy_format,IMAGE_STATE=2,LN_TARGET=NONE,ORIGINAL_SIZE=1024,READONLY=NO,SAVE=NO,SIZE=1024,SOURCE=dummy_path,TM_MAD=dummy,TYPE=FILE";

    private const string Network =
        "AR_ID=0,BRIDGE=br0,BRIDGE_TYPE=linux,CLUSTER_ID=0,NETWORK=net0,NETWORK_ID=0,SECURITY_GROUPS=0,VN_MAD=dummy";

    private int _nextImage = 9;
    private int _nextAddress = 1;

    TemplateAttribute IVmDisks.Take(Caller caller, CloudVm vm, TemplateAttribute disk)
    {
        if (disk.Get("IMAGE_ID") is not { } id) return disk;
        (string name, string prefix) = id == "5" ? ("edge-img-r", "vd") : ("img0", "sd");
        return VmBuilder.WithItems(disk, [.. Items(Image), KeyValuePair.Create("IMAGE", name), KeyValuePair.Create("DEV_PREFIX", prefix)]);
    }

    public void Release(CloudVm vm, TemplateAttribute disk, bool isSaved)
    {
    }

    public int BeginSave(CloudCall call, CloudVm vm, TemplateAttribute disk, string name, string type, int snapshot) => _nextImage++;

    public void EndSave(int imageId, bool isSaved)
    {
    }

    public TemplateAttribute Extend(Caller caller, TemplateAttribute disk) => disk;

    public TemplateAttribute Clone(CloudCall call, TemplateAttribute disk, string name, bool isPersistent) =>
        VmBuilder.WithItems(disk, [KeyValuePair.Create("IMAGE_ID", "8")]);

    public void DropClone(TemplateAttribute disk)
    {
    }

    public void Delete(CloudCall call, TemplateAttribute disk)
    {
    }

    public void Chmod(CloudCall call, TemplateAttribute disk, ReadOnlySpan<int> wanted)
    {
    }

    TemplateAttribute IVmNics.Take(Caller caller, CloudVm vm, TemplateAttribute nic)
    {
        int address = _nextAddress++;
        return VmBuilder.WithItems(nic, [
            .. Items(Network), KeyValuePair.Create("IP", $"10.0.0.{address}"),
            KeyValuePair.Create("MAC", string.Create(CultureInfo.InvariantCulture, $"02:00:0a:00:00:{address:x2}"))]);
    }

    public IEnumerable<TemplateAttribute> Rules(CloudVm vm) => vm.Template.Vectors("NIC").Any()
        ? ((string[])["OUTBOUND", "INBOUND"]).Select(type => new TemplateAttribute("SECURITY_GROUP_RULE",
        [
            new("PROTOCOL", "ALL"), new("RULE_TYPE", type), new("SECURITY_GROUP_ID", "0"), new("SECURITY_GROUP_NAME", "default"),
        ]))
        : [];

    public void Release(CloudVm vm, TemplateAttribute nic)
    {
    }

    public void Forget(CloudVm vm)
    {
    }

    private static IEnumerable<KeyValuePair<string, string>> Items(string text) =>
        text.Split(',').Select(i => KeyValuePair.Create(i[..i.IndexOf('=', StringComparison.Ordinal)], i[(i.IndexOf('=', StringComparison.Ordinal) + 1)..]));
}
