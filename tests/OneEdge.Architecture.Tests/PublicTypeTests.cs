using System.Reflection;
using System.Reflection.Metadata;

namespace OneEdge.Architecture.Tests;

/// <summary>The shape of what users see.</summary>
public sealed class PublicTypeTests
{
    private const string Core = "OneEdge.Core";
    // Where applications look for extensions without saying so.
    private static readonly string[] Extensions = ["Microsoft.Extensions.", "Microsoft.AspNetCore.Builder"];

    public static TheoryData<string> Names => Library.Theory;

    [Theory]
    [MemberData(nameof(Names))]
    public void Public_type_stands_in_the_tracked_api(string name)
    {
        using var library = Library.Open(name);
        string[] tracked = [.. Lines(library, "PublicAPI.Shipped.txt"), .. Lines(library, "PublicAPI.Unshipped.txt")];
        string[] missing =
        [
            .. library.Metadata.PublicTypes().Select(library.Metadata.FullName).Where(t => !tracked.Any(line => IsEntryOf(line, t)))
                .Order(StringComparer.Ordinal),
        ];
        Assert.True(missing.Length == 0, $"Not in the PublicAPI files of {name} (run eng/update-public-api.sh): {string.Join(", ", missing)}.");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Public_type_lives_in_the_namespace_of_its_library(string name)
    {
        using var library = Library.Open(name);
        string[] wrong =
        [
            .. library.Metadata.PublicTypes().Where(t => t.GetDeclaringType().IsNil && !IsAtHome(library.Metadata, t, name)).Select(library.Metadata.FullName),
        ];
        Assert.True(
            wrong.Length == 0,
            $"Public types of {name} outside of its namespace (only extension classes may live in {string.Join("* and ", Extensions)}*): {string.Join(", ", wrong)}.");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Public_class_is_sealed_or_made_to_be_derived_from(string name)
    {
        using var library = Library.Open(name);
        string[] open = [.. library.Metadata.PublicTypes().Where(t => IsOpenClass(library.Metadata, t)).Select(library.Metadata.FullName)];
        Assert.True(open.Length == 0, $"Public classes of {name} that are neither sealed, static, abstract nor exceptions: {string.Join(", ", open)}.");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Public_struct_is_readonly(string name)
    {
        using var library = Library.Open(name);
        MetadataReader reader = library.Metadata;
        string[] mutable = [.. reader.PublicTypes()
            .Where(t => reader.IsStruct(t) && !reader.HasAttribute(t.GetCustomAttributes(), "System.Runtime.CompilerServices.IsReadOnlyAttribute"))
            .Select(reader.FullName)];
        Assert.True(mutable.Length == 0, $"Public structs of {name} that can be changed in place: {string.Join(", ", mutable)}.");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Library_has_a_readme(string name)
    {
        using var library = Library.Open(name);
        Assert.True(File.Exists(Path.Combine(library.Folder, "README.md")), $"src/{name}/README.md is missing.");
    }

    private static string[] Lines(Library library, string name)
    {
        string file = Path.Combine(library.Folder, name);
        Assert.True(File.Exists(file), $"{file} is missing: run eng/update-public-api.sh.");
        string[] lines = File.ReadAllLines(file);
        Assert.True(lines is ["#nullable enable", ..], $"{file} must begin with '#nullable enable'.");
        return lines;
    }

    // A generic type is written with its parameters, a member behind a dot.
    private static bool IsEntryOf(string line, string type) =>
        line.StartsWith(type, StringComparison.Ordinal) && (line.Length == type.Length || line[type.Length] is '<');

    private static bool IsAtHome(MetadataReader reader, TypeDefinition type, string library)
    {
        string space = reader.GetString(type.Namespace);
        if (Extensions.Any(e => space.StartsWith(e, StringComparison.Ordinal))) return type.Attributes.HasFlag(TypeAttributes.Abstract | TypeAttributes.Sealed);
        if (library == Core) return IsBelow(space, "OneEdge") && !Library.Names.Any(other => IsBelow(space, other));
        return IsBelow(space, library) && !Library.Names.Any(other => other.StartsWith(library + ".", StringComparison.Ordinal) && IsBelow(space, other));
    }

    private static bool IsBelow(string space, string root) => space == root || space.StartsWith(root + ".", StringComparison.Ordinal);

    private static bool IsOpenClass(MetadataReader reader, TypeDefinition type) =>
        !type.Attributes.HasFlag(TypeAttributes.Sealed)
        && !type.Attributes.HasFlag(TypeAttributes.Abstract)
        && !reader.GetString(type.Name).EndsWith("Exception", StringComparison.Ordinal);
}
