namespace OneEdge.Storage.Replicas;

/// <summary>What is known of the content of a cached image.</summary>
public enum CachedImageValidity
{
    /// <summary>Its digest was compared when it was copied, and nobody has written to it since.</summary>
    Valid,

    /// <summary>It was written to since, or is damaged: the next one who wants it copies it again.</summary>
    Changed,

    /// <summary>There is no record of it: a front-end that runs the original put it there. The next one who wants it copies it again.</summary>
    Unknown,
}
