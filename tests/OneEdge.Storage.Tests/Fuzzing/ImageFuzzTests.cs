using OneEdge.Fuzz;
using OneEdge.Fuzz.Images;
using OneEdge.Fuzz.Targets;

namespace OneEdge.Storage.Tests.Fuzzing;

/// <summary>A short run over mutated images; <c>docs/testing.md</c> tells of the long ones.</summary>
public sealed class ImageFuzzTests
{
    private const ulong Seed = 20261128;

    [Fact]
    public void Five_thousand_mutated_images_keep_every_law()
    {
        var target = new Qcow2Target();
        var run = new FuzzRun(target, Corpus.Of(target, directory: null), Seed);
        for (int i = 0; i < 5000; i++)
        {
            Finding? finding = run.Execute(i);
            Assert.True(finding is null, $"execution {i}: {finding?.Failure}\ninput: {Convert.ToBase64String(finding?.Input ?? [])}");
        }

        // A run in which nothing gets past the header, or everything does, tests little.
        Assert.InRange(run.Accepted, 1000, 4500);
    }

    [Fact]
    public void Recorded_images_keep_every_law_before_they_are_changed()
    {
        var target = new Qcow2Target();
        var run = new FuzzRun(target, [], Seed);
        foreach (byte[] input in Corpus.Of(target, directory: null))
        {
            Finding? finding = run.Execute(0, input);
            Assert.True(finding is null, $"{finding?.Failure}\ninput: {Convert.ToBase64String(input)}");
        }
    }

    [Fact]
    public void Images_depend_on_seed_and_number_alone()
    {
        List<byte[]> corpus = [ImageSeeds.Smallest, SparseImage.WithLength(ImageSeeds.Smallest, 1 << 20)];
        var one = new ImageMutator(corpus);
        var other = new ImageMutator(corpus);
        byte[][] first = [.. Enumerable.Range(0, 200).Select(i => one.Next(new Chance(7, i)))];
        byte[][] second = [.. Enumerable.Range(0, 200).Reverse().Select(i => other.Next(new Chance(7, i))).Reverse()];
        Assert.Equal(first, second);
        Assert.NotEqual(first, [.. Enumerable.Range(0, 200).Select(i => one.Next(new Chance(8, i)))]);
        Assert.All(first, input => Assert.True(SparseImage.IsValid(input)));
    }

    [Fact]
    public void Sparse_image_reads_as_the_image_it_was_made_of()
    {
        var random = new Random(1);
        for (int round = 0; round < 200; round++)
        {
            byte[] image = new byte[random.Next(8000)];
            for (int i = random.Next(6); i > 0 && image.Length > 0; i--) random.NextBytes(image.AsSpan(random.Next(image.Length), 1));
            using var source = new SparseSource(SparseImage.Create(image));
            byte[] part = new byte[random.Next(3000)];
            int offset = random.Next(9000), read = source.Read(offset, part);
            Assert.Equal(image.AsSpan(Math.Min(offset, image.Length))[..read], part.AsSpan(0, read));
            Assert.Equal(Math.Clamp(image.Length - offset, 0, part.Length), read);
        }
    }

    [Fact]
    public void Broken_law_is_found_and_its_image_reduced()
    {
        var run = new FuzzRun(new NoLazyRefcounts(), [ImageSeeds.Smallest], Seed);
        Finding finding = Enumerable.Range(0, 100_000).Select(i => run.Execute(i)).First(f => f is not null)!;
        byte[] small = run.Reduce(finding);
        Assert.Equal("no lazy refcounts", finding.Law);
        Assert.Equal((1, 0), (SparseImage.Count(small), SparseImage.Length(small)));
        Assert.Equal(1, SparseImage.Sector(small, 0).ToArray().Count(b => b != 0));
    }

    private sealed class NoLazyRefcounts : FuzzTarget
    {
        private readonly Qcow2Target _images = new();

        public override string Name => "no-lazy-refcounts";

        public override IMutator CreateMutator(IReadOnlyList<byte[]> corpus) => _images.CreateMutator(corpus);

        public override byte[] Reduce(byte[] input, Func<byte[], bool> fails) => _images.Reduce(input, fails);

        public override bool Execute(byte[] input, Chance chance)
        {
            bool isLazy = SparseImage.Count(input) > 0 && SparseImage.Number(input, 0) == 0 && (SparseImage.Sector(input, 0)[87] & 1) != 0;
            OracleException.Check(!isLazy, "no lazy refcounts", () => Show(input));
            return true;
        }
    }
}
