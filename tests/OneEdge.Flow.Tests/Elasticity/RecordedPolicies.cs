using System.Globalization;
using System.Security;
using System.Text;
using System.Text.Json;
using OneEdge.Flow.Elasticity;
using OneEdge.OpenNebula;

namespace OneEdge.Flow.Tests.Elasticity;

/// <summary>The roles, policies and virtual machines of recorded runs.</summary>
internal static class RecordedPolicies
{
    public static DateTimeOffset Time(JsonElement epoch) => DateTimeOffset.FromUnixTimeSeconds(epoch.GetInt64());

    public static Role Role(JsonElement json) => new()
    {
        Cardinality = Int(json, "cardinality") ?? 0,
        Definition = new RoleDefinition
        {
            Name = "r",
            VmTemplate = 0,
            MinVms = Int(json, "min_vms"),
            MaxVms = Int(json, "max_vms"),
            Cooldown = Int(json, "cooldown"),
        },
        ElasticityPolicies = [.. Items(json, "elasticity_policies").Select(Elasticity)],
        ScheduledPolicies = [.. Items(json, "scheduled_policies").Select(Scheduled)],
    };

    public static ElasticityPolicy Elasticity(JsonElement json) => new()
    {
        Type = Type(json),
        Adjust = Int(json, "adjust") ?? 0,
        MinAdjustStep = Int(json, "min_adjust_step"),
        Expression = json.GetProperty("expression").GetString()!,
        PeriodNumber = Int(json, "period_number"),
        Period = Int(json, "period"),
        Cooldown = Int(json, "cooldown"),
        LastEvaluation = Evaluated(json),
        TrueEvaluations = Int(json, "true_evals"),
        Members = new FlowMembers(json),
    };

    public static ScheduledPolicy Scheduled(JsonElement json) => new()
    {
        Type = Type(json),
        Adjust = Int(json, "adjust"),
        MinAdjustStep = Int(json, "min_adjust_step"),
        StartTime = json.TryGetProperty("start_time", out JsonElement start) ? start.ToString() : null,
        Recurrence = json.TryGetProperty("recurrence", out JsonElement recurrence) ? recurrence.GetString() : null,
        Cooldown = Int(json, "cooldown"),
        LastEvaluation = Evaluated(json),
        Members = new FlowMembers(json),
    };

    public static AdjustmentType Type(JsonElement json) => json.GetProperty("type").GetString()!.ToUpperInvariant() switch
    {
        "CHANGE" => AdjustmentType.Change,
        "CARDINALITY" => AdjustmentType.Cardinality,
        "PERCENTAGE_CHANGE" => AdjustmentType.PercentageChange,
        _ => AdjustmentType.Unknown,
    };

    /// <summary>A number, or the text of one; what is behind the point is cut off.</summary>
    public static int? Int(JsonElement json, string name)
    {
        if (!json.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null) return null;
        return (int)double.Parse(value.ToString(), CultureInfo.InvariantCulture);
    }

    public static VmValues Values(JsonElement machines) =>
        VmValues.Of(machines.EnumerateArray().Where(m => !m.TryGetProperty("missing", out _)).Select(Machine));

    /// <summary>One machine with one attribute.</summary>
    public static VmValues Value(string name, string text) => VmValues.Of([Machine(name, text)]);

    /// <summary>A running machine with one attribute.</summary>
    public static VmAttributes Machine(string name, string text) => new(VirtualMachine.ParseXml(
        $"<VM><ID>1</ID><STATE>3</STATE><LCM_STATE>3</LCM_STATE><USER_TEMPLATE><{name}>{SecurityElement.Escape(text)}</{name}></USER_TEMPLATE></VM>"));

    private static VmAttributes Machine(JsonElement json)
    {
        var xml = new StringBuilder("<VM>");
        Dictionary<string, string> own = new()
        {
            ["ID"] = json.GetProperty("id").ToString(),
            ["UID"] = "0",
            ["GID"] = "0",
            ["NAME"] = "vm",
            ["STATE"] = Int(json, "state")?.ToString(CultureInfo.InvariantCulture) ?? "3",
            ["LCM_STATE"] = Int(json, "lcm_state")?.ToString(CultureInfo.InvariantCulture) ?? "3",
        };
        if (json.TryGetProperty("attrs", out JsonElement attributes))
            foreach (JsonProperty attribute in attributes.EnumerateObject()) own[attribute.Name] = attribute.Value.GetString()!;
        foreach ((string name, string text) in own) xml.Append(CultureInfo.InvariantCulture, $"<{name}>{SecurityElement.Escape(text)}</{name}>");
        if (!json.TryGetProperty("no_monitoring_element", out _)) xml.Append("<MONITORING/>");
        Append(xml, json, "template", "TEMPLATE");
        Append(xml, json, "user_template", "USER_TEMPLATE");
        xml.Append("</VM>");
        VmMonitoring? monitoring = null;
        if (json.TryGetProperty("monitoring", out _))
        {
            var record = new StringBuilder();
            Append(record, json, "monitoring", "MONITORING");
            monitoring = VirtualMachine.ParseXml($"<VM><ID>1</ID><STATE>3</STATE><LCM_STATE>3</LCM_STATE>{record}</VM>").Monitoring;
        }

        return new VmAttributes(VirtualMachine.ParseXml(xml.ToString()), monitoring);
    }

    private static void Append(StringBuilder xml, JsonElement json, string member, string element)
    {
        xml.Append('<').Append(element).Append('>');
        if (json.TryGetProperty(member, out JsonElement values) && values.ValueKind == JsonValueKind.Object)
            foreach (JsonProperty value in values.EnumerateObject()) Append(xml, value.Name, value.Value);
        xml.Append("</").Append(element).Append('>');
    }

    private static void Append(StringBuilder xml, string name, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement item in value.EnumerateArray()) Append(xml, name, item);
            return;
        }

        xml.Append('<').Append(name).Append('>');
        if (value.ValueKind == JsonValueKind.Object)
            foreach (JsonProperty item in value.EnumerateObject()) Append(xml, item.Name, item.Value);
        else xml.Append("<![CDATA[").Append(value.GetString()).Append("]]>");
        xml.Append("</").Append(name).Append('>');
    }

    private static IEnumerable<JsonElement> Items(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement items) ? items.EnumerateArray() : [];

    private static DateTimeOffset? Evaluated(JsonElement json) =>
        json.TryGetProperty("last_eval", out JsonElement last) && last.ValueKind == JsonValueKind.Number ? Time(last) : null;
}
