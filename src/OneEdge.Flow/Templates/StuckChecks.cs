using System.Text.Json.Nodes;

namespace OneEdge.Flow;

/// <summary>Finds what OneFlow accepts and what can only get stuck. Not of the original: <c>docs/deviations.md</c>.</summary>
internal static class StuckChecks
{
    // Of a longer cycle the first names tell enough.
    private const int MaxNames = 20;

    /// <summary>With <c>straight</c> a role waits for its parents: they must be roles, and no role may wait for itself over others.</summary>
    public static void CheckParents(JsonObject template, JsonArray roles, ErrorList errors)
    {
        if (template["deployment"] is not JsonValue value || !value.TryGetValue(out string? deployment) || deployment != "straight") return;
        var names = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < roles.Count; i++)
        {
            if (roles[i] is JsonObject role && RoleChecks.NameOf(role) is { } name) names.TryAdd(name, i);
        }

        var parents = new List<int>[roles.Count];
        for (int i = 0; i < roles.Count; i++) parents[i] = ParentsOf(roles[i] as JsonObject, $"$.roles[{i}]", names, errors);
        FindCycles(roles, parents, errors);
    }

    /// <summary>Of a single role OneFlow does not compare its limits; no number of virtual machines meets these.</summary>
    public static void CheckRoleLimits(JsonObject role, string path, ErrorList errors)
    {
        if (RoleChecks.NumberOf(role["min_vms"]) is not { } least || RoleChecks.NumberOf(role["max_vms"]) is not { } most || least <= most) return;
        errors.Own(JsonPaths.Member(path, "min_vms"), FlowErrorCodes.RoleLimitsImpossible, $"min_vms is {least} and max_vms is {most}: no number meets both.");
    }

    private static List<int> ParentsOf(JsonObject? role, string path, Dictionary<string, int> names, ErrorList errors)
    {
        var found = new List<int>();
        if (role?["parents"] is not JsonArray parents || errors.IsUnsound($"{path}.parents")) return found;
        for (int i = 0; i < parents.Count; i++)
        {
            string parent = parents[i]!.GetValue<string>();
            if (names.TryGetValue(parent, out int index)) found.Add(index);
            else
            {
                errors.Own($"{path}.parents[{i}]", FlowErrorCodes.ParentUnknown,
                    $"Role '{RoleChecks.NameOf(role)}' waits for '{parent}', which is no role here.",
                    "names of roles are compared letter by letter");
            }
        }

        return found;
    }

    private static void FindCycles(JsonArray roles, List<int>[] parents, ErrorList errors)
    {
        bool[] waits = StillWaiting(parents);
        var steps = new int[parents.Length];
        int walk = 0;
        for (int start = 0; start < parents.Length; start++)
        {
            if (!waits[start] || steps[start] != 0) continue;
            walk++;
            var way = new List<int>();
            int role = start;
            while (steps[role] == 0)
            {
                steps[role] = walk;
                way.Add(role);
                // Each of these waits for at least one of them.
                role = parents[role].Find(p => waits[p]);
            }

            if (steps[role] == walk) Report(roles, way[way.IndexOf(role)..], errors);
        }
    }

    // The roles that are left when everything is deployed that can be.
    private static bool[] StillWaiting(List<int>[] parents)
    {
        var waits = new bool[parents.Length];
        Array.Fill(waits, true);
        var missing = new int[parents.Length];
        var children = new List<int>[parents.Length];
        for (int i = 0; i < parents.Length; i++) children[i] = [];
        for (int i = 0; i < parents.Length; i++)
        {
            missing[i] = parents[i].Count;
            foreach (int parent in parents[i]) children[parent].Add(i);
        }

        var ready = new Queue<int>(Enumerable.Range(0, parents.Length).Where(i => missing[i] == 0));
        while (ready.TryDequeue(out int role))
        {
            waits[role] = false;
            foreach (int child in children[role])
            {
                if (--missing[child] == 0) ready.Enqueue(child);
            }
        }

        return waits;
    }

    private static void Report(JsonArray roles, List<int> cycle, ErrorList errors)
    {
        int first = cycle[0];
        int next = cycle.Count == 1 ? first : cycle[1];
        IEnumerable<string> names = cycle.Append(first).Take(MaxNames).Select(i => $"'{NameAt(roles, i)}'");
        string message = cycle.Count == 1
            ? $"Role '{NameAt(roles, first)}' waits for itself."
            : $"Roles wait for each other: {string.Join(" -> ", names)}{(cycle.Count >= MaxNames ? " -> ..." : "")}.";
        var texts = (JsonArray)roles[first]!["parents"]!;
        int position = Enumerable.Range(0, texts.Count).First(i => texts[i]!.GetValue<string>() == NameAt(roles, next));
        errors.Own($"$.roles[{first}].parents[{position}]", FlowErrorCodes.ParentCycle, message, "take one of the parents out, or deploy with none");
    }

    private static string? NameAt(JsonArray roles, int index) => RoleChecks.NameOf((JsonObject)roles[index]!);
}
