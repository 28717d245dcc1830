namespace OneEdge.Flow;

/// <summary>The names that a role may have.</summary>
internal static class RoleNames
{
    public const string Hint = "use letters of ASCII, digits and '_'";

    /// <summary>Whether OneFlow accepts a name: one of its lines is a name (its pattern is <c>/^\w+$/</c>, which Ruby matches line by line).</summary>
    public static bool IsOriginalName(string text) => text.Split('\n').Any(IsName);

    public static bool IsName(string text) => text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
