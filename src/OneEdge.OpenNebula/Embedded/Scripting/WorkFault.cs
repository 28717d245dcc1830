namespace OneEdge.OpenNebula.Embedded;

/// <summary>A rule of a script about some work.</summary>
/// <param name="work">The work.</param>
/// <param name="id">The only object that it is about.</param>
/// <param name="host">The only host that it is about.</param>
/// <param name="every">Each so many-th piece of work fails; 0 none.</param>
/// <param name="times">How often it fails at most.</param>
/// <param name="delay">How much longer the work takes.</param>
internal sealed class WorkFault(EmbeddedWork work, int? id, int? host, int every, int times, TimeSpan delay)
{
    private int _seen;
    private int _struck;

    public TimeSpan Delay { get; } = delay;

    public bool IsAbout(EmbeddedWork wanted, int item, int? place) =>
        work == wanted && (id is null || id == item) && (host is null || host == place);

    /// <summary>Counts a piece of work and says whether it fails.</summary>
    public bool Strikes()
    {
        if (every == 0 || _struck >= times || ++_seen % every != 0) return false;
        _struck++;
        return true;
    }
}
