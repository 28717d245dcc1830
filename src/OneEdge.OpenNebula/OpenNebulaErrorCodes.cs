namespace OneEdge.OpenNebula;

/// <summary>The stable codes of the errors and findings of OneEdge.OpenNebula; <c>docs/opennebula.md</c> explains each.</summary>
public static class OpenNebulaErrorCodes
{
    /// <summary>Template: the text is not in the grammar.</summary>
    public const string TemplateSyntax = "OEN0101";

    /// <summary>Template: a name or a value cannot be written.</summary>
    public const string TemplateUnwritable = "OEN0102";

    /// <summary>Template: the text is past a limit.</summary>
    public const string TemplateLimit = "OEN0103";

    /// <summary>Template: the XML form is malformed.</summary>
    public const string TemplateXml = "OEN0104";

    /// <summary>Template: the core reads the text, but passes over some of it (a warning).</summary>
    public const string TemplateIgnored = "OEN0105";
}
