using System.Globalization;

namespace OneEdge.OpenNebula.Contract.Tests;

/// <summary>What every cloud does, embedded or real. A class for a cloud names the cloud, and no more.</summary>
public abstract partial class CloudContract(CloudUnderTest cloud) : IAsyncLifetime
{
    private readonly Undo _undo = new();
    private OpenNebulaClient? _one;
    private Stage? _stage;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected CloudUnderTest Cloud => cloud;

    /// <summary>The cloud in the hands of its administrator.</summary>
    protected OpenNebulaClient One => _one!;

    protected Stage Stage => _stage!;

    /// <summary>Whether the tests of this class need hosts and storage.</summary>
    protected virtual bool NeedsStage => false;

    public virtual async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(cloud.SkipReason is not null, cloud.SkipReason ?? "");
        _one = new OpenNebulaClient(cloud.Rpc, new OpenNebulaClientOptions { PageSize = 50 });
        if (NeedsStage) _stage = await cloud.StageAsync();
    }

    public virtual async ValueTask DisposeAsync()
    {
        await _undo.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Takes an object away at the end, also when the test fails.</summary>
    protected int Later(string what, int id, Func<int, CancellationToken, Task> remove)
    {
        _undo.Add(what, id, remove);
        return id;
    }

    protected static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>A call is refused for a reason; with a text, in these words.</summary>
    private protected static async Task<OpenNebulaCallException> RefusedAsync(OpenNebulaErrorKind kind, Func<Task> call, string? text = null)
    {
        OpenNebulaCallException error = await Assert.ThrowsAsync<OpenNebulaCallException>(call);
        if (text is null) Assert.True(kind == error.Kind, $"{kind} was expected, but it was {error.Kind}: {error.ServerMessage}");
        else Assert.Equal((kind, $"[{error.Method}] {text}"), (error.Kind, error.ServerMessage));
        return error;
    }

    private protected static async Task<List<T>> AllAsync<T>(IAsyncEnumerable<T> items)
    {
        List<T> all = [];
        await foreach (T item in items.WithCancellation(Token)) all.Add(item);
        return all;
    }
}
