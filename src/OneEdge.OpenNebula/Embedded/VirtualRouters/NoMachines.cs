namespace OneEdge.OpenNebula.Embedded;

/// <summary>A cloud without templates of machines.</summary>
internal sealed class NoMachines : IRouterMachines
{
    public bool IsRouterTemplate(int templateId) => throw CallRefusal.NoExists(ObjectKind.Template, templateId);

    public int Instantiate(CloudCall call, int templateId, string name, string changes, StoredTemplate additions) =>
        throw CallRefusal.NoExists(ObjectKind.Template, templateId);

    public void Release(CloudCall call, int vm)
    {
    }

    public void Terminate(CloudCall call, int vm)
    {
    }

    public void Attach(CloudCall call, int vm, TemplateAttribute nic)
    {
    }

    public void Detach(CloudCall call, int vm, int nicId)
    {
    }
}
