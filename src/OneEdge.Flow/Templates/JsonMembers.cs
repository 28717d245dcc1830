using System.Text.Json.Nodes;

namespace OneEdge.Flow;

/// <summary>Changes members of an object.</summary>
internal static class JsonMembers
{
    /// <summary>Gives a member another name and value at its place; what has that name already goes.</summary>
    public static void Replace(JsonObject target, string name, string newName, JsonNode? value)
    {
        target.Remove(newName);
        int index = target.IndexOf(name);
        target.RemoveAt(index);
        target.Insert(index, newName, value);
    }

    /// <summary>Gives a member another name at its place, if it is there.</summary>
    public static void Rename(JsonObject target, string name, string newName)
    {
        if (!target.TryGetPropertyValue(name, out JsonNode? value)) return;
        target.Remove(name, out value);
        target.Remove(newName);
        target.Add(newName, value);
    }
}
