using System.Collections.Frozen;

namespace OneEdge.OpenNebula;

/// <summary>Which methods change nothing.</summary>
internal static class ReadMethods
{
    private static readonly FrozenSet<string> Names = FrozenSet.Create(
        StringComparer.Ordinal,
        "info", "infoextended", "infoset", "monitoring", "accounting", "showback", "version", "config", "raftstatus",
        "listMethods", "methodExist", "methodHelp", "methodSignature", "capabilities", "getCapabilities");

    public static bool Contains(string method) => Names.Contains(method[(method.LastIndexOf('.') + 1)..]);
}
