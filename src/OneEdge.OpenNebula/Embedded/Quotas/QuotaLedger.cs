namespace OneEdge.OpenNebula.Embedded;

/// <summary>
/// Asks whether users and groups may use more, and counts what they use. Before something is done, <c>Require</c> refuses what is over a limit; afterwards
/// <c>Settle</c> counts the object as it is then, in the place of what was counted for it before. So nothing is to be taken back when something fails.
/// </summary>
internal sealed class QuotaLedger(CloudState state)
{
    /// <summary>Refuses a call that would take its caller over a limit.</summary>
    public void Require(CloudCall call, Func<QuotaUsage> more) => Require(call.Caller.Uid, call.Caller.Gid, call.Caller.Uid, more);

    /// <summary>Refuses a call that would take the owner of an object over a limit.</summary>
    public void Require(CloudCall call, CloudObject of, Func<QuotaUsage> more) => Require(of.Uid, of.Gid, call.Caller.Uid, more);

    /// <summary>Refuses to give an object to somebody who may not have it.</summary>
    public void RequireMove(CloudCall call, CloudObject item, CloudUser? user, CloudGroup? group)
    {
        // The core asks nothing when virtual routers are moved (OpenNebula 6.10 source, src/rm/RequestManagerChown.cc).
        if (item is not CloudVirtualRouter) Require(user?.Id ?? -1, group?.Id ?? -1, call.Caller.Uid, () => UsageOf(item));
    }

    /// <summary>Refuses something that would take a user or a group over a limit.</summary>
    /// <param name="uid">The user; -1 to leave it out.</param>
    /// <param name="gid">The group; -1 to leave it out.</param>
    /// <param name="asUid">The user that the refusal names.</param>
    /// <param name="more">What is wanted; it is not asked for where nothing is limited.</param>
    public void Require(int uid, int gid, int asUid, Func<QuotaUsage> more)
    {
        if (Problem(uid, gid, more) is { } problem) throw CallRefusal.Authorization(asUid, problem);
    }

    /// <summary>Why a user or a group may not use more; <see langword="null"/> when they may.</summary>
    public string? Problem(int uid, int gid, Func<QuotaUsage> more)
    {
        CloudOwner? user = UserOf(uid) is { IsLimited: true } limitedUser ? limitedUser : null;
        CloudOwner? group = GroupOf(gid) is { IsLimited: true } limitedGroup ? limitedGroup : null;
        if (user is null && group is null) return null;
        QuotaUsage usage = more();
        return user?.Problem(usage) ?? group?.Problem(usage);
    }

    /// <summary>Counts a machine as it is.</summary>
    public void Settle(CloudVm vm)
    {
        if (IsFree(vm)) return;
        VmCounting counting = VmCounting.Of(vm);
        if (vm.Booking is { } before && (before.Uid, before.Gid) == (vm.Uid, vm.Gid)
            && ReferenceEquals(before.Template, vm.Template) && before.Counting == counting) return;
        Book(vm, new QuotaBooking(vm.Uid, vm.Gid, VmUsage.Of(vm, counting)) { Template = vm.Template, Counting = counting });
    }

    /// <summary>Counts an object as it is.</summary>
    public void Settle(CloudObject item)
    {
        if (item is CloudVm vm) Settle(vm);
        else if (!IsFree(item)) Book(item, new QuotaBooking(item.Uid, item.Gid, UsageOf(item)));
    }

    /// <summary>Counts an object no more.</summary>
    public void Forget(CloudObject item) => Book(item, null);

    // What belongs to oneadmin and its group is not counted.
    private static bool IsFree(CloudObject item) => item.Booking is null && item.Uid <= Caller.Oneadmin && item.Gid <= Caller.Oneadmin;

    private QuotaUsage UsageOf(CloudObject item) => item switch
    {
        CloudVm vm => VmUsage.Of(vm, VmCounting.Of(vm)),
        CloudImage image => DatastoreUsage.Of(image, image.State == ImageState.UsedPersistent ? state.Vms.Pool.Find(image.Vms.Min) : null),
        CloudNetwork network => NetworkUsage.Of(network),
        CloudVirtualRouter router => NetworkUsage.OfRouter(router.Template.Vectors("NIC")),
        _ => QuotaUsage.None,
    };

    // The new is added before the old is taken away, so that what is used all the time keeps its place.
    private void Book(CloudObject item, QuotaBooking? booking)
    {
        QuotaBooking? before = item.Booking;
        item.Booking = booking;
        if (booking?.IsLike(before) == true) return;
        if (booking is not null)
        {
            UserOf(booking.Uid)?.Quotas.Add(booking.Usage);
            GroupOf(booking.Gid)?.Quotas.Add(booking.Usage);
        }

        if (before is null) return;
        UserOf(before.Uid)?.Quotas.Subtract(before.Usage);
        GroupOf(before.Gid)?.Quotas.Subtract(before.Usage);
    }

    private CloudUser? UserOf(int uid) => uid > Caller.Oneadmin ? state.Users.Pool.Find(uid) : null;

    private CloudGroup? GroupOf(int gid) => gid > Caller.Oneadmin ? state.Groups.Pool.Find(gid) : null;
}
