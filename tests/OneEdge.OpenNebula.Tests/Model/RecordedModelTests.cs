using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using OneEdge.OpenNebula.Tests.Rpc;
using OneEdge.Testing;

namespace OneEdge.OpenNebula.Tests.Model;

/// <summary>Every object of every recorded answer and event is read, and says what another reader finds there.</summary>
public sealed class RecordedModelTests
{
    private static readonly Dictionary<string, Type> Types = new()
    {
        ["VM"] = typeof(VirtualMachine),
        ["HOST"] = typeof(Host),
        ["IMAGE"] = typeof(Image),
        ["VNET"] = typeof(VirtualNetwork),
        ["VMTEMPLATE"] = typeof(VmTemplate),
        ["VNTEMPLATE"] = typeof(VirtualNetworkTemplate),
        ["DOCUMENT"] = typeof(Document),
        ["USER"] = typeof(User),
        ["GROUP"] = typeof(Group),
        ["CLUSTER"] = typeof(Cluster),
        ["DATASTORE"] = typeof(Datastore),
        ["MARKETPLACE"] = typeof(Marketplace),
        ["MARKETPLACEAPP"] = typeof(MarketplaceApp),
        ["HOOK"] = typeof(Hook),
        ["ZONE"] = typeof(Zone),
        ["SECURITY_GROUP"] = typeof(SecurityGroup),
        ["ACL"] = typeof(AccessRule),
        ["VROUTER"] = typeof(VirtualRouter),
        ["VDC"] = typeof(VirtualDataCenter),
        ["VM_GROUP"] = typeof(VmGroup),
        ["BACKUPJOB"] = typeof(BackupJob),
    };

    private static readonly string[] Rights = ["OWNER_U", "OWNER_M", "OWNER_A", "GROUP_U", "GROUP_M", "GROUP_A", "OTHER_U", "OTHER_M", "OTHER_A"];

    [Fact]
    public void Recorded_object_says_what_its_XML_says()
    {
        int seen = 0;
        Assert.All(RecordedObjects(), element =>
        {
            seen++;
            CheckObject(element);
        });
        Assert.True(seen > 100, $"only {seen} objects");
    }

    [Fact]
    public void Object_with_elements_that_nobody_knows_is_read_and_they_are_found()
    {
        Assert.All(RecordedObjects().DistinctBy(e => e.Name.LocalName), element =>
        {
            var strange = new XElement(element);
            strange.AddFirst(new XElement("UNKNOWN", new XElement("ID", "x"), new XElement("DEEP", new XElement("ER", "found"))));
            strange.Add(new XElement("NEWER", new XCData("<&>")));
            OpenNebulaObject item = Read(strange);
            Assert.Equal(Read(element), item);
            Assert.Equal("found", item.Find("UNKNOWN/DEEP/ER"));
            Assert.Equal("<&>", item.Find("NEWER"));
            Assert.Null(item.Find("UNKNOWN/DEEP"));
            Assert.Null(item.Find("NOTHING/AT/ALL"));
        });
    }

