using System.Reflection;
using System.Reflection.Metadata;

namespace OneEdge.Architecture.Tests;

/// <summary>Names and properties of types in metadata.</summary>
internal static class MetadataNames
{
    public static IEnumerable<TypeDefinition> Types(this MetadataReader reader) => reader.TypeDefinitions.Select(reader.GetTypeDefinition);

    /// <summary>The types that a user of the assembly sees, nested ones included.</summary>
    public static IEnumerable<TypeDefinition> PublicTypes(this MetadataReader reader) => reader.Types().Where(t => reader.IsVisible(t));

    /// <summary>The full name, <c>Namespace.Outer.Inner</c>, arity marks left out.</summary>
    public static string FullName(this MetadataReader reader, TypeDefinition type)
    {
        string name = WithoutArity(reader.GetString(type.Name));
        if (!type.GetDeclaringType().IsNil) return $"{reader.FullName(reader.GetTypeDefinition(type.GetDeclaringType()))}.{name}";
        return Join(reader.GetString(type.Namespace), name);
    }

    public static string FullName(this MetadataReader reader, TypeReference type)
    {
        string name = WithoutArity(reader.GetString(type.Name));
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? $"{reader.FullName(reader.GetTypeReference((TypeReferenceHandle)type.ResolutionScope))}.{name}"
            : Join(reader.GetString(type.Namespace), name);
    }

    /// <summary>The type that a person wrote: the outermost one around lambdas, iterators and other nested types.</summary>
    public static TypeDefinition Outermost(this MetadataReader reader, TypeDefinition type)
    {
        while (!type.GetDeclaringType().IsNil) type = reader.GetTypeDefinition(type.GetDeclaringType());
        return type;
    }

    /// <summary>The full name of the base class; empty for interfaces.</summary>
    public static string BaseName(this MetadataReader reader, TypeDefinition type) => type.BaseType.Kind switch
    {
        _ when type.BaseType.IsNil => "",
        HandleKind.TypeReference => reader.FullName(reader.GetTypeReference((TypeReferenceHandle)type.BaseType)),
        HandleKind.TypeDefinition => reader.FullName(reader.GetTypeDefinition((TypeDefinitionHandle)type.BaseType)),
        _ => "",
    };

    public static bool IsEnum(this MetadataReader reader, TypeDefinition type) => reader.BaseName(type) == "System.Enum";

    public static bool IsStruct(this MetadataReader reader, TypeDefinition type) => reader.BaseName(type) == "System.ValueType";

    /// <summary>Whether the type is a record class.</summary>
    public static bool IsRecord(this MetadataReader reader, TypeDefinition type) => reader.HasMethod(type, "<Clone>$");

    public static bool HasMethod(this MetadataReader reader, TypeDefinition type, string name) =>
        type.GetMethods().Any(m => reader.StringComparer.Equals(reader.GetMethodDefinition(m).Name, name));

    /// <summary>Whether the type carries an attribute.</summary>
    public static bool HasAttribute(this MetadataReader reader, CustomAttributeHandleCollection attributes, string name) =>
        attributes.Any(a => reader.AttributeName(reader.GetCustomAttribute(a)) == name);

    private static string AttributeName(this MetadataReader reader, CustomAttribute attribute) => attribute.Constructor.Kind switch
    {
        HandleKind.MemberReference =>
            reader.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent is { Kind: HandleKind.TypeReference } parent
            ? reader.FullName(reader.GetTypeReference((TypeReferenceHandle)parent))
            : "",
        _ => reader.FullName(reader.GetTypeDefinition(reader.GetMethodDefinition((MethodDefinitionHandle)attribute.Constructor).GetDeclaringType())),
    };

    private static bool IsVisible(this MetadataReader reader, TypeDefinition type) => (type.Attributes & TypeAttributes.VisibilityMask) switch
    {
        TypeAttributes.Public => true,
        TypeAttributes.NestedPublic or TypeAttributes.NestedFamily or TypeAttributes.NestedFamORAssem =>
            reader.IsVisible(reader.GetTypeDefinition(type.GetDeclaringType())),
        _ => false,
    };

    private static string Join(string space, string name) => space.Length == 0 ? name : $"{space}.{name}";

    private static string WithoutArity(string name) => name.IndexOf('`', StringComparison.Ordinal) is > 0 and var mark ? name[..mark] : name;
}
