using System.Collections.Immutable;
using System.Text.Json;
using OneEdge.Flow.Elasticity;

namespace OneEdge.Flow.Documents;

/// <summary>What documents have of a role, in the order in which the original puts it there.</summary>
internal static class RoleMembers
{
    private static readonly ObjectOverlay<RoleEntry> Own = new(
        new DocumentMember<RoleEntry>("activity")
        {
            Says = (_, _) => false,
            HasValue = entry => SaysActivity(entry.Role),
            WriteValue = (writer, entry, _) => writer.WriteStringValue(FlowNames.Text(entry.Role.Activity)),
        },
        Values.Mark<RoleEntry>("leaving", e => e.Role.IsLeaving),
        Seconds("scale_cooldown", e => e.Role.ScaleCooldown is { } time ? (long)Math.Ceiling(time.TotalSeconds) : null),
        Seconds("cooldown_end", e => e.Role.CooldownEnd is { } end ? CeilingSeconds(end) : null),
        new DocumentMember<RoleEntry>("error")
        {
            Says = (_, _) => false,
            HasValue = SaysError,
            WriteValue = (writer, entry, _) => writer.WriteStringValue(entry.Role.Error),
        });

    public static readonly ObjectOverlay<RoleEntry> Table = new(
        Values.Text<RoleEntry>("name", e => e.Role.Name),
        Values.Count<RoleEntry>("cardinality", e => e.Role.Cardinality, e => e.IsNew || e.Role.Cardinality != 0),
        VmTemplate(),
        Contents(),
        Parents(),
        Values.Word<RoleEntry, ShutdownAction?>("shutdown_action", e => e.Role.Definition.ShutdownAction, FlowNames.Shutdown, FlowNames.Text),
        Values.Int<RoleEntry>("min_vms", e => e.Role.Definition.MinVms),
        Values.Int<RoleEntry>("max_vms", e => e.Role.Definition.MaxVms),
        Values.List<RoleEntry, ElasticityPolicy>(
            "elasticity_policies", e => e.Role.ElasticityPolicies, static (writer, _, p) => PolicyMembers.Elasticity.Write(writer, p.Members, p)),
        Values.List<RoleEntry, ScheduledPolicy>(
            "scheduled_policies", e => e.Role.ScheduledPolicies, static (writer, _, p) => PolicyMembers.Scheduled.Write(writer, p.Members, p)),
        Values.Count<RoleEntry>("state", e => (int)e.Role.State, e => e.IsNew || e.Role.State != RoleState.Pending),
        Values.Int<RoleEntry>("cooldown", e => e.Role.Definition.Cooldown),
        Nodes(),
        Values.Flag<RoleEntry>("on_hold", e => e.Role.OnHold, e => e.Role.OnHold || e.IsFirstStart),
        Values.Count<RoleEntry>("last_vmname", e => e.Role.NextVmNumber, e => e.Role.NextVmNumber != 0),
        ScaleWay(),
        OwnMember.Of(Own));

    /// <summary>Reads a role of a service.</summary>
    public static Role Read(JsonElement element, string path)
    {
        var reading = new FlowMembersReading();
        RoleDefinition definition = DefinitionReader.Role(element, path, reading);
        var state = (RoleState)State(element, path);
        JsonElement own = OwnMember.Find(element);
        bool hasOwn = own.ValueKind == JsonValueKind.Object;
        JsonElement? nodes = Unreadable.Array(element, "nodes"u8, $"{path}.nodes");
        int cardinality = Math.Max(0, LenientJson.Int(element, "cardinality"u8) ?? 0);
        int count = nodes?.GetArrayLength() ?? 0;
        RoleActivity activity = (hasOwn ? FlowNames.Activity(LenientJson.Text(own, "activity"u8)) : null) ??
            Takeover.Activity(state, LenientJson.Int(element, "scale_way"u8), count, cardinality);
        var role = new Role
        {
            Definition = definition,
            Cardinality = cardinality,
            Activity = activity,
            State = state,
            Nodes = count == 0 ? [] : Nodes(nodes!.Value, count, activity, path),
            NextVmNumber = Math.Max(0, LenientJson.Int(element, "last_vmname"u8) ?? 0),
            OnHold = LenientJson.Flag(element, "on_hold"u8),
            ScaleCooldown = hasOwn && LenientJson.Int(own, "scale_cooldown"u8) is { } seconds ? TimeSpan.FromSeconds(Math.Max(0, seconds)) : null,
            CooldownEnd = hasOwn ? LenientJson.Time(own, "cooldown_end"u8) : null,
            IsLeaving = hasOwn && LenientJson.Flag(own, "leaving"u8),
            Error = hasOwn ? LenientJson.Text(own, "error"u8) : Takeover.Error(state),
            ElasticityPolicies = DefinitionReader.ElasticityPolicies(element, path),
            ScheduledPolicies = DefinitionReader.ScheduledPolicies(element, path),
        };
        reading.Role = role;
        return role;
    }

