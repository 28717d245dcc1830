using OneEdge.Flow.Client;

namespace OneEdge.Host.Flow;

/// <summary>Shows services again and again; put back as it was when it is disposed of.</summary>
internal interface ITopScreen : IDisposable
{
    void Show(IReadOnlyList<OneFlowService> services);
}
