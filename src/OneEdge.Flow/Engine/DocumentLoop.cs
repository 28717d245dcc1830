using OneEdge.Flow.Lifecycle;
using OneEdge.OpenNebula;

namespace OneEdge.Flow.Engine;

/// <summary>Reads names and owners of documents from time to time: nothing tells when another program changes them.</summary>
internal sealed class DocumentLoop(EngineContext engine, IServiceHosting hosting)
{
    public async Task RunAsync()
    {
        if (engine.Options.DocumentCheckInterval == TimeSpan.Zero) return;
        using var timer = new PeriodicTimer(engine.Options.DocumentCheckInterval, engine.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(engine.Stopping).ConfigureAwait(false)) await TryRoundAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The engine stops.
        }
    }

    private async Task TryRoundAsync()
    {
        try
        {
            IAsyncEnumerable<StoredDocument> documents = engine.Documents.ListAsync(DocumentType.Service, engine.Stopping);
            await foreach (StoredDocument document in documents.ConfigureAwait(false)) Compare(document);
        }
        catch (Exception error) when (!engine.Stopping.IsCancellationRequested)
        {
            FlowLog.DocumentsUnread(engine.Logger, error);
        }
    }

    private void Compare(StoredDocument document)
    {
        if (hosting.Find(document.Id) is not { } service) return;
        ServiceOwner owner = document.Owner is null ? service.Owner : DocumentReading.OwnerOf(document);
        if (document.Name != service.Name || owner != service.Owner) hosting.Post(document.Id, new DocumentChanged(document.Name, owner));
    }
}
