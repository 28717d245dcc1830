using OneEdge.OpenNebula;

namespace OneEdge.Flow.Client;

/// <summary>A document of the cloud that a OneFlow server answered with.</summary>
public abstract record OneFlowDocument
{
    private protected OneFlowDocument(DocumentAnswer answer)
    {
        (Id, Name, Owner, Permissions) = (answer.Id, answer.Name, answer.Owner, answer.Permissions);
        (Document, Body) = (answer.Document, answer.Body);
    }

    /// <summary>The id.</summary>
    public int Id { get; }

    /// <summary>The name in the cloud, which is not the <c>name</c> in the body after it was renamed.</summary>
    public string Name { get; }

    /// <summary>Whose it is.</summary>
    public ServiceOwner Owner { get; }

    /// <summary>Who may do what with it.</summary>
    public Permissions Permissions { get; }

    /// <summary>Everything the server told (the object in <c>DOCUMENT</c>).</summary>
    public FlowMembers Document { get; }

    /// <summary>The body, as the server has it (<c>TEMPLATE/BODY</c>).</summary>
    public FlowMembers Body { get; }
}
