using System.Reflection.Metadata;

namespace OneEdge.Architecture.Tests;

/// <summary>Arrows between the libraries point down only, as docs/architecture.md draws them.</summary>
public sealed class ReferenceTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["OneEdge.Core"] = [],
        ["OneEdge.Config"] = ["OneEdge.Core"],
        ["OneEdge.Storage"] = ["OneEdge.Core"],
        ["OneEdge.OpenNebula"] = ["OneEdge.Core"],
        ["OneEdge.OpenNebula.Sqlite"] = ["OneEdge.Core", "OneEdge.OpenNebula"],
        ["OneEdge.OpenNebula.ZeroMq"] = ["OneEdge.Core", "OneEdge.OpenNebula"],
        ["OneEdge.Flow"] = ["OneEdge.Core", "OneEdge.OpenNebula"],
        ["OneEdge.Flow.AspNetCore"] = ["OneEdge.Core", "OneEdge.OpenNebula", "OneEdge.Flow"],
        ["OneEdge.Flow.Orleans"] = ["OneEdge.Core", "OneEdge.OpenNebula", "OneEdge.Flow"],
        ["OneEdge.Provision"] = ["OneEdge.Core", "OneEdge.OpenNebula", "OneEdge.Flow"],
        ["OneEdge.Market"] = ["OneEdge.Core", "OneEdge.OpenNebula", "OneEdge.Flow"],
    };

    // Siblings of which only the data may be used.
    private static readonly Dictionary<string, string> DataOnly = new()
    {
        ["OneEdge.Provision"] = "OneEdge.Flow",
        ["OneEdge.Market"] = "OneEdge.Flow",
    };

    public static TheoryData<string> Names => Library.Theory;

    [Theory]
    [MemberData(nameof(Names))]
    public void Library_references_only_what_lies_below_it(string name)
    {
        Assert.True(
            Allowed.TryGetValue(name, out string[]? allowed),
            $"{name} is not in the table of {nameof(ReferenceTests)}: say there and in docs/architecture.md what it may use.");
        using var library = Library.Open(name);
        string[] wrong = [.. References(library).Except(allowed)];
        Assert.True(
            wrong.Length == 0,
            $"{name} must not use {string.Join(", ", wrong)}; it may use {(allowed.Length == 0 ? "no other library" : string.Join(", ", allowed))}.");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Library_uses_only_the_data_types_of_a_sibling(string name)
    {
        if (!DataOnly.TryGetValue(name, out string? sibling) || !Library.Names.Contains(sibling)) return;
        using var library = Library.Open(name);
        using var other = Library.Open(sibling);
        HashSet<string> data = [.. other.Metadata.Types().Where(t => IsData(other.Metadata, t)).Select(other.Metadata.FullName)];
        string[] wrong = [.. UsedTypes(library, sibling).Where(t => !data.Contains(t))];
        Assert.True(wrong.Length == 0, $"{name} may use records, structs and enums of {sibling}, but also uses {string.Join(", ", wrong)}.");
    }

    [Fact]
    public void Table_has_no_cycle()
    {
        foreach ((string name, string[] below) in Allowed)
            Assert.DoesNotContain(below, b => Allowed[b].Contains(name));
    }

    private static IEnumerable<string> References(Library library) => library.Metadata.AssemblyReferences
        .Select(r => library.Metadata.GetString(library.Metadata.GetAssemblyReference(r).Name))
        .Where(r => r.StartsWith("OneEdge.", StringComparison.Ordinal));

    private static bool IsData(MetadataReader reader, TypeDefinition type) =>
        reader.IsEnum(type) || reader.IsStruct(type) || reader.IsRecord(type);

    private static IEnumerable<string> UsedTypes(Library library, string assembly)
    {
        MetadataReader reader = library.Metadata;
        foreach (TypeReferenceHandle handle in reader.TypeReferences)
        {
            TypeReference type = reader.GetTypeReference(handle);
            if (type.ResolutionScope.Kind != HandleKind.AssemblyReference) continue;
            AssemblyReference scope = reader.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope);
            if (reader.StringComparer.Equals(scope.Name, assembly)) yield return reader.FullName(type);
        }
    }
}
