using System.CommandLine;
using OneEdge.OpenNebula;

namespace OneEdge.Host.One;

/// <summary>Which documents are listed.</summary>
internal sealed class DocumentListOptions : OwnedListOptions
{
    private readonly Option<DocumentType> _type = new("--type")
    {
        Description = "Their type: service, servicetemplate, provider, provision, provisiontemplate, or a number.",
        HelpName = "TYPE",
        DefaultValueFactory = _ => DocumentType.Service,
    };

    public override IEnumerable<Option> All => [.. base.All, _type];

    public override ListQuery Read(ParseResult parsed) => base.Read(parsed) with { DocumentType = parsed.GetValue(_type) };
}