    /// <summary>Writes a role.</summary>
    public static void Write(Utf8JsonWriter writer, RoleEntry entry)
    {
        FlowMembers members = entry.Role.Definition.Members;
        if (entry.Reading is { } reading && reading == entry.Role && !entry.IsFirstStart) LenientJson.WriteRaw(writer, members.Value);
        else Table.Write(writer, members, entry);
    }

    /// <summary>The member <c>state</c> of a role or a service; zero when it is absent.</summary>
    public static int State(JsonElement owner, string path)
    {
        if (!owner.TryGetProperty("state"u8, out JsonElement value) || value.ValueKind == JsonValueKind.Null) return 0;
        // What to do with it must not depend on a guess.
        return LenientJson.Int(value) ?? throw Unreadable.At($"{path}.state", "the state is no number.");
    }

    private static ImmutableArray<RoleNode> Nodes(JsonElement array, int count, RoleActivity activity, string path)
    {
        var nodes = ImmutableArray.CreateBuilder<RoleNode>(count);
        var ids = new HashSet<int>(count);
        int index = 0;
        foreach (JsonElement element in array.EnumerateArray())
        {
            RoleNode node = NodeMembers.Read(element, activity, $"{path}.nodes[{index++}]");
            if (ids.Add(node.VmId)) nodes.Add(node);
        }

        return nodes.DrainToImmutable();
    }

    private static DocumentMember<RoleEntry> Nodes() => new("nodes")
    {
        Says = (entry, present) =>
            (entry.Reading is { } reading && reading.Nodes == entry.Role.Nodes && IsDeployedAlike(reading, entry.Role)) ||
            (entry.Role.Nodes.IsDefaultOrEmpty && (present.ValueKind != JsonValueKind.Array || present.GetArrayLength() == 0)),
        HasValue = _ => true,
        IsAppended = entry => entry.IsStarted,
        WriteValue = (writer, entry, _) => WriteNodes(writer, entry),
    };

    // Those that were read and not changed are copied.
    private static void WriteNodes(Utf8JsonWriter writer, RoleEntry entry)
    {
        Role? reading = entry.Reading is { } read && IsDeployedAlike(read, entry.Role) ? read : null;
        bool isDeployed = Takeover.IsDeployed(entry.Role.Activity);
        int next = 0;
        writer.WriteStartArray();
        foreach (RoleNode node in entry.Role.Nodes)
        {
            int same = next;
            while (reading is not null && same < reading.Nodes.Length && !ReferenceEquals(reading.Nodes[same], node)) same++;
            if (reading is not null && same < reading.Nodes.Length)
            {
                next = same + 1;
                LenientJson.WriteRaw(writer, node.Members.Value);
            }
            else
            {
                NodeMembers.Table.Write(writer, node.Members, new NodeEntry(node, isDeployed));
            }
        }

        writer.WriteEndArray();
    }

    private static bool IsDeployedAlike(Role reading, Role role) => Takeover.IsDeployed(reading.Activity) == Takeover.IsDeployed(role.Activity);

    private static DocumentMember<RoleEntry> VmTemplate() => new("vm_template")
    {
        Says = (entry, present) => (LenientJson.Int(present) ?? Version7(entry)) == entry.Role.Definition.VmTemplate,
        HasValue = _ => true,
        IsAppended = entry => Version7(entry) != entry.Role.Definition.VmTemplate,
        WriteValue = (writer, entry, _) => writer.WriteNumberValue(entry.Role.Definition.VmTemplate),
    };

