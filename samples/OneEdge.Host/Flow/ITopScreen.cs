using OneEdge.Flow;
using OneEdge.Flow.Client;

namespace OneEdge.Host.Flow;

/// <summary>Shows services again and again; put back as it was when it is disposed of.</summary>
internal interface ITopScreen : IDisposable
{
    /// <param name="services">The services.</param>
    /// <param name="live">How a virtual machine is, where that is known.</param>
    void Show(IReadOnlyList<OneFlowService> services, Func<int, VmCondition?>? live = null);
}
