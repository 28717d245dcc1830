namespace OneEdge.Storage;

/// <summary>An error of OneEdge.Storage.</summary>
public class StorageException : OneEdgeException
{
    /// <inheritdoc cref="OneEdgeException(string, string, Exception?)"/>
    public StorageException(string code, string message, Exception? innerException = null)
        : base(code, message, innerException)
    {
    }
}
