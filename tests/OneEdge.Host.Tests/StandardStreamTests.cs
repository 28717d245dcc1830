using System.Text;

namespace OneEdge.Host.Tests;

public sealed class StandardStreamTests
{
    [Fact]
    public void Bytes_that_are_not_UTF8_pass_from_input_to_output()
    {
        byte[] bytes = [(byte)'a', 0xE9, (byte)'\n', 0xF0, 0x9F, 0x98, 0x80];
        using var sink = new MemoryStream();
        using var output = new StandardOutput(sink, isLineBuffered: true);
        using var input = new StandardInput(new MemoryStream(bytes));
        output.Write(input.ReadToEnd());
        output.Flush();
        Assert.Equal(bytes, sink.ToArray());
    }

    [Fact]
    public void Lines_are_read_one_by_one()
    {
        using var input = new StandardInput(new MemoryStream(Encoding.UTF8.GetBytes("one\ntwo")));
        Assert.Equal(["one", "two", null], new[] { input.ReadLine(), input.ReadLine(), input.ReadLine() });
    }

    [Fact]
    public async Task A_read_that_never_ends_can_be_cancelled()
    {
        using var input = new StandardInput(new EndlessWait());
        using var stop = new CancellationTokenSource();
        Task<string> reading = input.ReadToEndAsync(stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    private sealed class EndlessWait : MemoryStream
    {
        public override bool CanSeek => false;

        public override int Read(Span<byte> buffer)
        {
            new ManualResetEventSlim().Wait();
            return 0;
        }
    }
}