    private static int Version7(RoleEntry entry)
    {
        FlowMembers members = entry.Role.Definition.Members;
        if (members.IsEmpty) return int.MinValue;
        return LenientJson.Int(members.Value, "template_id"u8) ?? -1;
    }

    private static DocumentMember<RoleEntry> Contents() => new("vm_template_contents")
    {
        Says = (entry, present) => LenientJson.Text(present) is { } text ? text == entry.Role.Definition.VmTemplateContents : !SaysContents(entry),
        HasValue = SaysContents,
        WriteValue = (writer, entry, _) => writer.WriteStringValue(entry.Role.Definition.VmTemplateContents ?? ""),
    };

    // 7.x has an object; a text of our own beside it wins.
    private static bool SaysContents(RoleEntry entry)
    {
        RoleDefinition definition = entry.Role.Definition;
        JsonElement version7 = default;
        bool hasVersion7 = !definition.Members.IsEmpty && definition.Members.TryGet("template_contents", out version7);
        return definition.VmTemplateContents != (hasVersion7 ? TemplateContentsJson.ToText(version7) : null);
    }

    private static DocumentMember<RoleEntry> Parents() => new("parents")
    {
        Says = (entry, present) => SaysParents(entry.Role.Definition.Parents, present),
        HasValue = entry => !entry.Role.Definition.Parents.IsDefaultOrEmpty,
        WriteValue = (writer, entry, _) =>
        {
            writer.WriteStartArray();
            foreach (string parent in entry.Role.Definition.Parents) writer.WriteStringValue(parent);
            writer.WriteEndArray();
        },
    };

    private static bool SaysParents(ImmutableArray<string> parents, JsonElement present)
    {
        if (present.ValueKind == JsonValueKind.String) return parents.Length == 1 && present.ValueEquals(parents[0]);
        if (present.ValueKind != JsonValueKind.Array) return parents.IsEmpty;
        int index = 0;
        foreach (JsonElement element in present.EnumerateArray())
        {
            if (LenientJson.Text(element) is not { } text) continue;
            if (index == parents.Length || parents[index++] != text) return false;
        }

        return index == parents.Length;
    }

    // The original takes scale_way away with the state; one that it left behind stays as long as the state does.
    private static DocumentMember<RoleEntry> ScaleWay() => new("scale_way")
    {
        Says = (entry, present) =>
            entry.StateBefore == entry.Role.State &&
            (!IsScaling(entry.Role) || Follows(entry.Role, LenientJson.Int(present)) == entry.Role.Activity),
        HasValue = entry => IsScaling(entry.Role),
        IsAppended = entry => IsScaling(entry.Role) && (entry.StateBefore != entry.Role.State ||
            Follows(entry.Role, null) != entry.Role.Activity),
        WriteValue = (writer, entry, _) => writer.WriteNumberValue(entry.Role.Activity == RoleActivity.ScalingUp ? 0 : 1),
    };

    private static RoleActivity Follows(Role role, int? scaleWay) => Takeover.Activity(RoleState.Scaling, scaleWay, role.Nodes.Length, role.Cardinality);

    private static bool IsScaling(Role role) => role.Activity is RoleActivity.ScalingUp or RoleActivity.ScalingDown;

    private static bool SaysActivity(Role role)
    {
        if (role.State is RoleState.Scaling or RoleState.FailedScaling) return !IsScaling(role);
        return Takeover.Activity(role.State, null, 0, 0) != role.Activity;
    }

    // Without our member a failed state gives an error; with it, absent is none.
    private static bool SaysError(RoleEntry entry)
    {
        Role role = entry.Role;
        bool saysMore = SaysActivity(role) || role.IsLeaving || role.ScaleCooldown is not null || role.CooldownEnd is not null;
        return saysMore ? role.Error is not null : role.Error != Takeover.Error(role.State);
    }

    private static DocumentMember<RoleEntry> Seconds(string name, Func<RoleEntry, long?> get) => new(name)
    {
        Says = (_, _) => false,
        HasValue = entry => get(entry) is not null,
        WriteValue = (writer, entry, _) => writer.WriteNumberValue(get(entry)!.Value),
    };

    private static long CeilingSeconds(DateTimeOffset time) => time.ToUnixTimeSeconds() + (time.UtcTicks % TimeSpan.TicksPerSecond == 0 ? 0 : 1);
}
