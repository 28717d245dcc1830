namespace OneEdge.OpenNebula;

/// <summary>The stable codes of the errors and findings of OneEdge.OpenNebula; <c>docs/opennebula.md</c> explains each.</summary>
public static class OpenNebulaErrorCodes
{
    /// <summary>Template: the text is not in the grammar.</summary>
    public const string TemplateSyntax = "OEN0101";

    /// <summary>Template: a name or a value cannot be written.</summary>
    public const string TemplateUnwritable = "OEN0102";
}
