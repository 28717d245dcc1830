using OneEdge.OpenNebula;

namespace OneEdge.Flow.Engine;

/// <summary>Gives new documents to the owners of their services.</summary>
internal sealed class Ownership(EngineContext engine)
{
    // Whose the documents are that the engine's own store makes: read once. When that changes, the next reading of all documents tells.
    private Task<DocumentOwner?>? _own;

    /// <summary>Gives a document that was just created to its owner, unless it is theirs already.</summary>
    /// <param name="id">The id of the document.</param>
    /// <param name="owner">The owner; <see langword="null"/> for whoever creates the documents of the store.</param>
    /// <returns>Whose it is now.</returns>
    public async Task<ServiceOwner> GiveAsync(int id, ServiceOwner? owner)
    {
        if (owner is not null && engine.Options.DocumentsOf is not null && owner.UserId != engine.OwnUserId) return owner;
        DocumentOwner? own = await OwnAsync(id).ConfigureAwait(false);
        if (own is null) return owner ?? DocumentReading.Nobody;
        if (owner is null) return new ServiceOwner(own.UserId, own.GroupId, own.UserName, own.GroupName);
        if (own.UserId != owner.UserId || own.GroupId != owner.GroupId)
            await engine.Client.Documents.ChangeOwnerAsync(id, owner.UserId, owner.GroupId, engine.Stopping).ConfigureAwait(false);
        return owner;
    }

    private async Task<DocumentOwner?> OwnAsync(int id)
    {
        Task<DocumentOwner?>? own = Volatile.Read(ref _own);
        if (own is not null) return await own.ConfigureAwait(false);
        DocumentOwner? owner = (await engine.Documents.ReadAsync(id, engine.Stopping).ConfigureAwait(false)).Owner;
        Volatile.Write(ref _own, Task.FromResult(owner));
        return owner;
    }
}
