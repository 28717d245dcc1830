namespace OneEdge.Storage.Replicas;

/// <summary>Why a cached image is not evicted.</summary>
public enum ImageUse
{
    /// <summary>Nothing speaks against it.</summary>
    None,

    /// <summary>Somebody holds a lease: it is read at this moment.</summary>
    Leased,

    /// <summary>It is copied to the cache at this moment.</summary>
    Copied,

    /// <summary>A disk on the same host has it in its chain, by a backing name or a link.</summary>
    InChain,

    /// <summary>The file has another name too.</summary>
    Linked,

    /// <summary>Its name is none that an image of OpenNebula has, hexadecimal digits: somebody else's file.</summary>
    ForeignName,

    /// <summary>There is no such image.</summary>
    Missing,
}
