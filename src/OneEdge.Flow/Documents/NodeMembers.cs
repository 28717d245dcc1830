using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace OneEdge.Flow.Documents;

/// <summary>What documents have of the virtual machines of a role.</summary>
internal static class NodeMembers
{
    public static readonly ObjectOverlay<NodeEntry> Table = new(
        Values.Int<NodeEntry>("deploy_id", e => e.Node.VmId),
        new DocumentMember<NodeEntry>("vm_info")
        {
            Says = (entry, present) => SaysInfo(entry.Node, present),
            HasValue = entry => entry.Node.Info is not null,
            WriteValue = WriteInfo,
        },
        OwnMember.Of<NodeEntry>(new(
            Values.Word<NodeEntry, NodeTermination>(
                "termination", e => e.Node.Termination, FlowNames.Termination, t => t == NodeTermination.None ? null : FlowNames.Text(t)),
            Values.Text<NodeEntry>("error", e => e.Node.Error),
            new DocumentMember<NodeEntry>("deployed")
            {
                Says = (_, _) => false,
                HasValue = entry => entry.Node.IsDeployed != entry.IsDeployedByDefault,
                WriteValue = (writer, entry, _) => writer.WriteBooleanValue(entry.Node.IsDeployed),
            })));

    /// <summary>Reads a virtual machine of a role that does something.</summary>
    public static RoleNode Read(JsonElement element, RoleActivity activity, string path)
    {
        Unreadable.Object(element, path);
        JsonElement vm = element.TryGetProperty("vm_info"u8, out JsonElement info) ? Vm(info) : default;
        int id = LenientJson.Int(element, "deploy_id"u8) ?? (vm.ValueKind == JsonValueKind.Object ? LenientJson.Int(vm, "ID"u8) : null) ??
            throw Unreadable.At($"{path}.deploy_id", "the id of the virtual machine is missing, or is no number.");
        JsonElement own = OwnMember.Find(element);
        bool hasOwn = own.ValueKind == JsonValueKind.Object;
        return new RoleNode
        {
            VmId = id,
            Info = Info(vm),
            Termination = hasOwn ? FlowNames.Termination(LenientJson.Text(own, "termination"u8)) : NodeTermination.None,
            Error = hasOwn ? LenientJson.Text(own, "error"u8) : null,
            IsDeployed = hasOwn && own.TryGetProperty("deployed"u8, out JsonElement said) ? LenientJson.Flag(said) : Takeover.IsDeployed(activity),
            Members = new FlowMembers(element),
        };
    }

    private static JsonElement Vm(JsonElement info) =>
        info.ValueKind == JsonValueKind.Object && info.TryGetProperty("VM"u8, out JsonElement vm) && vm.ValueKind == JsonValueKind.Object ? vm : default;

    // In one pass: a service has many of them.
    private static RoleNodeInfo? Info(JsonElement vm)
    {
        if (vm.ValueKind != JsonValueKind.Object) return null;
        int user = -1, group = -1;
        string userName = "", groupName = "", name = "";
        foreach (JsonProperty property in vm.EnumerateObject())
        {
            ReadOnlySpan<byte> member = JsonMarshal.GetRawUtf8PropertyName(property);
            if (member.SequenceEqual("UID"u8)) user = LenientJson.Int(property.Value) ?? -1;
            else if (member.SequenceEqual("GID"u8)) group = LenientJson.Int(property.Value) ?? -1;
            else if (member.SequenceEqual("UNAME"u8)) userName = LenientJson.Text(property.Value) ?? "";
            else if (member.SequenceEqual("GNAME"u8)) groupName = LenientJson.Text(property.Value) ?? "";
            else if (member.SequenceEqual("NAME"u8)) name = LenientJson.Text(property.Value) ?? "";
        }

        return new RoleNodeInfo(user, group, userName, groupName, name);
    }

    private static bool SaysInfo(RoleNode node, JsonElement present)
    {
        JsonElement vm = Vm(present);
        if (node.Info is not { } info) return vm.ValueKind != JsonValueKind.Object;
        return vm.ValueKind == JsonValueKind.Object &&
            (LenientJson.Int(vm, "UID"u8) ?? -1) == info.UserId && (LenientJson.Int(vm, "GID"u8) ?? -1) == info.GroupId &&
            Says(vm, "UNAME"u8, info.UserName) && Says(vm, "GNAME"u8, info.GroupName) && Says(vm, "NAME"u8, info.Name);
    }

    private static bool Says(JsonElement vm, ReadOnlySpan<byte> name, string text)
    {
        if (!vm.TryGetProperty(name, out JsonElement value)) return text.Length == 0;
        return value.ValueKind == JsonValueKind.String ? value.ValueEquals(text) : (LenientJson.Text(value) ?? "") == text;
    }

    private static void WriteInfo(Utf8JsonWriter writer, NodeEntry entry, JsonElement present)
    {
        RoleNodeInfo info = entry.Node.Info!;
        writer.WriteStartObject();
        writer.WritePropertyName("VM"u8);
        writer.WriteStartObject();
        writer.WriteString("ID"u8, Number(entry.Node.VmId));
        writer.WriteString("UID"u8, Number(info.UserId));
        writer.WriteString("GID"u8, Number(info.GroupId));
        writer.WriteString("UNAME"u8, info.UserName);
        writer.WriteString("GNAME"u8, info.GroupName);
        writer.WriteString("NAME"u8, info.Name);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A virtual machine, and whether one of its role counts as deployed when nothing is said.</summary>
internal readonly record struct NodeEntry(RoleNode Node, bool IsDeployedByDefault);
