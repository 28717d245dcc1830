using OneEdge.OpenNebula;

namespace OneEdge.Flow.Lifecycle;

/// <summary>A virtual machine of a service as the cloud showed it.</summary>
/// <param name="VmId">Its id.</param>
/// <param name="State">Its state.</param>
/// <param name="LcmState">What it does when it is active.</param>
/// <param name="IsReady">Whether it said that it is ready (<c>READY = YES</c> in its user template).</param>
public sealed record VmObservation(int VmId, VmState State, LcmState LcmState, bool IsReady = false)
{
    /// <summary>The role that it says it is of (<c>ROLE_NAME</c>); <see langword="null"/> when it says none.</summary>
    public string? RoleName { get; init; }

    /// <summary>Who it is; <see langword="null"/> when that was not read.</summary>
    public RoleNodeInfo? Info { get; init; }
}
