namespace OneEdge.OpenNebula.Embedded;

/// <summary>A rule of a script about some work.</summary>
/// <param name="Work">The work.</param>
/// <param name="Id">The only object that it is about.</param>
/// <param name="Host">The only host that it is about.</param>
/// <param name="Every">Each so many-th piece of work fails; 0 none.</param>
/// <param name="Times">How often it fails at most.</param>
/// <param name="Delay">How much longer the work takes.</param>
internal sealed record WorkFault(EmbeddedWork Work, int? Id, int? Host, int Every, int Times, TimeSpan Delay)
{
    private int _seen;
    private int _struck;

    public bool IsAbout(EmbeddedWork work, int id, int? host) =>
        Work == work && (Id is null || Id == id) && (Host is null || Host == host);

    /// <summary>Counts a piece of work and says whether it fails.</summary>
    public bool Strikes()
    {
        if (Every == 0 || _struck >= Times || ++_seen % Every != 0) return false;
        _struck++;
        return true;
    }
}
