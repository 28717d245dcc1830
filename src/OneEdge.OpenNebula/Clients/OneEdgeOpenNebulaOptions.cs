namespace OneEdge.OpenNebula;

/// <summary>The settings of <c>services.AddOneEdgeOpenNebula(...)</c>.</summary>
public sealed class OneEdgeOpenNebulaOptions
{
    /// <summary>Who calls. Not needed when the services have an <see cref="IOpenNebulaRpc"/> already.</summary>
    public OpenNebulaCredentials? Credentials { get; set; }

    /// <summary>The addresses of the front-ends of the zone; with several, calls go to the leader.</summary>
    /// <value>None: the address of <see cref="Connection"/>.</value>
    public IList<OpenNebulaEndpoint> FrontEnds { get; } = [];

    /// <summary>How to call.</summary>
    public OpenNebulaConnectionOptions Connection { get; set; } = new();

    /// <summary>How the client works.</summary>
    public OpenNebulaClientOptions Client { get; set; } = new();
}