    [Fact]
    public void Malformed_number_and_missing_id_are_clear_errors_without_the_text()
    {
        Assert.All(RecordedObjects().DistinctBy(e => e.Name.LocalName), element =>
        {
            var noId = new XElement(element);
            noId.Element("ID")!.Remove();
            Assert.Equal(OpenNebulaErrorCodes.ModelInvalid, ErrorOf(noId).Code);
            var badId = new XElement(element);
            badId.Element("ID")!.Value = "secret7";
            OpenNebulaException error = ErrorOf(badId);
            Assert.Equal(OpenNebulaErrorCodes.ModelInvalid, error.Code);
            Assert.Contains("ID", error.Message, StringComparison.Ordinal);
            Assert.Contains(element.Name.LocalName, error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("secret7", error.Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Number_of_a_state_that_nobody_knows_is_kept()
    {
        Assert.Equal((VmState)77, VirtualMachine.ParseXml("<VM><ID>1</ID><STATE>77</STATE><LCM_STATE>99</LCM_STATE></VM>").State);
        Assert.Equal((LcmState)99, VirtualMachine.ParseXml("<VM><ID>1</ID><STATE>77</STATE><LCM_STATE>99</LCM_STATE></VM>").LcmState);
        Assert.Equal((HostState)12, Host.ParseXml("<HOST><ID>1</ID><STATE>12</STATE></HOST>").State);
    }

    private static OpenNebulaException ErrorOf(XElement element)
    {
        var wrapped = Assert.Throws<TargetInvocationException>(() => Read(element));
        return Assert.IsType<OpenNebulaException>(wrapped.InnerException);
    }

    private static void CheckObject(XElement element)
    {
        OpenNebulaObject item = Read(element);
        Assert.Equal(Number(element, "ID"), item.Id);
        Assert.Equal(element.Element("NAME")?.Value ?? "", item.Name);
        Assert.Equal(element.ToString(SaveOptions.DisableFormatting), Encoding.UTF8.GetString(item.Xml.Span));
        if (item is OwnedObject owned)
        {
            Assert.Equal(
                (Number(element, "UID"), Number(element, "GID"), element.Element("UNAME")!.Value, element.Element("GNAME")!.Value),
                (owned.OwnerId, owned.GroupId, owned.OwnerName, owned.GroupName));
            Assert.Equal(Bits(element.Element("PERMISSIONS")), owned.Permissions?.Bits);
            Assert.Equal(Number(element.Element("LOCK"), "LOCKED"), (int?)owned.Lock?.Level ?? -1);
        }

        if (element.Element("TEMPLATE") is { } template)
        {
            var stored = (StoredTemplate)item.GetType().GetProperty("Template")!.GetValue(item)!;
            Assert.Equal(StoredTemplate.ParseXml(template.ToString(SaveOptions.DisableFormatting)), stored);
        }

        if (item.GetType().GetProperty("State") is { } state)
            Assert.Equal(Number(element, "STATE"), Convert.ToInt32(state.GetValue(item), CultureInfo.InvariantCulture));
        TouchEverything(item, []);
        Assert.Equal(item, Read(element));
        Assert.DoesNotContain(element.Element("PASSWORD")?.Value ?? "\0", item.ToString(), StringComparison.Ordinal);
    }

    // What is read late must be readable, too.
    private static void TouchEverything(object item, HashSet<object> seen)
    {
        if (item is string or TemplateAttribute or StoredTemplate || !seen.Add(item)) return;
        if (item is System.Collections.IEnumerable list)
        {
            foreach (object? part in list)
            {
                if (part is not null) TouchEverything(part, seen);
            }

            return;
        }

        if (item.GetType().Namespace != "OneEdge.OpenNebula") return;
        PropertyInfo[] properties = item.GetType().GetProperties();
        foreach (PropertyInfo property in properties.Where(p => p.GetIndexParameters().Length == 0 && p.PropertyType != typeof(ReadOnlyMemory<byte>)))
        {
            if (property.GetValue(item) is { } value) TouchEverything(value, seen);
        }
    }

    private static OpenNebulaObject Read(XElement element) => (OpenNebulaObject)Types[element.Name.LocalName].GetMethod("ParseXml")!
        .Invoke(null, [element.ToString(SaveOptions.DisableFormatting)])!;

    private static int Number(XElement? element, string name) => int.Parse(element?.Element(name)?.Value ?? "-1", CultureInfo.InvariantCulture);

    private static int? Bits(XElement? permissions) => permissions is null ? null
        : Rights
            .Aggregate(0, (bits, name) => (bits << 1) | Number(permissions, name));

    private static IEnumerable<XElement> RecordedObjects()
    {
        IEnumerable<string> answers = RecordedExchange.All()
            .Where(
                e => e.HasAnswer && e.Decoded.TryGetProperty("result", out JsonElement r) && r.ValueKind == JsonValueKind.Array && r.GetArrayLength() == 3
                    && r[1].ValueKind == JsonValueKind.String)
            .Select(e => e.Decoded.GetProperty("result")[1].GetString()!).Where(x => x.StartsWith('<'));
        IEnumerable<string> events = Directory.EnumerateFiles(Path.Combine(ConformanceData.Area("opennebula"), "events"), "*.json")
            .Select(f => JsonDocument.Parse(File.ReadAllBytes(f)).RootElement)
            .Where(e => e.TryGetProperty("payload_xml", out _)).Select(e => e.GetProperty("payload_xml").GetString()!);
        return answers.Concat(events).SelectMany(xml => XDocument.Parse(xml, LoadOptions.PreserveWhitespace).Root!.DescendantsAndSelf())
            .Where(
                e => Types.ContainsKey(e.Name.LocalName) && e.Element("ID") is not null
                    && e.Element(e.Name.LocalName == "ACL" ? "STRING" : "NAME") is not null);
    }
}
