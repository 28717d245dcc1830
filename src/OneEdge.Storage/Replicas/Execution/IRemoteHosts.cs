namespace OneEdge.Storage.Replicas;

/// <summary>The hosts of a cloud by their names.</summary>
public interface IRemoteHosts
{
    /// <summary>The host of a name; the one of this process too.</summary>
    /// <param name="name">The name, as OpenNebula knows it.</param>
    IRemoteHost Get(string name);
}
