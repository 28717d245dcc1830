namespace OneEdge.OpenNebula.Embedded;

/// <summary>What machines do for virtual routers.</summary>
internal interface IRouterMachines
{
    /// <summary>Whether a template is one of routers (<c>VROUTER</c>).</summary>
    /// <exception cref="CallRefusal">There is no such template.</exception>
    bool IsRouterTemplate(int templateId);

    /// <summary>Makes a machine of a template, held.</summary>
    /// <param name="call">Who asks.</param>
    /// <param name="templateId">The template.</param>
    /// <param name="name">The name of the machine.</param>
    /// <param name="changes">What the caller changes of the template.</param>
    /// <param name="additions">What the router adds: its NICs among it.</param>
    /// <returns>The id of the machine.</returns>
    int Instantiate(CloudCall call, int templateId, string name, string changes, StoredTemplate additions);

    void Release(CloudCall call, int vm);

    void Terminate(CloudCall call, int vm);

    void Attach(CloudCall call, int vm, TemplateAttribute nic);

    void Detach(CloudCall call, int vm, int nicId);
}
