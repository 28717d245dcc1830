using System.Globalization;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>What a machine needs of a host: the clusters of its images and networks, and what its owner asks for.</summary>
internal static class VmRequirements
{
    public const string Name = "SCHED_REQUIREMENTS";

    /// <summary>The clusters that have all images and networks; <see langword="null"/> when any will do.</summary>
    public static IReadOnlySet<int>? Clusters(StoredTemplate template) => Shared([.. template.Vectors("DISK"), .. template.Vectors("NIC")]);

    /// <summary>The hosts that an expression of the owner allows, none when it cannot be read; <see langword="null"/> when there is no expression.</summary>
    public static Func<CloudHost, bool>? Hosts(StoredTemplate userTemplate)
    {
        if (userTemplate.Get(Name) is not { Length: > 0 } text) return null;
        return HostExpression.Parse(text) is { } expression ? expression.Matches : static _ => false;
    }

    /// <summary>That the expression of the owner cannot be read; <see langword="null"/> when it can, or there is none.</summary>
    public static string? Problem(StoredTemplate userTemplate) => userTemplate.Get(Name) is { Length: > 0 } text && HostExpression.Parse(text) is null
        ? $"Error in SCHED_REQUIREMENTS: '{text}', error: syntax error" : null;

    /// <summary>Writes the attributes that the core works out; they are those of a dummy datastore.</summary>
    /// <returns>Why there is no cluster for the machine; <see langword="null"/> when there is.</returns>
    public static string? Apply(CloudVm vm)
    {
        IReadOnlySet<int>? all = Clusters(vm.Template);
        if (all?.Count == 0) return "Incompatible clusters in NIC and/or DISK";
        const string general = "!(PUBLIC_CLOUD = YES) & !(PIN_POLICY = PINNED)";
        Set(vm, "AUTOMATIC_REQUIREMENTS", all is null ? general : $"({Join(all, "CLUSTER_ID = {0}")}) & {general}");
        Set(vm, "AUTOMATIC_NIC_REQUIREMENTS", Shared([.. vm.Template.Vectors("NIC")]) is { } ofNics ? $"({Join(ofNics, "\"CLUSTERS/ID\" @> {0}")})" : "");
        Set(vm, "AUTOMATIC_DS_REQUIREMENTS", OfDatastores(vm, all));
        return null;
    }

    private static void Set(CloudVm vm, string name, string value) =>
        vm.Template = value.Length > 0 ? TemplateTexts.With(vm.Template, name, value) : TemplateTexts.Without(vm.Template, name);

    private static string OfDatastores(CloudVm vm, IReadOnlySet<int>? clusters)
    {
        string place = clusters is null ? "" : $"({Join(clusters, "\"CLUSTERS/ID\" @> {0}")})";
        string driver = vm.Template.Get("TM_MAD_SYSTEM") is { } name ? $"(TM_MAD = \"{name}\")" : "";
        return place.Length > 0 && driver.Length > 0 ? $"{place} & {driver}" : place + driver;
    }

    private static HashSet<int>? Shared(List<TemplateAttribute> parts)
    {
        HashSet<int>? shared = null;
        foreach (TemplateAttribute part in parts)
        {
            if (part.Get("CLUSTER_ID") is not { Length: > 0 } text) continue;
            // A disk that is nobody's image has what its owner wrote.
            int[] ids = [.. text.Split(',').Select(id => int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : -1)];
            if (shared is null) shared = [.. ids];
            else shared.IntersectWith(ids);
        }

        return shared;
    }

    private static string Join(IReadOnlySet<int> ids, string form) =>
        string.Join(" | ", ids.Order().Select(id => string.Format(CultureInfo.InvariantCulture, form, id)));
}
