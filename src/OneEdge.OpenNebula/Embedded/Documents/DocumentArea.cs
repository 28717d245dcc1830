using System.Globalization;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>Documents. Their names may repeat, and their types are not checked.</summary>
internal sealed class DocumentArea(CloudState state) : ObjectArea<CloudDocument>(state, ObjectKind.Document, "one.document", firstId: 0)
{
    protected override bool NamesMayRepeat => true;

    public override void Register(MethodTable table)
    {
        table.Add("one.document.allocate", "si", Allocate);
        table.Add("one.document.clone", "is", Clone);
        AddInfo(table);
        table.Add("one.documentpool.info", "iiii", PoolInfo);
        AddUpdate(table);
        AddRename(table);
        AddDelete(table);
        AddOwnership(table);
        AddLocks(table);
    }

    protected override StoredTemplate Accept(CloudCall call, CloudDocument item, StoredTemplate template) => TemplateTexts.Without(template, "NAME");

    protected override RpcValue PoolInfo(CloudCall call)
    {
        (int filter, int start, int end, int type) = (call.Int(1), call.Int(2), call.Int(3), call.Int(4));
        IEnumerable<CloudDocument> visible = PoolQuery.Visible(call, Pool, filter).Where(d => d.Type == type);
        return PoolQuery.Write(call, Kind, PoolQuery.Page(visible, start, end));
    }

    private RpcValue Allocate(CloudCall call)
    {
        StoredTemplate template = call.Template(1);
        int type = call.Int(2);
        call.AuthorizeNew(Kind);
        return Enter(call, New(call, template.Get("NAME") ?? "", type, template));
    }

    private RpcValue Clone(CloudCall call) => CopyOf(call, (name, source) => New(call, name, source.Type, source.Template));

    private CloudDocument New(CloudCall call, string name, int type, StoredTemplate template)
    {
        if (name.Length > 0 && NameProblem(name) is { } problem) throw CallRefusal.Internal(problem);
        int id = Pool.TakeId();
        if (name.Length == 0) name = string.Create(CultureInfo.InvariantCulture, $"document-{id}");
        var document = new CloudDocument(id, name, type) { Template = TemplateTexts.Without(template, "NAME") };
        document.Template = document.Opened(document.Template, State.SealedView);
        Own(call, document);
        return document;
    }
}
