using System.IO.Compression;
using CsCheck;

namespace OneEdge.Storage.Tests;

public sealed class DeflateEncoderTests
{
    private static readonly Gen<byte[]> Inputs = Gen.OneOf(
        Gen.Byte.Array[1, 3000],
        Gen.Byte[0, 3].Array[1, 70_000],
        Gen.Select(Gen.Byte.Array[1, 300], Gen.Int[1, 400]).Select((piece, times) => Enumerable.Repeat(piece, times).SelectMany(p => p).ToArray()),
        Gen.Select(Gen.Byte.Array[1, 5000].Array[1, 12], Gen.Int[0, 9000])
            .Select((pieces, zeroes) => (byte[])[.. pieces.SelectMany(p => p), .. new byte[zeroes], .. pieces[0]]),
        // Frequencies like those of Fibonacci numbers make the longest code words.
        Gen.Shuffle(Enumerable.Range(0, 22).SelectMany(i => Enumerable.Repeat((byte)i, Fibonacci(i))).ToArray()));

    [Fact]
    public void Stream_comes_back_as_it_was()
    {
        var encoder = new DeflateEncoder();
        Inputs.Sample(
            input =>
            {
                byte[] target = new byte[(input.Length * 2) + 100];
                int length = encoder.Encode(input, target);
                Assert.InRange(length, 1, input.Length + 100);
                Assert.Equal(input, Inflate(target.AsSpan(0, length).ToArray()));
                Assert.Equal(0, encoder.Encode(input, target.AsSpan(0, length - 1)));
            },
            iter: 300,
            threads: 1);
    }

    [Fact]
    public void Stream_of_text_is_about_as_small_as_that_of_zlib()
    {
        byte[] input = File.ReadAllBytes(Path.Combine(RepositoryRoot.Path, "LICENSE"));
        byte[] target = new byte[input.Length];
        int length = new DeflateEncoder().Encode(input, target);
        using var theirs = new MemoryStream();
        using (var stream = new DeflateStream(theirs, CompressionLevel.Optimal, leaveOpen: true)) stream.Write(input);
        Assert.InRange(length, 1, theirs.Length * 5 / 4);
    }

    [Fact]
    public void Stream_looks_back_four_kibibytes_and_no_more()
    {
        byte[] noise = new byte[4096];
        new Random(5).NextBytes(noise);
        byte[] target = new byte[20_000];
        Assert.InRange(new DeflateEncoder().Encode([.. noise, .. noise], target), 8192, 8300);
        Assert.InRange(new DeflateEncoder().Encode([.. noise[..4000], .. noise[..4000]], target), 4000, 4200);
    }

    private static int Fibonacci(int index) => index < 2 ? 1 : Fibonacci(index - 1) + Fibonacci(index - 2);

    private static byte[] Inflate(byte[] stream)
    {
        using var inflated = new MemoryStream();
        using var inflate = new DeflateStream(new MemoryStream(stream), CompressionMode.Decompress);
        inflate.CopyTo(inflated);
        return inflated.ToArray();
    }
}
