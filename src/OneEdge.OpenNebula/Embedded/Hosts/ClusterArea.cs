namespace OneEdge.OpenNebula.Embedded;

/// <summary>Clusters.</summary>
internal sealed class ClusterArea : ObjectArea<CloudCluster>
{
    public const int Default = 0;
    private const int FirstOwn = 100;

    public ClusterArea(CloudState state)
        : base(state, ObjectKind.Cluster, "one.cluster", FirstOwn) => Pool.Add(new CloudCluster(Default, "default"));

    /// <summary>Gives a datastore to a cluster or takes it away; whoever keeps datastores says whether there is such a one.</summary>
    public Action<CloudCall, int, CloudCluster, bool>? DatastoreMember { get; set; }

    /// <summary>The same for networks.</summary>
    public Action<CloudCall, int, CloudCluster, bool>? NetworkMember { get; set; }

    public override void Register(MethodTable table)
    {
    }
}
