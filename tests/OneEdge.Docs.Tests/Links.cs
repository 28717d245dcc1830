namespace OneEdge.Docs.Tests;

/// <summary>Finds the links of a Markdown text.</summary>
internal static class Links
{
    /// <summary>The targets of <c>[text](target)</c> inside the repository, without their fragment.</summary>
    public static IEnumerable<string> In(string markdown)
    {
        for (int mark = markdown.IndexOf("](", StringComparison.Ordinal); mark >= 0; mark = markdown.IndexOf("](", mark + 2, StringComparison.Ordinal))
        {
            int end = markdown.IndexOf(')', mark);
            if (end < 0) yield break;
            string target = markdown[(mark + 2)..end].Split('#')[0];
            if (target.Length > 0 && !target.Contains(':', StringComparison.Ordinal)) yield return target;
        }
    }
}
