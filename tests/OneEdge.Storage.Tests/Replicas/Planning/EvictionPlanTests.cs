using OneEdge.Storage.Replicas;

namespace OneEdge.Storage.Tests.Replicas;

public sealed class EvictionPlanTests
{
    private const long Gigabyte = 1L << 30;

    [Fact]
    public void Images_used_longest_ago_go_first_as_many_as_needed()
    {
        ReplicaEvictionPlan plan = ReplicaEvictionPlan.ToSize(Datastore(Image("a", 30), Image("b", 10), Image("c", 20)), Gigabyte);
        Assert.Equal(["b", "c"], plan.Images.Select(image => image.Name));
        Assert.Equal((2 * Gigabyte, 0L), (plan.FreedBytes, plan.MissingBytes));
        Assert.Empty(plan.Kept);
    }

    [Fact]
    public void Nothing_goes_from_a_datastore_that_is_small_enough()
    {
        ReplicaEvictionPlan plan = ReplicaEvictionPlan.ToSize(Datastore(Image("a", 1), Image("b", 2)), 2 * Gigabyte);
        Assert.Empty(plan.Images);
        Assert.Empty(plan.Kept);
    }

    public static TheoryData<CachedImage, ImageUse> InUse => new()
    {
        { Image("a", 1) with { Leases = 1 }, ImageUse.Leased },
        { Image("a", 1) with { IsBeingCopied = true }, ImageUse.Copied },
        { Image("a", 1) with { Links = 2 }, ImageUse.Linked },
        { Image("a", 1) with { IsInChain = true }, ImageUse.InChain },
        { Image("notes", 1), ImageUse.ForeignName },
    };

    [Theory]
    [MemberData(nameof(InUse))]
    public void What_is_in_use_stays_and_says_why(CachedImage image, ImageUse use)
    {
        ReplicaEvictionPlan plan = ReplicaEvictionPlan.ToSize(Datastore(image, Image("b", 2)), 0);
        Assert.Equal(["b"], plan.Images.Select(item => item.Name));
        Assert.Equal([new KeptImage(1, image.Name, use)], plan.Kept);
        Assert.Equal(Gigabyte, plan.MissingBytes);
        Assert.Equal([new KeptImage(1, image.Name, use)], ReplicaEvictionPlan.Of(Datastore(image), [image.Name, image.Name]).Kept);
    }

    [Fact]
    public void Copies_that_were_cut_go_before_images_but_not_those_that_go_on()
    {
        CachedDatastore datastore = Datastore(Image("a", 1)) with
        {
            UsedBytes = 3 * Gigabyte,
            Unfinished = [new UnfinishedCopy(1, "b", Gigabyte, IsBeingCopied: false), new UnfinishedCopy(1, "c", Gigabyte, IsBeingCopied: true)],
        };
        ReplicaEvictionPlan plan = ReplicaEvictionPlan.ToSize(datastore, 2 * Gigabyte);
        Assert.Equal(["b"], plan.Unfinished.Select(copy => copy.Name));
        Assert.Empty(plan.Images);
    }

    [Fact]
    public void Image_that_is_not_there_is_kept_as_missing() =>
        Assert.Equal([new KeptImage(1, "f", ImageUse.Missing)], ReplicaEvictionPlan.Of(Datastore(Image("a", 1)), ["f"]).Kept);

    [Fact]
    public void Limit_is_that_of_the_configuration()
    {
        CachedDatastore datastore = Datastore(Image("a", 1)) with { FileSystemBytes = 100 * Gigabyte, FileSystemUsedBytes = 40 * Gigabyte };
        Assert.Equal(5 * Gigabyte, datastore.LimitBytes(new ReplicaOptions { MaxSizeMb = 5 << 10, MaxUsedPercent = 1 }));
        // 90 of 100, less what others use.
        Assert.Equal(51 * Gigabyte, datastore.LimitBytes(new ReplicaOptions()), Gigabyte / 1000);
        Assert.Equal(0, datastore.LimitBytes(new ReplicaOptions { MaxUsedPercent = 10 }));
    }

    private static CachedImage Image(string name, long use) =>
        new() { DatastoreId = 1, Name = name, Bytes = Gigabyte, LastUse = DateTimeOffset.FromUnixTimeSeconds(use) };

    private static CachedDatastore Datastore(params CachedImage[] images) =>
        new(1, "/ds/1") { Images = images, UsedBytes = images.Sum(image => image.Bytes) };
}
